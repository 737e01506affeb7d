/**
 * The Halton sequence: coordinate j of point i mirrors the digits of i in the j-th prime base about the radix point. J. H. Halton, *On the
 * efficiency of certain quasi-random sequences of points in evaluating multi-dimensional integrals*, Numer. Math. 2 (1960) 84-90. Scrambled
 * after A. B. Owen, *A randomized Halton algorithm in R*, arXiv:1706.02808 (2017): every digit, the leading zeros too, goes through a random
 * permutation of its own.
 *
 * Each permutation is keyed by (dimension, digit), so any point can be had at once. Digits are kept to the largest power of the base that
 * 2^52 can hold; below that the mirrored number is an exact integer, and one division gives the coordinate, correctly rounded.
 */
import { derive, type Key, type Stream, stream } from "@caviar/core";
import { firstPrimes, primeCount } from "./primes.ts";
import { checkDimensions, checkRange, type Sequence } from "./sequence.ts";

/**
 * The Halton sequence in `dimensions` dimensions (at most 6542, whose base is the last prime of 16 bits), 2^32 points from the origin on.
 *
 * With `scramble` null, each coordinate is the double nearest to the exact fraction. Under a key it lies at the middle (k + 1/2) / b^K of
 * one of b^K cells, 2^52 / b < b^K <= 2^52: uniform to that resolution and strictly inside (0, 1). The first b^k points stratify axis b
 * into b^k cells either way. The first k dimensions of a sequence are the sequence in k dimensions.
 *
 * A permutation is drawn in full when its digit is first not zero: the first points in 1000 dimensions draw 3.7 million numbers.
 *
 * @throws ConfigError, LimitError
 */
export function halton(dimensions: number, scramble: Key | null): Sequence {
  checkDimensions("halton", dimensions, primeCount);
  const axes = Array.from(firstPrimes(dimensions), (base, j) =>
    createAxis(base, scramble === null ? null : derive(scramble, "dimension", j)),
  );
  const at = (index: number, out: Float64Array = new Float64Array(dimensions)): Float64Array => {
    checkRange("halton.at", dimensions, index, 1, out);
    for (let j = 0; j < dimensions; j += 1) out[j] = coordinate(axes[j]!, mirrored(axes[j]!, index, 0));
    return out;
  };
  const fill = (start: number, count: number, out: Float64Array): void => {
    checkRange("halton.fill", dimensions, start, count, out);
    for (let j = 0; j < dimensions; j += 1) fillAxis(axes[j]!, start, count, out, j, dimensions);
  };
  return { dimensions, at, fill };
}

/** One prime base. Digit k is worth `weights[k]` = b^(K-1-k) in the mirrored integer, which is below `cells` = b^K. */
type Axis = {
  readonly base: number;
  readonly cells: number;
  readonly weights: Float64Array;
  /** What is added to the mirrored integer: 1/2 where scrambled, so that a point lies at the middle of its cell. */
  readonly offset: number;
  /** The mirrored integer of an index whose digits from k on are all zero, those digits alone. */
  readonly zeros: Float64Array;
  /** The permutation of digit k. */
  readonly permutation: (k: number) => Uint16Array;
};

const twoTo52 = 0x10_0000_0000_0000;

function createAxis(base: number, key: Key | null): Axis {
  let cells = 1;
  let digits = 0;
  for (; cells * base <= twoTo52; digits += 1) cells *= base;
  const weights = new Float64Array(digits);
  for (let k = digits - 1, weight = 1; k >= 0; k -= 1, weight *= base) weights[k] = weight;
  const zeros = new Float64Array(digits + 1);
  if (key === null) {
    const identity = Uint16Array.from({ length: base }, (_, digit) => digit);
    return { base, cells, weights, offset: 0, zeros, permutation: () => identity };
  }
  const source = (k: number): Stream => stream(derive(key, "digit", k));
  for (let k = digits - 1; k >= 0; k -= 1) zeros[k] = zeros[k + 1]! + source(k).integer(base) * weights[k]!;
  const drawn: (Uint16Array | undefined)[] = [];
  const permutation = (k: number): Uint16Array => {
    drawn[k] ??= permute(source(k), base);
    return drawn[k];
  };
  return { base, cells, weights, offset: 0.5, zeros, permutation };
}

/** Fisher and Yates from the front: the image of zero is the first draw, so a leading zero needs no more than that. */
function permute(source: Stream, count: number): Uint16Array {
  const order = Uint16Array.from({ length: count }, (_, digit) => digit);
  for (let first = 0; first < count - 1; first += 1) {
    const other = first + source.integer(count - first);
    const value = order[first]!;
    order[first] = order[other]!;
    order[other] = value;
  }
  return order;
}

/** The mirrored integer of the number whose digits, from digit k on, are those of `rest`. */
function mirrored({ base, weights, zeros, permutation }: Axis, rest: number, k: number): number {
  let sum = 0;
  let digit = k;
  for (let left = rest; left > 0; digit += 1) {
    const value = left % base;
    sum += permutation(digit)[value]! * weights[digit]!;
    left = (left - value) / base;
  }
  return sum + zeros[digit]!;
}

function coordinate({ cells, offset }: Axis, integer: number): number {
  return (integer + offset) / cells;
}

/** Writes one column: between two carries only the first digit changes. */
function fillAxis(axis: Axis, start: number, count: number, out: Float64Array, column: number, stride: number): void {
  const { base, weights, zeros, permutation } = axis;
  const end = start + count;
  for (let index = start, to = column; index < end; ) {
    const first = index % base;
    const run = Math.min(base - first, end - index);
    const rest = (index - first) / base;
    const upper = mirrored(axis, rest, 1);
    // Index 0 alone must not draw a permutation of which it needs the first image only.
    if (end === 1) out[to] = coordinate(axis, zeros[0]!);
    else {
      const order = permutation(0);
      for (let i = 0; i < run; i += 1, to += stride) out[to] = coordinate(axis, upper + order[first + i]! * weights[0]!);
    }
    index += run;
  }
}
