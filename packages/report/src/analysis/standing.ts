/**
 * The standing: how the strategies rank at one endpoint over all problems, independent of the scale of a problem. All strategies use the
 * same resamples, so that differences between them keep their pairing.
 */
import type { Key } from "@caviar-hpo/core";
import { level } from "../confidence.ts";
import { type Estimate, percentileInterval, resampled } from "../statistics/bootstrap.ts";
import { type WinTieLoss, winTieLoss } from "../statistics/winTieLoss.ts";
import { addMeanRanks, blockRanks, type Scores } from "./scores.ts";

/** How the strategies stand at one endpoint; one entry per strategy, in the order of the campaign. */
export type RankStanding = {
  /** Mean over problems of the mean rank over complete blocks. */
  readonly meanRanks: readonly Estimate[];
  /** The numbers of blocks won, tied and lost against the reference. */
  readonly records: readonly WinTieLoss[];
  /** The index of the strategy with the best mean rank. */
  readonly leader: number;
  /** The mean rank minus that of the leader. The intervals hold for all strategies at once (Bonferroni). */
  readonly behind: readonly Estimate[];
};

/** The standing for scores[problem][strategy][block]. Each problem has at least one block. */
export function standing(scores: readonly Scores[], reference: number, key: Key): RankStanding {
  const count = scores[0]!.length;
  const ranks = scores.map(blockRanks);
  const sizes = ranks.map((blocks) => blocks.length);
  const { values, draws, estimate } = resampled(key, sizes, count, (drawn, components) => addMeanRanks(ranks, drawn, components));
  const strategies = Array.from({ length: count }, (_, strategy) => strategy);
  const leader = strategies.reduce((best, strategy) => (values[strategy]! < values[best]! ? strategy : best), 0);
  return {
    meanRanks: strategies.map(estimate),
    records: strategies.map((strategy) =>
      winTieLoss(
        scores.flatMap((problem) => problem[strategy]!),
        scores.flatMap((problem) => problem[reference]!),
      ),
    ),
    leader,
    behind: strategies.map((strategy) => ({
      value: values[strategy]! - values[leader]!,
      interval:
        draws === null
          ? null
          : percentileInterval(
              draws[strategy]!.map((rank, draw) => rank - draws[leader]![draw]!),
              level / Math.max(1, count - 1),
            ),
    })),
  };
}
