/**
 * The mean constant and the weights of a Gaussian process from its factor.
 *
 * | symbol | meaning                                                                     |
 * |--------|-----------------------------------------------------------------------------|
 * | L      | K = L L', K = k(x, x) + diag(noise)                                          |
 * | mu     | 1'K^-1 y / (1'K^-1 1 + 1), the most probable constant under N(0, 1)           |
 * | a      | K^-1 (y - mu)                                                                |
 */
import { logDeterminant, solveLower, solveLowerTransposed } from "@caviar-hpo/numerics/linear";

/** The lower triangle of an n x n matrix, row-major with rows `stride` apart. */
export type LowerFactor = { readonly L: Float64Array; readonly n: number; readonly stride: number };

/** Writes a, of length n, and returns mu. `pair`: 2 n doubles to work in. */
export function regress({ L, n, stride }: LowerFactor, y: Float64Array, pair: Float64Array, a: Float64Array): number {
  for (let i = 0; i < n; i++) {
    pair[2 * i] = 1;
    pair[2 * i + 1] = y[i]!;
  }
  solveLower(L, n, pair, 2, stride);
  solveLowerTransposed(L, n, pair, 2, stride);
  let ones = 1;
  let values = 0;
  for (let i = 0; i < n; i++) {
    ones += pair[2 * i]!;
    values += pair[2 * i + 1]!;
  }
  const mu = values / ones;
  for (let i = 0; i < n; i++) a[i] = pair[2 * i + 1]! - mu * pair[2 * i]!;
  return mu;
}

/** Values, and the constant and weights that `regress` found for them. */
export type Regressed = { readonly y: Float64Array; readonly mu: number; readonly a: Float64Array };

/** ln p(y | mu, hyperparameters) + ln p(mu), but for the constant of the latter: -((y - mu)'a + ln |K| + n ln 2 pi + mu^2) / 2. */
export function logLikelihood({ L, n, stride }: LowerFactor, { y, mu, a }: Regressed): number {
  let value = -0.5 * (logDeterminant(L, n, stride) + n * ln2Pi + mu * mu);
  for (let i = 0; i < n; i++) value -= 0.5 * a[i]! * (y[i]! - mu);
  return value;
}

const ln2Pi = 1.8378770664093453;
