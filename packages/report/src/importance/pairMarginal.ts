/**
 * How the objective depends on two parameters together, averaged over all others: the marginals of Hutter, Hoos and Leyton-Brown (2014),
 * equation 3, of a set of two. They are exact for each tree of the forest, and the mean over the trees is taken.
 */
import type { LearnedForest } from "./importance.ts";
import type { FeatureAxis } from "./sample.ts";
import { holds, type Region, widthOf } from "./tree.ts";

/** Coordinates along one axis: the middles of equal cells, or one per option. */
export function cellsOf(axis: FeatureAxis, cells: number): readonly number[] {
  return axis.kind === "options"
    ? Array.from({ length: axis.count }, (_, option) => option)
    : Array.from({ length: cells }, (_, cell) => (cell + 0.5) / cells);
}

/** Row-major: one row per cell of the axis `second`, each with one value per cell of the axis `first`. */
export function pairMarginal({ sample, forest }: LearnedForest, first: number, second: number, cells: number): Float64Array {
  const [columns, rows] = [cellsOf(sample.axes[first]!, cells), cellsOf(sample.axes[second]!, cells)];
  const sums = new Float64Array(columns.length * rows.length);
  for (const leaves of forest) {
    for (const { value, regions } of leaves) {
      const share = regions.reduce(
        (product, region, axis) => (axis === first || axis === second ? product : product * widthOf(region)),
        value,
      );
      const across = held(regions[first]!, columns);
      for (const row of held(regions[second]!, rows)) for (const column of across) sums[row * columns.length + column]! += share;
    }
  }
  return sums.map((sum) => (sum / forest.length) * sample.unit);
}

/** The indices of the coordinates that a region holds. */
function held(region: Region, coordinates: readonly number[]): readonly number[] {
  return coordinates.flatMap((x, index) => (holds(region, x) ? [index] : []));
}
