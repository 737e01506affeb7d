/**
 * The Sobol sequence in base 2 with the directions of Joe and Kuo, in Gray-code order, from the origin on: I. M. Sobol', *On the
 * distribution of points in a cube and the approximate evaluation of integrals*, USSR Comput. Math. Math. Phys. 7 (1967); I. A. Antonov
 * and V. M. Saleev (1979) for the order. The origin is kept, because without it the first 2^m points are no longer a net (A. B. Owen,
 * *On dropping the first Sobol' point*, 2020).
 *
 * Point i is the exclusive or of the directions at the set bits of the Gray code i xor floor(i / 2), so any point costs O(log i), and
 * from one point to the next only the direction at the lowest set bit of the index enters.
 */
import type { Key } from "@caviar/core";
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
  const blocks = blockPatterns(directions, dimensions);
  const seeds = scramble === null ? null : scrambleSeeds(scramble, dimensions);
  const at = (index: number, out: Float64Array = new Float64Array(dimensions)): Float64Array => {
    checkRange("sobol.at", dimensions, index, 1, out);
    for (let j = 0; j < dimensions; j += 1) {
      const x = reversedPoint(directions, j, index);
      out[j] = seeds === null ? fractionOfReversed(x) : middleOfScrambled(x, seeds[2 * j]!, seeds[2 * j + 1]!);
    }
    return out;
  };
  const fill = (start: number, count: number, out: Float64Array): void => {
    checkRange("sobol.fill", dimensions, start, count, out);
    const end = start + count;
    for (let block = start - (start % blockRows); block < end; block += blockRows) {
      const from = Math.max(start, block);
      const rows = Math.min(end, block + blockRows) - from;
      for (let j = 0; j < dimensions; j += 1) {
        const x = reversedPoint(directions, j, block);
        const pattern = j * blockRows + from - block;
        const to = (from - start) * dimensions + j;
        if (seeds === null) fillPlain(x, blocks, pattern, rows, out, to, dimensions);
        else fillScrambled(x, seeds[2 * j]!, seeds[2 * j + 1]!, blocks, pattern, rows, out, to, dimensions);
      }
    }
  };
  return { dimensions, at, fill };
}

/** Half of 2^-32, from the corner of a scrambled point's cell to its middle. */
const halfCell = 0.5 / 0x1_0000_0000;

/**
 * `fill` works through blocks of 256 indices that begin at a multiple of 256. Within one the Gray code changes its lowest eight bits only,
 * so every block is its first point with the same 256 patterns of the eight leading digits exclusive-ored to it.
 */
const blockRows = 256;

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

/** Pattern i of dimension j at 256 j + i: the digits by which point i of a block differs from its first. */
function blockPatterns(directions: Int32Array, dimensions: number): Uint8Array {
  const patterns = new Uint8Array(dimensions * blockRows);
  for (let j = 0; j < dimensions; j += 1) {
    for (let i = 1; i < blockRows; i += 1) {
      patterns[j * blockRows + i] = patterns[j * blockRows + i - 1]! ^ directions[j * directionBits + lowestSetBit(i)]!;
    }
  }
  return patterns;
}

function middleOfScrambled(x: number, addend: number, multiplier: number): number {
  return fractionOfReversed(scrambleReversed(x, addend, multiplier)) + halfCell;
}

/** One dimension of a block: patterns from `pattern` on, written from `to` on with stride `dimensions`. */
function fillPlain(x: number, blocks: Uint8Array, pattern: number, rows: number, out: Float64Array, to: number, dimensions: number): void {
  for (let i = 0; i < rows; i += 1) out[to + i * dimensions] = fractionOfReversed(x ^ blocks[pattern + i]!);
}

/** Likewise, scrambled; two rows at a time, which is a fifth faster. */
function fillScrambled(
  x: number,
  addend: number,
  multiplier: number,
  blocks: Uint8Array,
  pattern: number,
  rows: number,
  out: Float64Array,
  to: number,
  dimensions: number,
): void {
  const end = pattern + rows;
  let at = to;
  let i = pattern;
  for (; i + 1 < end; i += 2) {
    out[at] = middleOfScrambled(x ^ blocks[i]!, addend, multiplier);
    at += dimensions;
    out[at] = middleOfScrambled(x ^ blocks[i + 1]!, addend, multiplier);
    at += dimensions;
  }
  if (i < end) out[at] = middleOfScrambled(x ^ blocks[i]!, addend, multiplier);
}
