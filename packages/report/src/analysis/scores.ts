/** The scores of complete blocks, the ranks within each block, and the means of those ranks. */

import { boundedMean } from "../statistics/boundedMean.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { averageRanks } from "../statistics/ranks.ts";

/** Scores of the complete blocks of one problem, [strategy][block]; less is better. */
export type Scores = readonly (readonly number[])[];

/** Ranks within each block, [block][strategy]. */
export function blockRanks(scores: Scores): readonly Float64Array[] {
  return scores[0]!.map((_, block) => Float64Array.from(averageRanks(scores.map((ofStrategy) => ofStrategy[block]!))));
}

/** The mean over problems of the mean over blocks of one entry of the rows ranks[problem][block]. `count` strategies are ranked. */
export function meanRank(ranks: readonly (readonly Float64Array[])[], entry: number, count: number): Estimate {
  return boundedMean(
    ranks.map((blocks) => blocks.map((row) => row[entry]!)),
    1,
    count,
  );
}
