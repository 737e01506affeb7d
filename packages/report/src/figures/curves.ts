/**
 * The curves of one problem. The panel on the left shows all medians. On the right, each strategy has a small panel with its quartile band,
 * over the medians of all strategies. All panels of a figure have the same axes.
 */
import { counted } from "@caviar-hpo/core/text";
import type { Analysis, ProblemAnalysis } from "../analysis/analysis.ts";
import type { CurveAxis } from "../analysis/axis.ts";
import type { OtherAxis } from "../analysis/otherAxes.ts";
import { capitalised, judgedByRecommendation, measureOf } from "../measure.ts";
import { named } from "../page/phrase.ts";
import { element, type Markup } from "../render/markup.ts";
import type { CampaignResults } from "../results.ts";
import type { Quartiles } from "../statistics/quartiles.ts";
import { type Look, strategyLooks } from "../svg/look.ts";
import type { PlotAxis } from "../svg/plot.ts";
import { linearScale, logTicks, type PixelScale } from "../svg/scale.ts";
import { line, marker, nameText, type PixelPoint, pixels, spread, stepBand, steps, text } from "../svg/shapes.ts";
import { visible } from "../visible.ts";
import { type BudgetScale, budgetScale } from "./budgetScale.ts";
import type { Figure } from "./figure.ts";
import { fileNamePart } from "./fileNamePart.ts";
import { budgetAxis, budgetTicks, panelGroup } from "./panel.ts";

const width = 1000;
const top = 24;
const overview = { left: 46, right: 356, labels: 372 } as const;
const small = { left: 508, columns: 4, width: 107, height: 92, gapX: 18, gapY: 34 } as const;

/**
 * Null if no strategy has a success to draw.
 *
 * @param other an axis that the plan does not declare, instead of its own.
 */
export function curvesFigure(analysis: Analysis, index: number, other?: OtherAxis): Figure | null {
  const problem = problemOver(analysis.problems[index]!, other?.problems[index]);
  const range = finiteRange(problem);
  if (range === null) return null;
  const { strategies } = analysis.results;
  const rows = Math.ceil(strategies.length / small.columns);
  const bottom = top + Math.max(2, rows) * (small.height + small.gapY) - small.gapY;
  const look = strategyLooks(strategies);
  const { axis } = problem;
  const counting = axis.kind === "evaluations";
  const id = `figure-curves-${index + 1}${other === undefined ? "" : `-${other.kind}`}`;
  const judged = judgedWords(analysis.results, problem);
  return {
    name: [
      "curves",
      String(index + 1).padStart(String(analysis.problems.length).length, "0"),
      fileNamePart(problem.card.id),
      ...(other === undefined ? [] : [`over-${other.kind}`]),
    ]
      .filter((part) => part !== "")
      .join("-"),
    drawing: {
      id,
      title: `${capitalised(measureOf(problem.card))} over the budget on ${visible(problem.card.id)}`,
      description: `Left: the median over seeds of ${judged}, one line per strategy, against the budget spent, on logarithmic axes for values and resource. Right: one panel per strategy with median and quartile band, on the same axes.`,
      width,
      height: bottom + 46,
      body: [
        sharedMedians(analysis, id, problem, budgetScale(axis, [0, small.width]), linearScale(range, [small.height, 0])),
        drawOverview(analysis, problem, look, budgetScale(axis, [overview.left, overview.right]), linearScale(range, [bottom, top])),
        ...analysis.order.map((strategy, place) => {
          const left = small.left + (place % small.columns) * (small.width + small.gapX);
          const panelTop = top + Math.floor(place / small.columns) * (small.height + small.gapY);
          return drawPanel({
            analysis,
            problem,
            strategy,
            look: look[strategy]!,
            x: budgetScale(axis, [left, left + small.width]),
            y: linearScale(range, [panelTop + small.height, panelTop]),
            inFirstColumn: place % small.columns === 0,
            medians: `#${mediansOf(id)}`,
            median: `#${medianOf(id, strategy)}`,
          });
        }),
      ],
    },
    caption: [
      `${capitalised(judged)} on `,
      named(problem.card.id),
      `: median (line) and quartiles (band) over ${seedCount(problem)} per strategy, against ${counting ? "counted evaluations" : other === undefined ? "the resource spent" : axis.title}. All panels have the same axes. Grey lines repeat the medians of all strategies.`,
    ],
    table: {
      columns: [
        "problem",
        "strategy",
        counting ? "step" : other === undefined ? "full trainings" : axis.title,
        "n",
        "lower quartile",
        "median",
        "upper quartile",
      ],
      rows: strategies.flatMap(({ label }, strategy) =>
        changes(problem.strategies[strategy]!.curve).map(({ step, n, lower, median, upper }) => [
          problem.card.id,
          label,
          axis.positions[step]!,
          n,
          lower,
          median,
          upper,
        ]),
      ),
    },
  };
}

function problemOver(problem: ProblemAnalysis, other: OtherAxis["problems"][number] | undefined): ProblemAnalysis {
  if (other === undefined) return problem;
  const strategies = problem.strategies.map((strategy, index) => ({ ...strategy, curve: other.curves[index]! }));
  return { ...problem, axis: other.axis, strategies };
}

/** The first and the last step of a curve, and each step at which a number changes. */
function changes(curve: readonly Quartiles[]): readonly (Quartiles & { readonly step: number })[] {
  return curve.flatMap((at, step) => {
    const before = curve[step - 1];
    const same = before !== undefined && at.lower === before.lower && at.median === before.median && at.upper === before.upper;
    return same && step < curve.length - 1 ? [] : [{ step, ...at }];
  });
}

/** What the curves show. */
function judgedWords(results: CampaignResults, { card }: ProblemAnalysis): string {
  const measure = measureOf(card);
  if (!judgedByRecommendation(results)) return `best ${measure} so far`;
  return `${measure} of the recommendation, ${results.resource === undefined ? "evaluated without noise" : "trained in full"},`;
}

/** The log regrets that must fit into the panels: all finite medians and quartiles. */
function finiteRange(problem: ProblemAnalysis): readonly [number, number] | null {
  const values = problem.strategies
    .flatMap(({ curve }) => curve.flatMap(({ lower, median, upper }) => [lower, median, upper]))
    .filter((value) => value < Infinity);
  if (values.length === 0) return null;
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const air = Math.max(0.05, (high - low) * 0.04);
  return [low - air, high + air];
}

function seedCount(problem: ProblemAnalysis): string {
  const counts = problem.strategies.map(({ runs }) => runs);
  const least = counts.reduce((a, b) => Math.min(a, b));
  const most = counts.reduce((a, b) => Math.max(a, b));
  return least === most ? `n = ${counted(most, "seed")}` : `n = ${least} to ${most} seeds`;
}

function drawOverview(analysis: Analysis, problem: ProblemAnalysis, look: readonly Look[], x: BudgetScale, y: PixelScale): Markup {
  const { strategies, initialPoints } = analysis.results;
  const { axis } = problem;
  const bottom = y(y.domain[0]);
  const lines = strategies.map((_, strategy) => drawn(problem.strategies[strategy]!.curve, axis, "median", x, y));
  const shown = strategies.map((_, strategy) => strategy).filter((strategy) => lines[strategy]!.length > 0);
  const ends = shown.map((strategy) => lines[strategy]![lines[strategy]!.length - 1]!);
  const heights = spread(
    ends.map(([, height]) => height),
    15,
    top + 4,
    bottom - 2,
  );
  return panelGroup(
    budgetAxis(x, axis.title),
    regretAxis(y, problem),
    undefined,
    ...(initialPoints === 0 || axis.kind === "resource"
      ? []
      : [
          element("rect", {
            x: pixels(x.left),
            y: top,
            width: pixels(x(Math.min(initialPoints, problem.card.budget)) - x.left),
            height: bottom - top,
            class: "wash",
            "data-moves": "",
          }),
        ]),
    ...logTicks(y.domain, 7).flatMap(({ at, label }) => [
      line(x.left, y(at), overview.right, y(at), "grid"),
      text(x.left - 7, y(at) + 4, label, { class: "soft end numbers" }),
    ]),
    line(x.left, bottom, overview.right, bottom, "axis"),
    budgetTicks(x, 6, bottom + 17, "soft middle numbers"),
    text(x.left, 12, `Median ${measureOf(problem.card)}`, { class: "strong" }),
    text((x.left + overview.right) / 2, bottom + 36, axis.title, { class: "soft middle" }),
    ...shown.map((strategy) =>
      element(
        "g",
        { class: look[strategy]!.color, "data-strategy": strategies[strategy]!.label },
        element("path", {
          class: "curve",
          d: steps(lines[strategy]!),
          "stroke-dasharray": look[strategy]!.dashes,
          "data-curve": strategies[strategy]!.label,
          "data-moves": "",
        }),
      ),
    ),
    ...shown.map((strategy, place) =>
      element(
        "g",
        { class: look[strategy]!.color, "data-strategy": strategies[strategy]!.label },
        element("path", {
          class: "context leader",
          d: `M${pixels(ends[place]![0] + 5)} ${pixels(ends[place]![1])}L${overview.labels - 4} ${pixels(heights[place]!)}`,
        }),
        marker(look[strategy]!.marker, ends[place]!, 3.5),
        nameText(overview.labels, heights[place]! + 4, strategies[strategy]!.label, 16, { class: "own small strong" }),
      ),
    ),
  );
}

/** The vertical axis of every panel: the logarithm of the regret. */
function regretAxis(y: PixelScale, { card }: ProblemAnalysis): PlotAxis {
  return { pixels: [y(y.domain[0]), y(y.domain[1])], values: y.domain, scale: "log", name: measureOf(card) };
}

/** The medians of all strategies in the small panel at the origin, which every panel repeats in its place. */
function sharedMedians(analysis: Analysis, id: string, problem: ProblemAnalysis, x: BudgetScale, y: PixelScale): Markup {
  const { strategies, axis } = problem;
  const paths = strategies.map(({ curve }, strategy) => {
    const points = drawn(curve, axis, "median", x, y);
    const marks = { "data-strategy": analysis.results.strategies[strategy]!.label, "data-moves": "" };
    return points.length === 0 ? null : element("path", { id: medianOf(id, strategy), d: steps(points), ...marks });
  });
  const shared = element("g", { id: mediansOf(id) }, paths);
  return element("defs", {}, panelGroup(budgetAxis(x, axis.title), regretAxis(y, problem), undefined, shared));
}

function mediansOf(id: string): string {
  return `${id}-medians`;
}

function medianOf(id: string, strategy: number): string {
  return `${id}-median-${strategy + 1}`;
}

type SmallPanel = {
  readonly analysis: Analysis;
  readonly problem: ProblemAnalysis;
  readonly strategy: number;
  readonly look: Look;
  readonly x: BudgetScale;
  readonly y: PixelScale;
  readonly inFirstColumn: boolean;
  /** References to the medians of all strategies, and of this one. */
  readonly medians: string;
  readonly median: string;
};

function drawPanel({ analysis, problem, strategy, look, x, y, inFirstColumn, medians, median }: SmallPanel): Markup {
  const own = problem.strategies[strategy]!.curve;
  const { axis } = problem;
  const { left, right } = x;
  const bottom = y(y.domain[0]);
  const band = stepBand(drawn(own, axis, "lower", x, y, y.domain[1]), drawn(own, axis, "upper", x, y, y.domain[1]));
  const place = { x: pixels(left), y: pixels(y(y.domain[1])) };
  const { label } = analysis.results.strategies[strategy]!;
  const panel = panelGroup(
    budgetAxis(x, axis.title),
    regretAxis(y, problem),
    look.color,
    nameText(left, y(y.domain[1]) - 7, label, 18, { class: "own small strong" }),
    logTicks(y.domain, 4).map(({ at, label }) => [
      line(left, y(at), right, y(at), "grid"),
      inFirstColumn ? text(left - 5, y(at) + 3.5, label, { class: "soft small end numbers" }) : null,
    ]),
    line(left, bottom, right, bottom, "axis"),
    budgetTicks(x, axis.kind === "evaluations" ? 2 : 3, bottom + 13, "soft small middle numbers"),
    element("use", { href: medians, class: "context", ...place }),
    own.length === 0
      ? text((left + right) / 2, bottom - small.height / 2, "no runs", { class: "soft middle" })
      : element("path", { class: "band", d: band, "data-moves": "" }),
    own.every((at) => at.median === Infinity) ? null : element("use", { href: median, class: "curve", ...place, "data-curve": label }),
  );
  return element("g", { "data-strategy": label }, panel);
}

/** One quantile as points on the page. Steps without a success are omitted, or drawn at `instead`, the edge of the panel. */
function drawn(
  curve: readonly Quartiles[],
  { positions }: CurveAxis,
  which: "lower" | "median" | "upper",
  x: BudgetScale,
  y: PixelScale,
  instead?: number,
): readonly PixelPoint[] {
  return curve.flatMap((quartiles, step): PixelPoint[] => {
    const value = quartiles[which] < Infinity ? quartiles[which] : instead;
    return value === undefined ? [] : [[x(positions[step]!), y(value)]];
  });
}
