/** The scores of complete blocks, the ranks within each block, and the means of those ranks. */
import { averageRanks } from "../statistics/ranks.ts";

/** Scores of the complete blocks of one problem, [strategy][block]; less is better. */
export type Scores = readonly (readonly number[])[];

/** Ranks within each block, [block][strategy]. */
export function blockRanks(scores: Scores): readonly Float64Array[] {
  return scores[0]!.map((_, block) => Float64Array.from(averageRanks(scores.map((ofStrategy) => ofStrategy[block]!))));
}

/** Adds to `components` the mean over problems of the mean over drawn blocks of each row of `ranks[problem][block]`. */
export function addMeanRanks(ranks: readonly (readonly Float64Array[])[], drawn: readonly Int32Array[], components: Float64Array): void {
  for (let problem = 0; problem < ranks.length; problem++) {
    const rows = ranks[problem]!;
    const blocks = drawn[problem]!;
    const weight = 1 / (blocks.length * ranks.length);
    for (let place = 0; place < blocks.length; place++) addRow(rows[blocks[place]!]!, weight, components);
  }
}

function addRow(row: Float64Array, weight: number, components: Float64Array): void {
  for (let entry = 0; entry < row.length; entry++) components[entry] = components[entry]! + weight * row[entry]!;
}
