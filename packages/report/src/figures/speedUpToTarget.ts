/** The speed-up figure: how many times as much the reference needs to reach the target, on each problem and in the median. */
import type { Analysis } from "../analysis/analysis.ts";
import type { SpeedUps } from "../analysis/speedUps.ts";
import { level } from "../confidence.ts";
import { speedUp, speedUpInterval } from "../format.ts";
import { budgetUnit } from "../measure.ts";
import { named } from "../page/phrase.ts";
import type { DataTable } from "../render/csv.ts";
import { log10 } from "../statistics/logRegret.ts";
import { strategyLooks } from "../svg/look.ts";
import { type Figure, sampleSize } from "./figure.ts";
import { problemDots } from "./problemDots.ts";

export function speedUpFigure(analysis: Analysis, times: SpeedUps): Figure {
  const { overall, problems } = times;
  const { strategies, resource } = analysis.results;
  const look = strategyLooks(strategies);
  const rows = analysis.order.filter((index) => index !== analysis.reference);
  const drawn = problemDots({
    rows: rows.map((index) => {
      const { value, interval } = overall[index]!.share;
      return {
        label: strategies[index]!.label,
        look: look[index]!,
        median: -log10OrInfinite(value),
        interval: interval === null ? null : { low: -log10OrInfinite(interval.high), high: -log10OrInfinite(interval.low) },
        each: problems.map((problem) => -log10OrInfinite(problem[index]!.share.value)),
        words: speedUp(value),
        details: `${speedUp(value)}${interval === null ? "" : ` [${speedUpInterval(interval)}]`}`,
      };
    }),
    axis: "speed-up (above 1 needs less than the reference)",
    unit: "×",
    guide: 0,
    below: "not reached",
    above: "reference never",
  });
  return {
    name: "speed-up",
    drawing: {
      ...drawn,
      id: "figure-speed-up",
      title: "Speed-up to what random search finds with the whole budget",
      description:
        "One row per strategy. Small circles are problems. The large marker is their median, and the bar is its interval. The horizontal axis is logarithmic. Marks to its left mean that the strategy does not reach the target, marks to its right that only the reference does not.",
    },
    caption: [
      `How many times as ${resource === undefined ? "many evaluations" : "much resource"} `,
      named(strategies[analysis.reference]!.label),
      ` needs to reach what random search finds in the median with the whole budget; ${sampleSize(analysis)}. Small circles are problems, large markers their medians, and bars the intervals of these medians for these problems and other seeds, which hold for all strategies at once at the ${100 * (1 - level)} % level.`,
    ],
    table: dataOf(analysis, times),
  };
}

function log10OrInfinite(share: number): number {
  if (share === 0) return -Infinity;
  return share === Infinity ? share : log10(share);
}

function dataOf(analysis: Analysis, { problems, cards }: SpeedUps): DataTable {
  const { strategies } = analysis.results;
  const unit = budgetUnit(analysis.results);
  return {
    columns: ["problem", "strategy", "reference", `expected ${unit}`, "low", "high", "speed-up", "low", "high", "successes", "runs"],
    rows: problems.flatMap((problem, place) =>
      problem.map(({ expected, share, successes, runs }, index) => [
        cards[place]!.id,
        strategies[index]!.label,
        strategies[analysis.reference]!.label,
        expected.value,
        expected.interval?.low ?? null,
        expected.interval?.high ?? null,
        1 / share.value,
        share.interval === null ? null : 1 / share.interval.high,
        share.interval === null ? null : 1 / share.interval.low,
        successes,
        runs,
      ]),
    ),
  };
}
