/**
 * The Halton sequence: coordinate j of point i mirrors the digits of i in the j-th prime base about the radix point. J. H. Halton, *On the
 * efficiency of certain quasi-random sequences of points in evaluating multi-dimensional integrals*, Numer. Math. 2 (1960) 84-90. The
 * scramble is that of A. B. Owen, *A randomized Halton algorithm in R*, arXiv:1706.02808 (2017): every digit, including the leading zeros,
 * goes through its own random permutation.
 *
 * Each permutation is keyed by (dimension, digit), so any point can be computed directly. The number of digits K is the largest with b^K <=
 * 2^52. So the mirrored number is an exact integer, and one division gives the coordinate, correctly rounded.
 */
import { derive, type Key, type Stream, stream } from "@caviar-hpo/core";
import { firstPrimes, primeCount } from "./primes.ts";
import { checkDimensions, checkRange, type Sequence } from "./sequence.ts";

/**
 * The Halton sequence in `dimensions` dimensions: 2^32 points, beginning at the origin. `dimensions` is at most 6542, the number of primes
 * of 16 bits.
 *
 * With `scramble` null, each coordinate is the double nearest to the exact fraction. With a key, it is the middle (k + 1/2) / b^K of one of
 * b^K cells, 2^52 / b < b^K <= 2^52. So it is uniform to that resolution, and strictly inside (0, 1). In both cases, the first b^k points
 * stratify axis b into b^k cells, and the first k dimensions of a sequence are the sequence in k dimensions.
 *
 * A permutation is drawn in full when its digit is not zero for the first time. So the first points in 1000 dimensions draw 3.7 million
 * numbers.
 *
 * @throws ConfigError for dimensions that are not a whole number of at least 1, LimitError for too many.
 */
export function halton(dimensions: number, scramble: Key | null): Sequence {
  checkDimensions("halton", dimensions, primeCount);
  const primes = firstPrimes(dimensions);
  const plain = scramble === null ? plainDigits(primes[dimensions - 1]!) : null;
  const axes = Array.from(primes, (base, j) =>
    scramble === null ? createAxis(base, 0, plain!) : createAxis(base, 0.5, permutedDigits(base, derive(scramble, "dimension", j))),
  );
  const at = (index: number, out: Float64Array = new Float64Array(dimensions)): Float64Array => {
    checkRange("halton.at", dimensions, index, 1, out);
    for (let j = 0; j < dimensions; j++) out[j] = coordinate(axes[j]!, mirrored(axes[j]!, index, 0));
    return out;
  };
  const fill = (start: number, count: number, out: Float64Array): void => {
    checkRange("halton.fill", dimensions, start, count, out);
    for (let j = 0; j < dimensions; j++) fillAxis(axes[j]!, start, count, out, j, dimensions);
  };
  return { dimensions, at, fill };
}

/** What the digits of an index become: the images of all digits at place k, and the image of zero alone, which costs less. */
type Digits = { images(k: number): Uint16Array; zero(k: number): number };

function plainDigits(base: number): Digits {
  const identity = firstIntegers(base);
  return { images: () => identity, zero: () => 0 };
}

function permutedDigits(base: number, key: Key): Digits {
  const source = (k: number): Stream => stream(derive(key, "digit", k));
  const drawn: (Uint16Array | undefined)[] = [];
  const images = (k: number): Uint16Array => {
    drawn[k] ??= permute(source(k), base);
    return drawn[k];
  };
  return { images, zero: (k) => source(k).integer(base) };
}

/** Fisher and Yates from the front: the first draw is the image of zero, so a leading zero needs one draw only. */
function permute(source: Stream, count: number): Uint16Array {
  const order = firstIntegers(count);
  for (let first = 0; first < count - 1; first++) {
    const other = first + source.integer(count - first);
    const value = order[first]!;
    order[first] = order[other]!;
    order[other] = value;
  }
  return order;
}

function firstIntegers(count: number): Uint16Array {
  const integers = new Uint16Array(count);
  for (let i = 1; i < count; i++) integers[i] = i;
  return integers;
}

/** One prime base. Digit k is worth `weights[k]` = b^(K-1-k) in the mirrored integer, which is below `cells` = b^K. */
type HaltonAxis = {
  readonly base: number;
  readonly cells: number;
  readonly weights: Float64Array;
  /** What is added to the mirrored integer: 1/2 where scrambled, so that a point lies at the middle of its cell. */
  readonly offset: number;
  readonly digits: Digits;
  /** The mirrored integer of zeros from place k on. */
  readonly zeros: Float64Array;
};

const twoTo52 = 0x10_0000_0000_0000;

function createAxis(base: number, offset: number, digits: Digits): HaltonAxis {
  let cells = 1;
  let places = 0;
  for (; cells * base <= twoTo52; places++) cells *= base;
  const weights = new Float64Array(places);
  const zeros = new Float64Array(places + 1);
  for (let k = places - 1, weight = 1; k >= 0; k--, weight *= base) {
    weights[k] = weight;
    zeros[k] = zeros[k + 1]! + digits.zero(k) * weight;
  }
  return { base, cells, weights, offset, digits, zeros };
}

/** The mirrored integer of the number whose digits, from place k on, are those of `rest`. */
function mirrored({ base, weights, digits, zeros }: HaltonAxis, rest: number, k: number): number {
  let sum = 0;
  let place = k;
  for (let left = rest; left > 0; place++) {
    const digit = left % base;
    sum += digits.images(place)[digit]! * weights[place]!;
    left = (left - digit) / base;
  }
  return sum + zeros[place]!;
}

function coordinate({ cells, offset }: HaltonAxis, integer: number): number {
  return (integer + offset) / cells;
}

/** Writes one column: between two carries only the first digit changes. */
function fillAxis(axis: HaltonAxis, start: number, count: number, out: Float64Array, column: number, stride: number): void {
  const { base, weights, digits } = axis;
  const images = digits.images(0);
  const end = start + count;
  for (let index = start, to = column; index < end; ) {
    const first = index % base;
    const run = Math.min(base - first, end - index);
    const upper = mirrored(axis, (index - first) / base, 1);
    for (let i = 0; i < run; i++, to += stride) out[to] = coordinate(axis, upper + images[first + i]! * weights[0]!);
    index += run;
  }
}
