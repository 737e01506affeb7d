/** The factors on each problem: one panel per strategy, one row per problem, with the interval of the Hodges-Lehmann factor. */
import type { Analysis } from "../analysis/analysis.ts";
import type { ReferenceComparison } from "../analysis/comparisons.ts";
import { level } from "../confidence.ts";
import { factor, interval } from "../format.ts";
import { capitalised, measureIn } from "../measure.ts";
import { named } from "../page/phrase.ts";
import { element, type Markup } from "../render/markup.ts";
import { type Look, strategyLooks } from "../svg/look.ts";
import { linearScale, logTicks, type PixelScale } from "../svg/scale.ts";
import { line, marker, nameText, text } from "../svg/shapes.ts";
import { visible } from "../visible.ts";
import { type Figure, sampleSize } from "./figure.ts";

/** The axis ends at this power of ten. A factor beyond it comes from runs without a success. */
const axisEnd = 12;
const width = 1000;
const labels = 176;
const columns = 4;
const gap = 14;
const top = 30;
const rowHeight = 13;
/** Below each row of panels: the labels of the axis. */
const below = 44;

type FactorRow = { readonly problem: string; readonly comparisons: readonly (ReferenceComparison | null)[] };

/** Null if there is nothing to compare. */
export function factorsFigure(analysis: Analysis): Figure | null {
  const { strategies } = analysis.results;
  const shown = analysis.order.filter((index) => index !== analysis.reference);
  const rows = analysis.problems
    .filter(({ complete }) => complete.length > 0)
    .map(({ card, strategies: entries }): FactorRow => ({ problem: card.id, comparisons: entries.map(({ comparison }) => comparison) }));
  if (shown.length === 0 || rows.length === 0) return null;
  const measure = measureIn(analysis.results);
  const panelHeight = rows.length * rowHeight;
  return {
    name: "factors",
    drawing: {
      id: "figure-factors",
      title: `${capitalised(measure)} relative to the reference strategy on each problem`,
      description: `One panel per strategy, one row per problem. Dots are Hodges-Lehmann factors of paired ${measure}s on a logarithmic axis, and bars are their exact intervals.`,
      width,
      height: top + Math.ceil(shown.length / columns) * (panelHeight + top + below) - top,
      body: drawnPanels(analysis, shown, rows, panelHeight),
    },
    isPerProblem: true,
    caption: [
      `Hodges–Lehmann factor of the ${measure} at the final budget against `,
      named(strategies[analysis.reference]!.label),
      `, paired by seed, on each problem; ${sampleSize(analysis)}. Bars are exact ${100 * (1 - level)} % intervals of the signed-rank test, one by one; there are none below six seeds. 0.5 means half the ${measure}. If a bar contains 1, the runs do not separate the strategy from the reference on that problem.`,
    ],
    table: {
      columns: ["problem", "strategy", "reference", "log10 factor", "low", "high", "n"],
      rows: analysis.problems.flatMap(({ card, complete, strategies: entries }) =>
        shown.flatMap((index) => {
          const { comparison } = entries[index]!;
          if (comparison === null) return [];
          const { value, interval: bounds } = comparison.factor;
          const reference = strategies[analysis.reference]!.label;
          return [[card.id, strategies[index]!.label, reference, value, bounds?.low ?? null, bounds?.high ?? null, complete.length]];
        }),
      ),
    },
  };
}

function drawnPanels(analysis: Analysis, shown: readonly number[], rows: readonly FactorRow[], panelHeight: number): readonly Markup[] {
  const { strategies } = analysis.results;
  const look = strategyLooks(strategies);
  const domain = commonDomain(rows.flatMap(({ comparisons }) => shown.map((index) => comparisons[index] ?? null)));
  const side = (width - labels - gap * (columns - 1)) / columns;
  return shown.flatMap((strategy, place) => {
    const upper = top + Math.floor(place / columns) * (panelHeight + top + below);
    const left = labels + (place % columns) * (side + gap);
    const x = linearScale(domain, [left + 4, left + side - 4]);
    return [
      ...(place % columns === 0
        ? rows.map(({ problem }, row) =>
            nameText(labels - 8, upper + (row + 0.5) * rowHeight + 3.5, problem, 26, { class: "soft small end", "data-problem": problem }),
          )
        : []),
      element(
        "g",
        { class: look[strategy]!.color, "data-strategy": strategies[strategy]!.label },
        nameText(left, upper - 9, strategies[strategy]!.label, 24, { class: "own small strong" }),
      ),
      ...logTicks(domain, 4).flatMap(({ at, label }) => [
        line(x(at), upper, x(at), upper + panelHeight, "grid"),
        text(x(at), upper + panelHeight + 14, label, { class: "soft small middle numbers" }),
      ]),
      line(x(0), upper - 3, x(0), upper + panelHeight, "guide"),
      line(left, upper + panelHeight, left + side, upper + panelHeight, "axis"),
      element(
        "g",
        { class: look[strategy]!.color, "data-strategy": strategies[strategy]!.label },
        rows.map(({ problem, comparisons }, row) =>
          drawnRow(problem, comparisons[strategy] ?? null, look[strategy]!, x, upper + (row + 0.5) * rowHeight),
        ),
      ),
    ];
  });
}

function drawnRow(problem: string, comparison: ReferenceComparison | null, look: Look, x: PixelScale, y: number): Markup | null {
  if (comparison === null) return null;
  const { value, interval: bounds } = comparison.factor;
  const inside = (at: number): number => x(Math.max(x.domain[0], Math.min(x.domain[1], at)));
  return element(
    "g",
    { "data-problem": problem },
    element("title", {}, `${visible(problem)}: ${factor(value)}`),
    bounds === null
      ? null
      : element(
          "g",
          { "data-declared": "" },
          element("title", {}, `${visible(problem)}: ${factor(value)} [${interval(bounds, factor)}]`),
          line(inside(bounds.low), y, inside(bounds.high), y, "whisker"),
        ),
    marker(look.marker, [inside(value), y], 3),
  );
}

/** A domain that holds every estimate, every bound and 0, with some space at both ends. */
function commonDomain(comparisons: readonly (ReferenceComparison | null)[]): readonly [number, number] {
  const values = comparisons.flatMap((comparison) => {
    if (comparison === null) return [];
    const { value, interval: bounds } = comparison.factor;
    return bounds === null ? [value] : [value, bounds.low, bounds.high];
  });
  const low = values.reduce((least, value) => Math.min(least, Math.max(-axisEnd, value)), -0.05);
  const high = values.reduce((most, value) => Math.max(most, Math.min(axisEnd, value)), 0.05);
  const air = (high - low) * 0.06;
  return [low - air, high + air];
}
