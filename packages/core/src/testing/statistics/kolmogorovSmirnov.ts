/** The one-sample test of Kolmogorov and Smirnov: whether numbers are uniform on [0, 1]. The p-value is exact for every sample size. */
import { exp, log, log1p } from "@caviar-hpo/numerics";
import { multiply } from "@caviar-hpo/numerics/linear";
import { NumericalError } from "../../contract/errors.ts";

/**
 * The result of the test. `statistic` is D, the largest distance between the empirical distribution and the uniform one, and `at` is where
 * it occurs. `share` is the share of the sample there: the share of numbers at most `at` if it is above the uniform distribution, and below
 * `at` if it is not.
 */
export type KolmogorovSmirnov = { readonly statistic: number; readonly at: number; readonly share: number; readonly p: number };

/**
 * Tests whether numbers are uniform on [0, 1].
 *
 * @throws NumericalError for an empty list, and for a number outside [0, 1].
 */
export function kolmogorovSmirnovTest(values: ArrayLike<number>): KolmogorovSmirnov {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  if (n === 0 || !sorted.every((value) => value >= 0 && value <= 1)) {
    throw new NumericalError({
      code: "badSample",
      what: "kolmogorovSmirnovTest",
      expected: "at least one number, all of them in [0, 1]",
      got: n === 0 ? "none" : `numbers from ${sorted[0]} to ${sorted[n - 1]}`,
      remedy: "Pass the values of the distribution function that the sample should have.",
    });
  }
  let [statistic, at, share] = [0, 0, 0];
  for (let index = 0; index < n; index++) {
    const value = sorted[index]!;
    for (const reached of [index / n, (index + 1) / n]) {
      const distance = reached === index / n ? value - reached : reached - value;
      if (distance > statistic) [statistic, at, share] = [distance, value, reached];
    }
  }
  return { statistic, at, share, p: kolmogorovSmirnovTail(statistic, n) };
}

/**
 * P(D >= d) for n numbers. In the tail it is twice the probability of the one-sided statistic, which counts a sample twice where both
 * sides exceed d: at n d^2 = 4 that is one part in 10^10. Elsewhere it is 1 - P(D < d).
 */
export function kolmogorovSmirnovTail(d: number, n: number): number {
  if (d <= 0.5 / n) return 1;
  if (d >= 1) return 0;
  return n * d * d >= 4 ? Math.min(1, 2 * oneSidedTail(d, n)) : Math.max(0, Math.min(1, 1 - belowStatistic(d, n)));
}

/**
 * P(D+ >= d) = d sum over j of C(n, j) (d + j/n)^(j - 1) (1 - d - j/n)^(n - j) for j up to n (1 - d): Z. W. Birnbaum and F. H. Tingey
 * (1951).
 */
function oneSidedTail(d: number, n: number): number {
  let sum = 0;
  let logBinomial = 0;
  for (let j = 0; j <= n * (1 - d); j++) {
    const rest = 1 - d - j / n;
    if (rest > 0) sum += exp(logBinomial + (j - 1) * log(d + j / n) + (n - j) * log1p(-d - j / n));
    logBinomial += log((n - j) / (j + 1));
  }
  return d * sum;
}

/**
 * P(D < d) as an entry of the n-th power of a matrix: G. Marsaglia, W. W. Tsang and J. Wang, "Evaluating Kolmogorov's distribution",
 * Journal of Statistical Software 8 (18), 2003. Their names: d = (k - h) / n, the matrix is m x m with m = 2k - 1.
 */
function belowStatistic(d: number, n: number): number {
  const k = Math.floor(n * d) + 1;
  const m = 2 * k - 1;
  const { matrix, exponent } = powerOf(matrixOf(k - n * d, m), m, n);
  // n! / n^n, one factor at a time, so that nothing overflows.
  let value = matrix[(k - 1) * m + k - 1]!;
  let scale = exponent;
  for (let i = 1; i <= n; i++) {
    value *= i / n;
    if (value < 1e-140) {
      value *= 1e140;
      scale--;
    }
  }
  return value * exp(scale * log1e140);
}

function matrixOf(h: number, m: number): Float64Array {
  const powers = Float64Array.from({ length: m + 1 }, () => 1);
  for (let i = 1; i <= m; i++) powers[i] = powers[i - 1]! * h;
  const matrix = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) matrix[i * m + j] = i - j + 1 < 0 ? 0 : 1;
  }
  for (let i = 0; i < m; i++) {
    matrix[i * m]! -= powers[i + 1]!;
    matrix[(m - 1) * m + i]! -= powers[m - i]!;
  }
  let corner = 2 * h - 1 > 0 ? 1 : 0;
  for (let i = 0; i < m; i++) corner *= 2 * h - 1;
  matrix[(m - 1) * m]! += corner;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j <= i; j++) {
      for (let factor = 2; factor <= i - j + 1; factor++) matrix[i * m + j]! /= factor;
    }
  }
  return matrix;
}

/** A matrix times 1e140 to the power of `exponent`. */
type Scaled = { readonly matrix: Float64Array; readonly exponent: number };

function powerOf(base: Float64Array, m: number, n: number): Scaled {
  if (n === 1) return { matrix: base, exponent: 0 };
  const half = powerOf(base, m, Math.floor(n / 2));
  const square = rescaled({ matrix: productOf(half.matrix, half.matrix, m), exponent: 2 * half.exponent }, m);
  return n % 2 === 0 ? square : rescaled({ matrix: productOf(square.matrix, base, m), exponent: square.exponent }, m);
}

function productOf(a: Float64Array, b: Float64Array, m: number): Float64Array {
  const out = new Float64Array(m * m);
  multiply(a, b, out, m, m, m);
  return out;
}

function rescaled({ matrix, exponent }: Scaled, m: number): Scaled {
  const centre = ((m - 1) / 2) * (m + 1);
  return matrix[centre]! > 1e140 ? { matrix: matrix.map((value) => value * 1e-140), exponent: exponent + 1 } : { matrix, exponent };
}

const log1e140 = 140 * Math.LN10;
