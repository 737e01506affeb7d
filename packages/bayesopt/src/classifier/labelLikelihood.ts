/**
 * The approximate marginal likelihood of labels and its gradient (Rasmussen & Williams 2006, algorithm 5.2), with the priors of the
 * hyperparameters. Like the exact one of values (process/marginalLikelihood.ts), it is maximised by `fit`.
 *
 * ln Z = sum ln C_i - ln |B| / 2 + shift'm / 2,   B = I + T K T,   T = diag(precision)^(1/2)
 * d ln Z / du_p = tr(W dK/du_p),   W = (b b' - T B^-1 T) / 2,   b = K^-1 m = shift - precision m
 *
 * The latent mean is a constant with prior N(0, 1). It is integrated out: 1 is added to every covariance.
 */
import { exp } from "@caviar-hpo/numerics";
import { allocate, cholesky, inverseFromCholesky, logDeterminant, outerLess } from "@caviar-hpo/numerics/linear";
import { type Data, hyperparametersOf, type Model } from "../model/data.ts";
import type { MarginalLikelihood } from "../process/marginalLikelihood.ts";
import { evidenceOfSites, type Labelled, newSites, propagate, type Sites } from "./propagate.ts";

/** The values of the data are labels, 1 or -1. `model.noise` is the noise of the probit. @param rows the most that it will ever take. */
export function createLabelLikelihood(model: Model, first: Data, rows: number = first.y.length): MarginalLikelihood {
  const { d } = first;
  const room = { n: rows, m: 0, d };
  const [K, B, W, b, memory] = allocate(rows * rows, rows * rows, rows * rows, rows, model.kernel.memory(room)) as LikelihoodBlocks;
  const x = new Float64Array(rows * d);
  const kernel = model.kernel.bind(x, room, memory);
  const sites = newSites(rows);
  const all = hyperparametersOf(model);
  let data = first;
  const take = (other: Data): void => {
    data = other;
    x.set(other.x.subarray(0, other.y.length * d));
  };
  take(first);
  return {
    rows,
    take,
    at: (u, gradient) => {
      const n = data.y.length;
      kernel.set(u, n);
      kernel.gram(K, n);
      addConstant(K, n);
      const noise = exp(u[all.length - 1]!);
      const labelled = { K, labels: data.y, n, noise };
      propagate(labelled, sites);
      const evidence = evidenceOfSites(labelled, sites);
      writeB(labelled, sites, B);
      if (cholesky(B, n).kind === "failed") return NaN;
      let value = evidence.log - 0.5 * logDeterminant(B, n, n);
      for (let i = 0; i < n; i++) {
        value += 0.5 * sites.shift[i]! * sites.mean[i]!;
        b[i] = sites.shift[i]! - sites.precision[i]! * sites.mean[i]!;
      }
      inverseFromCholesky(B, n, W);
      scale(W, sites.precision, n);
      outerLess(b, W, n);
      gradient.fill(0);
      kernel.gramGradient(W, n, gradient);
      gradient[all.length - 1] = noise * evidence.byNoise;
      all.forEach(({ prior }, p) => {
        value += prior.logDensity(u[p]!);
        gradient[p] = gradient[p]! + prior.slope(u[p]!);
      });
      return value;
    },
  };
}

/** The covariances with those of the constant, whose prior is N(0, 1). */
export function addConstant(K: Float64Array, n: number): void {
  for (let at = 0; at < n * n; at++) K[at] = K[at]! + 1;
}

/** B = I + T K T. */
function writeB({ K, n }: Labelled, { precision }: Sites, B: Float64Array): void {
  B.set(K.subarray(0, n * n));
  scale(B, precision, n);
  for (let i = 0; i < n; i++) B[i * n + i] = B[i * n + i]! + 1;
}

/** T M T. */
function scale(M: Float64Array, precision: Float64Array, n: number): void {
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const scaled = M[i * n + j]! * Math.sqrt(precision[i]! * precision[j]!);
      M[i * n + j] = scaled;
      M[j * n + i] = scaled;
    }
}

type LikelihoodBlocks = readonly [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
