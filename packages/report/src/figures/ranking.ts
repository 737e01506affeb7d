/** The ranking figure: mean ranks and their intervals, at the final budget and over the whole budget. */
import { counted } from "@caviar-hpo/core/text";
import type { Analysis } from "../analysis/analysis.ts";
import type { RankStanding } from "../analysis/standing.ts";
import { level } from "../confidence.ts";
import { decimal } from "../format.ts";
import { measureIn } from "../measure.ts";
import { strategyLooks } from "../svg/look.ts";
import { linearTicks } from "../svg/scale.ts";
import { type Figure, sampleSize } from "./figure.ts";
import { type ForestPanel, forest } from "./forest.ts";

export function rankingFigure(analysis: Analysis, final: RankStanding, anytime: RankStanding): Figure {
  const { strategies } = analysis.results;
  const look = strategyLooks(strategies);
  const domain: readonly [number, number] = [1, Math.max(2, strategies.length)];
  const panel = (title: string, standing: RankStanding): ForestPanel => ({
    title,
    axis: "mean rank (1 is best)",
    domain,
    ticks: linearTicks(domain, 10),
    guide: strategies.length > 1 ? (1 + strategies.length) / 2 : null,
    estimates: analysis.order.map((index) => standing.meanRanks[index]!),
    show: (value) => decimal(value, 2),
  });
  const drawn = forest(
    analysis.order.map((index) => ({ label: strategies[index]!.label, look: look[index]! })),
    [panel("At the final budget", final), panel(`Anytime (mean log ${measureIn(analysis.results)} over the budget)`, anytime)],
  );
  return {
    name: "ranking",
    drawing: {
      ...drawn,
      id: "figure-ranking",
      title: "Mean rank of every strategy",
      description:
        "One row per strategy, best first. Dots are mean ranks. Bars are their intervals. Left: at the final budget. Right: over the whole budget.",
    },
    caption: [
      `Mean rank of ${counted(strategies.length, "strategy", "strategies")} over complete blocks; ${sampleSize(analysis)}. Bars are ${100 * (1 - level)} % intervals for each strategy by itself, for these problems and other seeds. The dashed line is the mean rank of an average strategy. Ranks depend on which strategies take part.`,
    ],
    table: {
      columns: ["endpoint", "strategy", "mean rank", "low", "high", "complete blocks"],
      rows: (
        [
          ["final", final],
          ["anytime", anytime],
        ] as const
      ).flatMap(([endpoint, standing]) =>
        analysis.order.map((index) => {
          const { value, interval } = standing.meanRanks[index]!;
          return [endpoint, strategies[index]!.label, value, interval?.low ?? null, interval?.high ?? null, analysis.blocks];
        }),
      ),
    },
  };
}
