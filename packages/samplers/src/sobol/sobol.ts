/**
 * The Sobol sequence in base 2 with the directions of Joe and Kuo, in Gray-code order: I. M. Sobol', *On the distribution of points in a
 * cube and the approximate evaluation of integrals*, USSR Comput. Math. Math. Phys. 7 (1967); I. A. Antonov and V. M. Saleev (1979) for the
 * order. It begins at the origin, because without the origin the first 2^m points would not be a net (A. B. Owen, *On dropping the first
 * Sobol' point*, 2020).
 *
 * Point i is the exclusive or of the directions at the set bits of the Gray code i xor floor(i / 2), so any point costs O(log i). `at`
 * computes it in this way. From one point to the next, only the direction at the lowest set bit of the index changes the point. `fill` uses
 * this, in a SIMD kernel of `@caviar-hpo/numerics` that gives the same bits.
 */
import type { Key } from "@caviar-hpo/core";
import { sobolPoints } from "@caviar-hpo/numerics/sobol";
import { checkDimensions, checkRange, type Sequence } from "../sequence.ts";
import { tableDimensions } from "./directions.ts";
import { sobolPointAt, sobolTables } from "./pointAt.ts";

/**
 * The Sobol sequence in `dimensions` dimensions, at most 1111: 2^32 points of 32 binary digits.
 *
 * With `scramble` null, point i is exactly k / 2^32 with an integer k. It equals SciPy's `Sobol(d, scramble=False)` bit for bit (SciPy's
 * first 2^30 points, which need 30 digits). With a key, the points have a nested uniform scramble and are the middles (k + 1/2) / 2^32 of
 * their cells. So they are uniform and strictly inside (0, 1), and an inverse distribution function of them is finite. In both cases, the
 * first k dimensions of a sequence are the sequence in k dimensions.
 *
 * @throws ConfigError for dimensions that are not a whole number of at least 1, LimitError for too many.
 */
export function sobol(dimensions: number, scramble: Key | null): Sequence {
  checkDimensions("sobol", dimensions, tableDimensions);
  const tables = sobolTables(dimensions, scramble);
  const points = sobolPoints(tables.directions, tables.seeds);
  const at = (index: number, out = new Float64Array(dimensions)): Float64Array => {
    checkRange("sobol.at", dimensions, index, 1, out);
    return sobolPointAt(tables, index, out);
  };
  const fill = (start: number, count: number, out: Float64Array): void => {
    checkRange("sobol.fill", dimensions, start, count, out);
    points(start, count, out);
  };
  return { dimensions, at, fill };
}
