/**
 * The Sobol sequence in base 2 with the directions of Joe and Kuo, in Gray-code order, from the origin on: I. M. Sobol', *On the
 * distribution of points in a cube and the approximate evaluation of integrals*, USSR Comput. Math. Math. Phys. 7 (1967); I. A. Antonov
 * and V. M. Saleev (1979) for the order. The origin is kept, because without it the first 2^m points are no longer a net (A. B. Owen,
 * *On dropping the first Sobol' point*, 2020).
 *
 * Point i is the exclusive or of the directions at the set bits of the Gray code i xor floor(i / 2), so any point costs O(log i); `at`
 * does just that. From one point to the next, only the direction at the lowest set bit of the index changes the point. `fill` uses this,
 * in a SIMD kernel of `@caviar-hpo/numerics` that gives the same bits.
 */
import type { Key } from "@caviar-hpo/core";
import { sobolPoints } from "@caviar-hpo/numerics/sobol";
import { checkDimensions, checkRange, type Sequence } from "../sequence.ts";
import { directionBits, directionNumbers } from "./directionNumbers.ts";
import { tableDimensions } from "./directions.ts";
import { fractionOfReversed, reverseBits } from "./reversal.ts";
import { scrambleReversed, scrambleSeeds } from "./scramble.ts";

/**
 * The Sobol sequence in `dimensions` dimensions (at most 1111), 2^32 points of 32 binary digits.
 *
 * With `scramble` null, point i is k / 2^32 exactly, k an integer: equal to SciPy's `Sobol(d, scramble=False)` bit for bit (its first
 * 2^30 points, which need 30 digits). Under a key the points are nested-uniformly scrambled and lie at the middles (k + 1/2) / 2^32 of
 * their cells: uniform, strictly inside (0, 1), safe before an inverse distribution function. The first k dimensions of a sequence are
 * the sequence in k dimensions, scrambled or not.
 *
 * @throws ConfigError, LimitError
 */
export function sobol(dimensions: number, scramble: Key | null): Sequence {
  checkDimensions("sobol", dimensions, tableDimensions);
  const directions = reversedDirections(dimensions);
  const seeds = scramble === null ? null : scrambleSeeds(scramble, dimensions);
  const points = sobolPoints(directions, seeds);
  const at = (index: number, out: Float64Array = new Float64Array(dimensions)): Float64Array => {
    checkRange("sobol.at", dimensions, index, 1, out);
    for (let j = 0; j < dimensions; j++) {
      const x = reversedPoint(directions, j, index);
      out[j] = seeds === null ? fractionOfReversed(x) : middleOfScrambled(x, seeds[2 * j]!, seeds[2 * j + 1]!);
    }
    return out;
  };
  const fill = (start: number, count: number, out: Float64Array): void => {
    checkRange("sobol.fill", dimensions, start, count, out);
    points(start, count, out);
  };
  return { dimensions, at, fill };
}

/** Half of 2^-32, from the corner of a scrambled point's cell to its middle. */
const halfCell = 0.5 / 0x1_0000_0000;

/** Direction k of dimension j at 32 j + k, most significant digit lowest. */
function reversedDirections(dimensions: number): Int32Array {
  const m = directionNumbers(dimensions);
  return Int32Array.from(m, (value, at) => reverseBits(value << (directionBits - 1 - (at % directionBits))));
}

function reversedPoint(directions: Int32Array, j: number, index: number): number {
  let x = 0;
  for (let gray = index ^ (index >>> 1); gray !== 0; gray &= gray - 1) x ^= directions[j * directionBits + lowestSetBit(gray)]!;
  return x;
}

function lowestSetBit(value: number): number {
  return 31 - Math.clz32(value & -value);
}

function middleOfScrambled(x: number, addend: number, multiplier: number): number {
  return fractionOfReversed(scrambleReversed(x, addend, multiplier)) + halfCell;
}
