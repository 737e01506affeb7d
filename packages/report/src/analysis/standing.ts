/**
 * The standing: how the strategies compare at one endpoint over all problems. Ranks say who is ahead whatever the scale of a problem,
 * factors by how much against the reference; both are resampled together, so that differences of strategies keep their pairing.
 */
import type { Key } from "@caviar-hpo/core";
import { level } from "../confidence.ts";
import { type Estimate, percentileInterval, resampled } from "../statistics/bootstrap.ts";
import { hodgesLehmann } from "../statistics/hodgesLehmann.ts";
import { pairedDifference } from "../statistics/pairedDifference.ts";
import { type WinTieLoss, winTieLoss } from "../statistics/winTieLoss.ts";
import { addMeanRanks, blockRanks, type Scores } from "./scores.ts";

/** How the strategies stand at one endpoint; one entry per strategy, in the order of the campaign. */
export type RankStanding = {
  /** Mean over problems of the mean rank over complete blocks. */
  readonly meanRanks: readonly Estimate[];
  /** Hodges-Lehmann log10 factor of the regret against the reference; 0 for the reference itself. */
  readonly factors: readonly Estimate[];
  /** Blocks won, tied and lost against the reference. */
  readonly records: readonly WinTieLoss[];
  /** Index of the best mean rank. */
  readonly leader: number;
  /** Mean rank minus the leader's; the interval holds for all of them at once (Bonferroni). */
  readonly behind: readonly Estimate[];
};

/** The standing on scores[problem][strategy][block]; a problem has one block at least. */
export function standing(scores: readonly Scores[], reference: number, key: Key): RankStanding {
  const count = scores[0]!.length;
  const ranks = scores.map(blockRanks);
  const differences = scores.map((problem) =>
    problem.map((ofStrategy) => ofStrategy.map((score, block) => pairedDifference(score, problem[reference]![block]!))),
  );
  const sizes = ranks.map((blocks) => blocks.length);
  const { values, draws, estimate } = resampled(key, sizes, 2 * count, (drawn, components) => {
    addMeanRanks(ranks, drawn, components);
    for (let strategy = 0; strategy < count; strategy++) {
      components[count + strategy] = strategy === reference ? 0 : hodgesLehmann(pooled(differences, strategy, drawn));
    }
  });
  const strategies = Array.from({ length: count }, (_, strategy) => strategy);
  const leader = strategies.reduce((best, strategy) => (values[strategy]! < values[best]! ? strategy : best), 0);
  return {
    meanRanks: strategies.map(estimate),
    factors: strategies.map((strategy) => estimate(count + strategy)),
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
