/**
 * The posterior of a settled process at points of the unit cube, in standardised values: moments with gradients, covariances, and joint
 * draws.
 */
import { derive, type Key, NumericalError, stream } from "@caviar-hpo/core";
import { allocate, cholesky, multiplyTransposed } from "@caviar-hpo/numerics/linear";
import { drawInPlace } from "../acquisition/jointDraws.ts";
import type { Model } from "../model/data.ts";
import { inBatches, queries } from "../model/ensemble.ts";
import type { Moments, Points } from "../model/surrogate.ts";
import type { Process } from "../process/process.ts";

/** A process, and the model and hyperparameters that it has settled at. */
export type Settled = { readonly process: Process; readonly model: Model; readonly u: Float64Array };

/** Means, variances, and their derivatives by the points, row-major n x d. */
export function momentsWithGradient(process: Process, x: Points): Required<Moments> {
  const out = {
    mean: new Float64Array(x.n),
    variance: new Float64Array(x.n),
    gradient: { mean: new Float64Array(x.n * x.d), variance: new Float64Array(x.n * x.d) },
  };
  const [ones, zeros] = [new Float64Array(queries).fill(1), new Float64Array(queries)];
  inBatches(x, (batch) => {
    const { start, m } = batch;
    const rows = (of: Float64Array, width: number): Float64Array => of.subarray(start * width, (start + m) * width);
    const moments = { mean: rows(out.mean, 1), variance: rows(out.variance, 1) };
    // A derivative uses up what the prediction before it has left in the memory of the process.
    process.predict(batch, moments);
    process.pull(batch, { mean: zeros, variance: ones }, rows(out.gradient.variance, x.d));
    process.predict(batch, moments);
    process.pull(batch, { mean: ones, variance: zeros }, rows(out.gradient.mean, x.d));
  });
  return out;
}

/** Posterior covariances of n points, row-major n x n, and the greatest variance of the prior at them. */
export function covariancesAt({ process, model, u }: Settled, x: Points): { readonly S: Float64Array; readonly prior: number } {
  const m = x.n;
  const rows = process.n;
  const [S, whitened, block, memory] = allocate(
    m * m,
    m * rows,
    rows * queries,
    model.kernel.memory({ n: m, m: 0, d: x.d }),
  ) as PosteriorBlocks;
  inBatches(x, (batch) => {
    process.whiten(batch, block);
    for (let j = 0; j < batch.m; j++) for (let i = 0; i < rows; i++) whitened[(batch.start + j) * rows + i] = block[i * batch.m + j]!;
  });
  multiplyTransposed(whitened, S, m, rows);
  const known = S.slice();
  const kernel = model.kernel.bind(x.data, { n: m, m: 0, d: x.d }, memory);
  kernel.set(u, m);
  kernel.gram(S, m);
  let prior = 0;
  for (let j = 0; j < m; j++) prior = Math.max(prior, S[j * m + j]!);
  for (let at = 0; at < m * m; at++) S[at] = S[at]! - known[at]!;
  for (let j = 0; j < m; j++) S[j * m + j] = Math.max(0, S[j * m + j]!);
  return { S, prior };
}

/** `count` joint draws of what the function adds to its mean, row-major count x n. The first draws of a key are the same for any count. */
export function deviationsAt(settled: Settled, x: Points, count: number, key: Key): Float64Array {
  const L = factorOfDraws(settled, x);
  const draws = new Float64Array(count * x.n);
  for (let draw = 0; draw < count; draw++) {
    const source = stream(derive(key, draw));
    for (let j = 0; j < x.n; j++) draws[draw * x.n + j] = source.normal();
  }
  drawInPlace(draws, new Float64Array(x.n), L);
  return draws;
}

/** The Cholesky factor of the covariances. Rounding is as large as the prior's, however little variance is left. */
function factorOfDraws(settled: Settled, x: Points): Float64Array {
  const { S, prior } = covariancesAt(settled, x);
  for (let jitter = (settled.process.n + x.n) * Number.EPSILON * prior; jitter <= 1e-6 * prior; jitter *= 10)
    if (cholesky(S, x.n, { jitter }).kind === "factored") return S;
  throw notPositiveDefinite("covariances of draws");
}

export function notPositiveDefinite(what: string): NumericalError {
  return new NumericalError({
    code: "notPositiveDefinite",
    what,
    expected: "a matrix that is positive definite after at most a millionth of its diagonal is added",
    got: "a matrix that is not positive definite",
    remedy: "Check the kernel and its hyperparameters, or let the model learn the noise.",
  });
}

type PosteriorBlocks = readonly [Float64Array, Float64Array, Float64Array, Float64Array];
