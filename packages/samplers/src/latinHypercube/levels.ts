/**
 * A Latin hypercube in whole numbers: every column is a permutation of the levels 0 … points - 1, one for each of the equal cells
 * into which its axis is cut (McKay, Beckman & Conover 1979). Criteria are optimised on levels, where distances are exact integers.
 */
import { permutation, type Stream } from "@caviar-hpo/core";

/** `at` is column-major: the level of point i in column k is `at[k * points + i]`. */
export type Levels = { readonly at: Int32Array; readonly points: number; readonly dimensions: number };

export function randomLevels(points: number, dimensions: number, source: Stream): Levels {
  const at = new Int32Array(points * dimensions);
  for (let column = 0; column < dimensions; column++) at.set(permutation(source, points), column * points);
  return { at, points, dimensions };
}

/** Over all pairs of points, in units of one level; Infinity for a single point. */
export function leastSquaredDistance({ at, points, dimensions }: Levels): number {
  let least = Infinity;
  const squared = new Float64Array(points);
  for (let point = 1; point < points; point++) {
    squared.fill(0);
    for (let column = 0; column < dimensions; column++) {
      const level = at[column * points + point]!;
      for (let other = 0; other < point; other++) {
        const gap = level - at[column * points + other]!;
        squared[other]! += gap * gap;
      }
    }
    for (let other = 0; other < point; other++) least = Math.min(least, squared[other]!);
  }
  return least;
}
