/**
 * A Latin hypercube in whole numbers: every column is a permutation of the levels 0 … points - 1, one for each of the equal cells
 * into which its axis is cut (McKay, Beckman & Conover 1979). Criteria are optimised on levels, where distances are exact integers.
 */
import { permutation, type Stream } from "@caviar/core";

/** `at` is column-major: the level of point i in column k is `at[k * points + i]`. */
export type Levels = { readonly at: Int32Array; readonly points: number; readonly dimensions: number };

export function randomLevels(points: number, dimensions: number, source: Stream): Levels {
  const at = new Int32Array(points * dimensions);
  for (let column = 0; column < dimensions; column += 1) at.set(permutation(source, points), column * points);
  return { at, points, dimensions };
}

export function squaredDistance({ at, points, dimensions }: Levels, first: number, second: number): number {
  let sum = 0;
  for (let column = 0; column < dimensions; column += 1) {
    const gap = at[column * points + first]! - at[column * points + second]!;
    sum += gap * gap;
  }
  return sum;
}

/** Over all pairs of points, in units of one level; Infinity for a single point. */
export function leastSquaredDistance(levels: Levels): number {
  let least = Number.POSITIVE_INFINITY;
  for (let first = 1; first < levels.points; first += 1) {
    for (let second = 0; second < first; second += 1) least = Math.min(least, squaredDistance(levels, first, second));
  }
  return least;
}
