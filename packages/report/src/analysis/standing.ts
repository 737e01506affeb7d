/**
 * The standing: how the strategies rank at one endpoint over all problems, independent of the scale of a problem.
 */
import type { Key } from "@caviar-hpo/core";
import { level } from "../confidence.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { stratifiedMean } from "../statistics/meanInterval.ts";
import { rankDifferences } from "../statistics/rankDifferences.ts";
import { seedsNeeded } from "../statistics/seedsNeeded.ts";
import { type WinTieLoss, winTieLoss } from "../statistics/winTieLoss.ts";
import { blockRanks, meanRank, type Scores } from "./scores.ts";

/** How the strategies stand at one endpoint; one entry per strategy, in the order of the campaign. */
export type RankStanding = {
  /** Mean over problems of the mean rank over complete blocks. */
  readonly meanRanks: readonly Estimate[];
  /** The numbers of blocks won, tied and lost against the reference. */
  readonly records: readonly WinTieLoss[];
  /** The index of the strategy with the best mean rank. */
  readonly leader: number;
  /**
   * The mean rank minus that of the leader. The intervals hold for all pairs of strategies at once, so also for a leader that the data
   * chose.
   */
  readonly behind: readonly Estimate[];
  /** pairs[a][b] is the mean rank of a minus that of b, with the same kind of intervals. */
  readonly pairs: readonly (readonly Estimate[])[];
  /**
   * The seeds per problem with which the strategy would be told apart from the leader with a chance of 80 %, if the true difference is the
   * observed one. Null for the leader, without intervals, and without a difference.
   */
  readonly seedsNeeded: readonly (number | null)[];
  /** Ranks within each block, [problem][block][strategy]. */
  readonly ranks: readonly (readonly Float64Array[])[];
  /** Whether the blocks suffice to call any strategy ahead of another. */
  readonly decidable: boolean;
};

/** The standing for scores[problem][strategy][block]. Each problem has at least one block. */
export function standing(scores: readonly Scores[], reference: number, key: Key): RankStanding {
  const count = scores[0]!.length;
  const ranks = scores.map(blockRanks);
  const strategies = Array.from({ length: count }, (_, strategy) => strategy);
  const meanRanks = strategies.map((strategy) => meanRank(ranks, strategy, count));
  const leader = strategies.reduce((best, strategy) => (meanRanks[strategy]!.value < meanRanks[best]!.value ? strategy : best), 0);
  const differences = rankDifferences(ranks, level, key);
  const pairs = strategies.map((strategy) => strategies.map((other) => differences.between(strategy, other)));
  return {
    meanRanks,
    records: strategies.map((strategy) =>
      winTieLoss(
        scores.flatMap((problem) => problem[strategy]!),
        scores.flatMap((problem) => problem[reference]!),
      ),
    ),
    leader,
    behind: pairs.map((differencesTo) => differencesTo[leader]!),
    pairs,
    seedsNeeded: strategies.map((strategy) => neededFor(ranks, strategy, leader)),
    ranks,
    decidable: differences.critical < Infinity,
  };
}

function neededFor(ranks: readonly (readonly Float64Array[])[], strategy: number, leader: number): number | null {
  const blocks = ranks.reduce((sum, ofProblem) => sum + ofProblem.length, 0);
  const mean = stratifiedMean(ranks.map((ofProblem) => ofProblem.map((row) => row[strategy]! - row[leader]!)));
  if (strategy === leader || !(mean.value > 0) || ranks.some((ofProblem) => ofProblem.length < 2)) return null;
  const deviation = Math.max(Math.sqrt(mean.variance * blocks), Number.MIN_VALUE);
  return seedsNeeded({ difference: mean.value, deviation, strategies: ranks[0]![0]!.length, problems: ranks.length });
}

/** The strategies that the leader is ahead of; null if no problem has enough seeds for an interval. */
export function aheadOf({ behind, leader }: RankStanding): readonly number[] | null {
  if (behind.some(({ interval }) => interval === null)) return null;
  return behind.flatMap(({ interval }, strategy) => (strategy !== leader && interval!.low > 0 ? [strategy] : []));
}
