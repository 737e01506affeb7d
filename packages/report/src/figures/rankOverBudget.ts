/** Mean ranks over the budget: which strategy leads at which point. */
import type { Analysis } from "../analysis/analysis.ts";
import type { CurveAxis } from "../analysis/axis.ts";
import type { OtherAxis } from "../analysis/otherAxes.ts";
import { type RanksOverBudget, stepAt } from "../analysis/ranksOverBudget.ts";
import { level } from "../confidence.ts";
import { element, type Markup } from "../render/markup.ts";
import { type Look, strategyLooks } from "../svg/look.ts";
import { linearScale, linearTicks } from "../svg/scale.ts";
import { line, marker, nameText, type PixelPoint, pixels, polyline, spread, text } from "../svg/shapes.ts";
import { budgetScale } from "./budgetScale.ts";
import { type Figure, sampleSize } from "./figure.ts";
import { budgetAxis, budgetTicks, panelGroup } from "./panel.ts";

const left = 52;
const right = 800;
const top = 18;
const bottom = 380;
const width = 1000;

/** If budgets differ between problems, the axis is the share of the budget. */
const shareAxis: CurveAxis = { kind: "evaluations", title: "share of the budget spent, %", positions: [100], anytimeFrom: 0 };

export function rankOverBudgetFigure(analysis: Analysis, ranks: RanksOverBudget): Figure {
  const { problems } = analysis.results;
  const common = problems.every((problem) => problem.budget === problems[0]!.budget);
  const axis: CurveAxis = common ? analysis.problems[0]!.axis : shareAxis;
  const counting = axis.kind === "evaluations";
  const positions = ranks.shares.map((share) => (common ? axis.positions[stepAt(share, axis.positions.length) - 1]! : 100 * share));
  return rankFigure(analysis, {
    ...{ name: "rank-over-budget", ranks, axis, positions, banded: true },
    column: counting ? "share of budget" : "full trainings",
    columnValues: counting ? ranks.shares : positions,
    caption: `Mean rank ${counting ? "after each share of the budget" : "of what is recommended at each amount of resource"}; ${sampleSize(analysis)}. Bands are pointwise ${100 * (1 - level)} % intervals for each strategy by itself. Ranks use only what was known at that point.`,
  });
}

/** The same over an axis that the plan does not declare: no intervals. Null without a complete block. */
export function rankOverAxisFigure(analysis: Analysis, { kind, ranks, shares, problems }: OtherAxis): Figure | null {
  if (ranks === null) return null;
  const positions = shares.map((share) => 100 * share);
  const what = problems[0]!.axis.title.split(",")[0]!;
  const title = `${what}, in % of the most that a run spent on the problem`;
  return rankFigure(analysis, {
    ...{ name: `rank-over-${kind}`, ranks, positions, banded: false },
    axis: { kind: "resource", title, positions, anytimeFrom: 0 },
    column: title,
    columnValues: positions,
    caption: `Mean rank of what is recommended by then; ${sampleSize(analysis)}. A run that has ended keeps its last recommendation. The plan compares the strategies at equal resource, so this axis has no intervals.`,
  });
}

type RankPicture = {
  readonly name: string;
  readonly ranks: RanksOverBudget;
  readonly axis: CurveAxis;
  readonly positions: readonly number[];
  /** Whether it has intervals. */
  readonly banded: boolean;
  readonly column: string;
  readonly columnValues: readonly number[];
  readonly caption: string;
};

function rankFigure(analysis: Analysis, picture: RankPicture): Figure {
  const { name, ranks, banded, column, columnValues, caption } = picture;
  const bounds = banded ? ["low", "high"] : [];
  return {
    name,
    drawing: {
      id: `figure-${name}`,
      title: "Mean rank over the budget",
      description: `One line per strategy${banded ? " with its band" : ""}. The horizontal axis is the budget spent. The vertical axis is the mean rank, with the best on top.`,
      width,
      height: bottom + 54,
      body: [drawnRanks(analysis, picture)],
    },
    caption: [caption],
    table: {
      columns: ["strategy", column, "mean rank", ...bounds, "complete blocks"],
      rows: analysis.results.strategies.flatMap(({ label }, strategy) =>
        ranks.meanRanks[strategy]!.map(({ value, interval }, position) => [
          label,
          columnValues[position]!,
          value,
          ...(banded ? [interval?.low ?? null, interval?.high ?? null] : []),
          analysis.blocks,
        ]),
      ),
    },
  };
}

function drawnRanks(analysis: Analysis, { ranks, axis, positions, banded }: RankPicture): Markup {
  const { strategies } = analysis.results;
  const x = budgetScale(axis, [left, right]);
  const domain: readonly [number, number] = [1, Math.max(2, strategies.length)];
  const y = linearScale(domain, [top, bottom]);
  const look = strategyLooks(strategies);
  const curves = ranks.meanRanks.map((estimates) =>
    estimates.map(({ value }, position): PixelPoint => [x(positions[position]!), y(value)]),
  );
  const each = (draw: (strategy: number) => Markup | null): readonly Markup[] =>
    strategies.map(({ label }, strategy) => element("g", { class: look[strategy]!.color, "data-strategy": label }, draw(strategy)));
  return panelGroup(
    budgetAxis(x, axis.title),
    { pixels: [bottom, top], values: [domain[1], domain[0]], scale: "linear", name: "mean rank" },
    undefined,
    ...linearTicks(domain, 10).flatMap(({ at, label }) => [
      line(left, y(at), right, y(at), "grid"),
      text(left - 10, y(at) + 4, label, { class: "soft end numbers" }),
    ]),
    budgetTicks(x, 8, bottom + 20, "soft middle numbers"),
    line(left, bottom, right, bottom, "axis"),
    text((left + right) / 2, bottom + 42, axis.title, { class: "soft middle" }),
    text(0, 0, "mean rank", { class: "soft middle", transform: `translate(14 ${(top + bottom) / 2}) rotate(-90)` }),
    ...each((strategy) => {
      const bounds = ranks.meanRanks[strategy]!.map(({ interval }) => interval);
      const edge = (bound: "low" | "high"): PixelPoint[] =>
        bounds.flatMap((interval, position): PixelPoint[] => (interval === null ? [] : [[x(positions[position]!), y(interval[bound])]]));
      return !banded || bounds.includes(null)
        ? null
        : element("path", {
            class: "thin-band",
            d: `${polyline([...edge("low"), ...edge("high").reverse()])}Z`,
            "data-moves": "",
            "data-declared": "",
          });
    }),
    ...each((strategy) =>
      element("path", {
        class: "curve",
        d: polyline(curves[strategy]!),
        "stroke-dasharray": look[strategy]!.dashes,
        "data-curve": strategies[strategy]!.label,
        "data-moves": "",
      }),
    ),
    ...endLabels(
      strategies.map(({ label }) => label),
      look,
      curves.map((points) => points[points.length - 1]!),
    ),
  );
}

/** The marker and the name at the end of each line. Names that would overlap move apart. */
function endLabels(labels: readonly string[], look: readonly Look[], ends: readonly PixelPoint[]): readonly Markup[] {
  const heights = spread(
    ends.map(([, height]) => height),
    16,
    top,
    bottom,
  );
  return labels.map((label, index) => {
    const end = ends[index]!;
    const height = heights[index]!;
    return element(
      "g",
      { class: look[index]!.color, "data-strategy": label },
      element("path", {
        class: "context leader",
        d: `M${pixels(end[0] + 6)} ${pixels(end[1])}L${pixels(right + 20)} ${pixels(height)}`,
      }),
      marker(look[index]!.marker, end, 4),
      nameText(right + 24, height + 4, label, 24, { class: "own strong" }),
    );
  });
}
