/**
 * The standing: how the strategies compare at one endpoint over all problems. Ranks say which strategy is ahead, independent of the scale
 * of a problem. Factors say how far each strategy is from the reference.
 */
import type { Key } from "@caviar-hpo/core";
import { level } from "../confidence.ts";
import { type Estimate, resampled } from "../statistics/bootstrap.ts";
import { hodgesLehmann } from "../statistics/hodgesLehmann.ts";
import { pairedDifference } from "../statistics/pairedDifference.ts";
import { rankDifferences } from "../statistics/rankDifferences.ts";
import { type WinTieLoss, winTieLoss } from "../statistics/winTieLoss.ts";
import { blockRanks, meanRank, type Scores } from "./scores.ts";

/** How the strategies stand at one endpoint; one entry per strategy, in the order of the campaign. */
export type RankStanding = {
  /** Mean over problems of the mean rank over complete blocks. */
  readonly meanRanks: readonly Estimate[];
  /** The Hodges-Lehmann factor of the regret against the reference, as log10; 0 for the reference itself. */
  readonly factors: readonly Estimate[];
  /** The numbers of blocks won, tied and lost against the reference. */
  readonly records: readonly WinTieLoss[];
  /** The index of the strategy with the best mean rank. */
  readonly leader: number;
  /** The mean rank minus that of the leader. The intervals hold for all pairs of strategies at once, so also for a leader that the data chose. */
  readonly behind: readonly Estimate[];
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
  return {
    meanRanks,
    factors: factors(scores, reference, key),
    records: strategies.map((strategy) =>
      winTieLoss(
        scores.flatMap((problem) => problem[strategy]!),
        scores.flatMap((problem) => problem[reference]!),
      ),
    ),
    leader,
    behind: strategies.map((strategy) => differences.between(strategy, leader)),
    decidable: differences.critical < Infinity,
  };
}

function factors(scores: readonly Scores[], reference: number, key: Key): readonly Estimate[] {
  const count = scores[0]!.length;
  const sizes = scores.map((problem) => problem[0]!.length);
  const differences = scores.map((problem) =>
    problem.map((ofStrategy) => ofStrategy.map((score, block) => pairedDifference(score, problem[reference]![block]!))),
  );
  const { estimate } = resampled(key, sizes, count, (drawn, components) => {
    for (let strategy = 0; strategy < count; strategy++) {
      components[strategy] = strategy === reference ? 0 : hodgesLehmann(pooled(differences, strategy, drawn));
    }
  });
  return Array.from({ length: count }, (_, strategy) => estimate(strategy));
}

function pooled(differences: readonly Scores[], strategy: number, drawn: readonly Int32Array[]): Float64Array {
  const pool = new Float64Array(drawn.reduce((sum, blocks) => sum + blocks.length, 0));
  let at = 0;
  drawn.forEach((blocks, problem) => {
    for (const block of blocks) {
      pool[at] = differences[problem]![strategy]![block]!;
      at++;
    }
  });
  return pool;
}
