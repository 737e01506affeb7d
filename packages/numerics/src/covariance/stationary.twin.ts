/**
 * The stationary covariances in plain loops, with the bits of `assembly/covariance.ts`: what the tests hold the SIMD kernels to.
 * Sums over pairs run through blocks of 256 columns and in them through tiles of 4 rows, in each of which every row keeps two partial
 * sums, one over the even columns and one over the odd ones.
 */
import { GREATEST, scaledExpNegative } from "./expNegative.twin.ts";
import { type FamilyNumbers, familyNumbers, type StationaryFamily } from "./families.ts";

export function stationaryCovariance(
  family: StationaryFamily,
  x: Float64Array,
  n: number,
  z: Float64Array,
  m: number,
  d: number,
  out: Float64Array,
  scale: number,
): void {
  const numbers = familyNumbers[family];
  const points = transposed(z, m, d);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) out[i * m + j] = value(numbers, squaredDistance(x, i, points, j, d), scale);
  }
}

export function stationaryGram(
  family: StationaryFamily,
  x: Float64Array,
  n: number,
  d: number,
  out: Float64Array,
  scale: number,
  stride: number = n,
): void {
  const numbers = familyNumbers[family];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      out[i * stride + j] = value(numbers, squaredDistance(x, i, x, j, d), scale);
      out[j * stride + i] = out[i * stride + j]!;
    }
  }
}

export function stationaryGramScaleGradient(
  family: StationaryFamily,
  x: Float64Array,
  n: number,
  d: number,
  weights: Float64Array,
  out: Float64Array,
  stride: number = n,
): number {
  let sum = sumOverPairs(family, x, n, x, n, d, weights, stride, out, true);
  for (let i = 0; i < n; i++) sum += weights[i * stride + i]!;
  return sum;
}

export function stationaryCovarianceScaleGradient(
  family: StationaryFamily,
  x: Float64Array,
  n: number,
  z: Float64Array,
  m: number,
  d: number,
  weights: Float64Array,
  out: Float64Array,
): void {
  sumOverPairs(family, x, n, transposed(z, m, d), m, d, weights, m, out, false);
}

export function stationaryPointGradient(
  family: StationaryFamily,
  x: Float64Array,
  n: number,
  z: Float64Array,
  m: number,
  d: number,
  weights: Float64Array,
  out: Float64Array,
): void {
  const numbers = familyNumbers[family];
  const points = transposed(z, m, d);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      const weighted = slope(numbers, squaredDistance(x, i, points, j, d)) * weights[i * m + j]!;
      for (let k = 0; k < d; k++) out[k * m + j]! += weighted * (x[i * d + k]! - points[j * d + k]!);
    }
  }
}

const BLOCK = 256;
const TILE = 4;

/** If symmetric, then over the pairs below the diagonal, twice. Returns the sum of weights times covariances over the same pairs. */
function sumOverPairs(
  family: StationaryFamily,
  x: Float64Array,
  n: number,
  points: Float64Array,
  m: number,
  d: number,
  weights: Float64Array,
  stride: number,
  out: Float64Array,
  symmetric: boolean,
): number {
  const numbers = familyNumbers[family];
  let total = 0;
  for (let block = 0; block < m; block += BLOCK) {
    for (let tile = symmetric ? block : 0; tile < n; tile += TILE) {
      // For each coordinate, and last for the covariances, two partial sums a row.
      const partial = new Float64Array(2 * TILE * (d + 1));
      for (let i = tile; i < Math.min(n, tile + TILE); i++) {
        for (let j = block; j < Math.min(block + BLOCK, symmetric ? i : m); j++) {
          const r2 = squaredDistance(x, i, points, j, d);
          const weight = weights[i * stride + j]!;
          const add = (k: number, term: number) => {
            partial[(k * TILE + i - tile) * 2 + (j % 2)]! += term;
          };
          add(d, value(numbers, r2, 1) * weight);
          const weighted = slope(numbers, r2) * weight;
          for (let k = 0; k < d; k++) {
            const difference = x[i * d + k]! - points[j * d + k]!;
            add(k, weighted * difference * difference);
          }
        }
      }
      const sumOf = (k: number): number => {
        const [even, odd] = [0, 1].map((lane) => {
          const row = (index: number): number => partial[(k * TILE + index) * 2 + lane]!;
          return row(0) + row(1) + (row(2) + row(3));
        }) as [number, number];
        return symmetric ? 2 * (even + odd) : even + odd;
      };
      for (let k = 0; k < d; k++) out[k]! += sumOf(k);
      total += sumOf(d);
    }
  }
  return total;
}

function value({ square, root, value: [a1, a2] }: FamilyNumbers, r2: number, scale: number): number {
  const u = clampedArgument(square, root, r2);
  const factor = scale * TWO_TO_MINUS_54;
  const rounded = (factor + u * (scale * a1 * TWO_TO_MINUS_54 + u * (scale * a2 * TWO_TO_MINUS_54))) * scaledExpNegative(u);
  return scale < rounded ? scale : rounded;
}

function slope({ square, root, slope: [b0, b1], cusp }: FamilyNumbers, r2: number): number {
  const u = clampedArgument(square, root, r2);
  if (cusp && u === 0) return 0;
  const times = (b0 * TWO_TO_MINUS_54 + u * (b1 * TWO_TO_MINUS_54)) * scaledExpNegative(u);
  return cusp ? times / u : times;
}

function clampedArgument(square: number, root: boolean, r2: number): number {
  const u = root ? Math.sqrt(square * r2) : square * r2;
  return GREATEST < u ? GREATEST : u;
}

/** The sum over the coordinates, from the first to the last, of the squared differences. */
function squaredDistance(x: Float64Array, i: number, y: Float64Array, j: number, d: number): number {
  let sum = 0;
  for (let k = 0; k < d; k++) {
    const difference = x[i * d + k]! - y[j * d + k]!;
    sum += difference * difference;
  }
  return sum;
}

/** z, d x m, as m x d. */
function transposed(z: Float64Array, m: number, d: number): Float64Array {
  return Float64Array.from({ length: m * d }, (_, at) => z[(at % d) * m + Math.floor(at / d)]!);
}

const TWO_TO_MINUS_54 = 5.551115123125783e-17;
