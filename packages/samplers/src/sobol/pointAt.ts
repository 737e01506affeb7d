/**
 * One point of a Sobol sequence by its index: the exclusive or of the directions at the set bits of the index's Gray code. `sobol.ts` has
 * the sources. A sampler needs no more than this, so it does not load the kernel that makes points in bulk.
 */
import type { Key } from "@caviar-hpo/core";
import { checkLast, checkMost } from "../sequence.ts";
import { directionBits, directionNumbers } from "./directionNumbers.ts";
import { tableDimensions } from "./directions.ts";
import { fractionOfReversed, reverseBits } from "./reversal.ts";
import { scrambleReversed, scrambleSeeds } from "./scramble.ts";

/** The numbers that define a sequence. */
export type SobolTables = {
  readonly dimensions: number;
  /** Direction k of dimension j at 32 j + k, most significant digit lowest. */
  readonly directions: Int32Array;
  /** An addend and a multiplier for each dimension; null without a scramble. */
  readonly seeds: Int32Array | null;
};

/** @param dimensions a whole number from 1. @throws LimitError beyond `tableDimensions`. */
export function sobolTables(dimensions: number, scramble: Key | null): SobolTables {
  checkMost("sobol", dimensions, tableDimensions);
  const directions = reversedDirections(dimensions);
  return { dimensions, directions, seeds: scramble === null ? null : scrambleSeeds(scramble, dimensions) };
}

/**
 * Point `index`, a whole number from 0, as a new array, or written to `point` (length `dimensions`).
 *
 * @throws LimitError from 2^32
 */
export function sobolPointAt(
  { dimensions, directions, seeds }: SobolTables,
  index: number,
  point: Float64Array = new Float64Array(dimensions),
): Float64Array {
  checkLast("sobol.at", index);
  for (let j = 0; j < dimensions; j++) {
    const x = reversedPoint(directions, j, index);
    point[j] = seeds === null ? fractionOfReversed(x) : middleOfScrambled(x, seeds[2 * j]!, seeds[2 * j + 1]!);
  }
  return point;
}

/** Half of 2^-32, from the corner of a scrambled point's cell to its middle. */
const halfCell = 0.5 / 0x1_0000_0000;

/** Those of the most dimensions so far: the table of fewer dimensions is its beginning. */
let known = new Int32Array(0);

function reversedDirections(dimensions: number): Int32Array {
  if (known.length < dimensions * directionBits)
    known = Int32Array.from(directionNumbers(dimensions), (value, at) => reverseBits(value << (directionBits - 1 - (at % directionBits))));
  return known.subarray(0, dimensions * directionBits);
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
