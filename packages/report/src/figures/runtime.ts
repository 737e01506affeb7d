/** Figures of the runtime view: panels with one step function per strategy, the share of targets reached over the budget. */
import { counted } from "@caviar-hpo/core/text";
import type { Analysis } from "../analysis/analysis.ts";
import type { Runtime } from "../analysis/measures.ts";
import type { RuntimeCurve, RuntimeCurves } from "../analysis/runtimeCurves.ts";
import { level } from "../confidence.ts";
import { powerOfTen } from "../format.ts";
import { budgetUnit } from "../measure.ts";
import type { Phrase } from "../page/phrase.ts";
import type { DataTable } from "../render/csv.ts";
import { element, type Markup } from "../render/markup.ts";
import { log10 } from "../statistics/logRegret.ts";
import { type Look, strategyLooks } from "../svg/look.ts";
import type { PlotAxis } from "../svg/plot.ts";
import { linearScale, type PixelScale, plainLogTicks } from "../svg/scale.ts";
import { line, marker, nameText, type PixelPoint, pixels, stepBand, steps, text } from "../svg/shapes.ts";
import { type Figure, sampleSize } from "./figure.ts";
import { panelGroup } from "./panel.ts";

type RuntimePanel = { readonly title: string; readonly name: string; readonly curves: RuntimeCurves };

const width = 1000;
const left = 44;
const gap = 40;
const top = 30;

/** The figures that there is something to draw in: both kinds of targets, each dimension, each class of BBOB, and data profiles. */
export function runtimeFigures(analysis: Analysis, { budgets, precisions, byDimension, byClass, profiles }: Runtime): readonly Figure[] {
  const unit = budgetUnit(analysis.results);
  const main = [...panelOf("Targets of random search", "random search", budgets), ...panelOf("Fixed precisions", "precisions", precisions)];
  return [
    ...figureOf(analysis, {
      name: "runtime",
      title: "Share of targets reached over the budget",
      panels: main,
      columns: 2,
      axis: `${unit} / dimension`,
      banded: true,
      caption: [
        `Share of all (problem, seed, target) that each strategy has reached; ${sampleSize(analysis)}. Targets of random search: what it finds in the median after 0.5 to 50 evaluations per dimension (31 targets, from an independent sample). Fixed precisions: 51 distances from the minimum, 100 to 10⁻⁸. Bands are pointwise ${100 * (1 - level)} % intervals for other seeds on these problems. Crosses are the median ends of runs that miss a target; nothing is extrapolated beyond them.`,
      ],
    }),
    ...figureOf(analysis, {
      name: "runtime-by-dimension",
      title: "Share of targets reached over the budget, by dimension",
      panels: byDimension.map(({ dimensions, curves }) => ({
        title: `${counted(dimensions, "dimension")}, ${counted(curves.problems, "problem")}`,
        name: String(dimensions),
        curves,
      })),
      columns: 4,
      axis: `${unit} / dimension`,
      banded: false,
      caption: [
        `The same shares for the problems of each number of dimensions, for the ${budgets === null ? "fixed precisions" : "targets of random search"}; ${sampleSize(analysis)}.`,
      ],
    }),
    ...figureOf(analysis, {
      name: "runtime-by-class",
      title: "Share of targets reached over the budget, by class of BBOB",
      panels: byClass.map(({ title, curves }) => ({ title: `${title}, ${counted(curves.problems, "problem")}`, name: title, curves })),
      columns: 3,
      axis: `${unit} / dimension`,
      banded: false,
      caption: [
        `The same shares for the classes of BBOB's functions: separable (f1 to f5), moderate conditioning (f6 to f9), ill-conditioned (f10 to f14), multimodal (f15 to f19) and multimodal with weak structure (f20 to f24); ${sampleSize(analysis)}.`,
      ],
    }),
    ...figureOf(analysis, {
      name: "data-profiles",
      title: "Data profiles",
      panels: profiles.map(({ share, curves }) => ({
        title: `τ = ${powerOfTen(Math.round(log10(share)))}`,
        name: String(share),
        curves,
      })),
      columns: 4,
      axis: `${unit} / (dimension + 1)`,
      banded: false,
      caption: [
        `Data profiles: the share of runs that have come from the median random point to within τ of the way to the minimum; ${sampleSize(analysis)}. Crosses are the median ends of runs that miss the target. A τ that no run reaches is left out.`,
      ],
    }),
  ];
}

function panelOf(title: string, name: string, curves: RuntimeCurves | null): readonly RuntimePanel[] {
  return curves === null ? [] : [{ title: `${title}, ${counted(curves.problems, "problem")}`, name, curves }];
}

type PanelFigure = {
  readonly name: string;
  readonly title: string;
  readonly panels: readonly RuntimePanel[];
  readonly columns: number;
  readonly axis: string;
  /** Whether the panels are large enough for bands. */
  readonly banded: boolean;
  readonly caption: Phrase;
};

function figureOf(analysis: Analysis, { name, title, panels, columns, axis, banded, caption }: PanelFigure): readonly Figure[] {
  const shown = panels.filter(({ curves }) => analysis.order.some((index) => curves.strategies[index]!.at.length > 0));
  if (shown.length === 0) return [];
  const domain = commonDomain(shown.flatMap(({ curves }) => analysis.order.map((index) => curves.strategies[index]!)));
  const side = (width - left - gap * (columns - 1) - 10) / columns;
  const plotHeight = columns === 2 ? 300 : 170;
  const stride = plotHeight + top + 46;
  const rows = Math.ceil(shown.length / columns);
  const legend = rows * stride + 10;
  const look = strategyLooks(analysis.results.strategies);
  const legendRows = Math.ceil(analysis.order.length / legendColumns);
  return [
    {
      name,
      drawing: {
        id: `figure-${name}`,
        title,
        description:
          "Each panel has one rising step line per strategy. The horizontal axis is the budget spent, on a logarithmic scale. The vertical axis is the share of targets reached, from 0 to 1.",
        width,
        height: legend + legendRows * 18 + 6,
        body: [
          ...shown.map((panel, place) =>
            drawnPanel(analysis, panel, look, {
              start: left + (place % columns) * (side + gap),
              side,
              upper: top + Math.floor(place / columns) * stride,
              plotHeight,
              axis,
              domain,
              banded,
            }),
          ),
          ...drawnLegend(analysis, look, legend),
        ],
      },
      caption,
      table: dataOf(analysis, shown, banded),
    },
  ];
}

/** A domain that holds the first and the last step of every curve, and every cross, with some space at both ends. */
function commonDomain(curves: readonly RuntimeCurve[]): readonly [number, number] {
  const ends = curves.flatMap(({ at, cross }) => [...at.slice(0, 1), ...at.slice(-1), ...(cross === null ? [] : [cross.at])]).map(log10);
  return [ends.reduce((a, b) => Math.min(a, b)) - 0.02, ends.reduce((a, b) => Math.max(a, b)) + 0.05];
}

type PanelPlace = {
  readonly start: number;
  readonly side: number;
  readonly upper: number;
  readonly plotHeight: number;
  readonly axis: string;
  /** Logarithms of positions, the same for all panels of a figure. */
  readonly domain: readonly [number, number];
  readonly banded: boolean;
};

function drawnPanel(
  analysis: Analysis,
  { title, curves }: RuntimePanel,
  look: readonly Look[],
  { start, side, upper, plotHeight, axis, domain, banded }: PanelPlace,
): Markup {
  const lower = upper + plotHeight;
  const drawn = analysis.order.map((index) => ({
    label: analysis.results.strategies[index]!.label,
    look: look[index]!,
    curve: curves.strategies[index]!,
  }));
  const x = linearScale(domain, [start, start + side]);
  const y = linearScale([0, 1], [lower, upper]);
  const xAxis: PlotAxis = { pixels: [start, start + side], values: domain, scale: "log", name: axis };
  return panelGroup(
    xAxis,
    { pixels: [lower, upper], values: [0, 1], scale: "linear", name: "share of targets" },
    undefined,
    text(start, upper - 10, title, { class: "small strong" }),
    [0, 0.2, 0.4, 0.6, 0.8, 1].map((share) => [
      line(start, y(share), start + side, y(share), "grid"),
      text(start - 5, y(share) + 3.5, share.toFixed(1), { class: "soft small end numbers" }),
    ]),
    line(start, lower, start + side, lower, "axis"),
    plainLogTicks(domain, 6).map(({ at, label }) => text(x(at), lower + 14, label, { class: "soft small middle numbers" })),
    text(start + side / 2, lower + 31, axis, { class: "soft small middle" }),
    drawn.map(({ label, look: { color, dashes }, curve }) =>
      element(
        "g",
        { class: color, "data-strategy": label },
        !banded || curve.band.length === 0 ? null : element("path", { class: "thin-band", d: bandPath(curve, x, y), "data-declared": "" }),
        curve.at.length === 0
          ? null
          : element("path", { class: "curve", d: curvePath(curve, x, y), "stroke-dasharray": dashes, "data-curve": label }),
        curve.cross === null ? null : marker(crossShape, [x(log10(curve.cross.at)), y(curve.cross.share)], 4),
      ),
    ),
  );
}

/** The cross among the shapes of `marker`. */
const crossShape = 6;

/** From 0 at the first hit to the last end. Steps that are smaller than half a pixel in either direction are drawn with the next one. */
function curvePath({ at, shares, cross }: RuntimeCurve, x: PixelScale, y: PixelScale): string {
  const points: PixelPoint[] = [[x(log10(at[0]!)), y(0)]];
  at.forEach((position, index) => {
    const point: PixelPoint = [x(log10(position)), y(shares[index]!)];
    const before = points[points.length - 1]!;
    if (points.length > 1 && point[0] - before[0] < 0.5) points[points.length - 1] = [before[0], point[1]];
    else if (before[1] - point[1] >= 0.5 || index === at.length - 1) points.push(point);
  });
  const end = Math.max(x(log10(cross?.at ?? at[0]!)), points[points.length - 1]![0]);
  return steps([...points, [end, points[points.length - 1]![1]]]);
}

function bandPath({ band }: RuntimeCurve, x: PixelScale, y: PixelScale): string {
  const edge = (bound: "low" | "high"): PixelPoint[] => band.map(({ at, [bound]: share }) => [x(log10(at)), y(share)]);
  return stepBand(edge("low"), edge("high"));
}

const legendColumns = 5;

/** The names of all strategies in rows of five. */
export function drawnLegend(analysis: Analysis, look: readonly Look[], height: number): readonly Markup[] {
  return analysis.order.map((index, place) => {
    const at = left + (place % legendColumns) * ((width - left) / legendColumns);
    const line = height + 12 + Math.floor(place / legendColumns) * 18;
    return element(
      "g",
      { class: look[index]!.color, "data-strategy": analysis.results.strategies[index]!.label },
      element("path", { class: "curve", d: `M${pixels(at)} ${line - 4}h28`, "stroke-dasharray": look[index]!.dashes }),
      nameText(at + 34, line, analysis.results.strategies[index]!.label, 22, { class: "own small strong" }),
    );
  });
}

/**
 * The shares of all strategies at each position where some curve rises, then the bands at their positions, and the crosses. Shares have
 * five decimals, far below a pixel.
 */
function dataOf(analysis: Analysis, panels: readonly RuntimePanel[], banded: boolean): DataTable {
  const labels = analysis.order.map((index) => analysis.results.strategies[index]!.label);
  return {
    columns: ["panel", "kind", "position", ...labels],
    rows: panels.flatMap(({ name, curves }) => {
      const shown = analysis.order.map((index) => curves.strategies[index]!);
      const rises = ascending(shown.flatMap(({ at }) => at));
      const reached = shown.map(() => 0);
      return [
        ...rises.map((position) => [name, "share", position, ...shown.map((curve, place) => shareUntil(curve, position, reached, place))]),
        ...(["low", "high"] as const).flatMap((bound) =>
          ascending(banded ? shown.flatMap(({ band }) => band.map(({ at }) => at)) : []).map((position) => [
            name,
            bound,
            position,
            ...shown.map(({ band }) => {
              const interval = band.find(({ at }) => at === position);
              return interval === undefined ? null : fiveDecimals(interval[bound]);
            }),
          ]),
        ),
        [name, "end of runs that miss a target", null, ...shown.map(({ cross }) => cross?.at ?? null)],
      ];
    }),
  };
}

function ascending(positions: readonly number[]): readonly number[] {
  return [...new Set(positions)].sort((a, b) => a - b);
}

/** The share at a position. `reached` holds how many steps each curve has passed; positions ascend from call to call. */
function shareUntil({ at, shares }: RuntimeCurve, position: number, reached: number[], place: number): number {
  while (reached[place]! < at.length && at[reached[place]!]! <= position) reached[place] = reached[place]! + 1;
  return fiveDecimals(shares[reached[place]! - 1] ?? 0);
}

function fiveDecimals(share: number): number {
  return Math.round(share * 1e5) / 1e5;
}
