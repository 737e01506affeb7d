/** The scores of complete blocks, the ranks within each block, and the means of those ranks. */
import { level } from "../confidence.ts";
import type { Estimate } from "../statistics/bootstrap.ts";
import { meanInterval, stratifiedMean } from "../statistics/meanInterval.ts";
import { averageRanks } from "../statistics/ranks.ts";
import { studentQuantile } from "../statistics/studentQuantile.ts";

/** Scores of the complete blocks of one problem, [strategy][block]; less is better. */
export type Scores = readonly (readonly number[])[];

/** Ranks within each block, [block][strategy]. */
export function blockRanks(scores: Scores): readonly Float64Array[] {
  return scores[0]!.map((_, block) => Float64Array.from(averageRanks(scores.map((ofStrategy) => ofStrategy[block]!))));
}

/** The mean over problems of the mean over blocks of one entry of the rows ranks[problem][block]. `count` strategies are ranked. */
export function meanRank(ranks: readonly (readonly Float64Array[])[], entry: number, count: number): Estimate {
  const middle = (count + 1) / 2;
  const mean = stratifiedMean(ranks.map((blocks) => Float64Array.from(blocks, (row) => row[entry]! - middle)));
  if (ranks.some((blocks) => blocks.length < 2)) return { value: middle + mean.value, interval: null };
  const { low, high } = meanInterval(mean, studentQuantile(level, mean.freedom), (count - 1) / 2);
  return { value: middle + mean.value, interval: { low: middle + low, high: middle + high } };
}
