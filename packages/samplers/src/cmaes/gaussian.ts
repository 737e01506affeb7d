/**
 * The normal distribution N(m, sigma^2 C) that CMA-ES samples, and its update by ranked steps: weighted recombination, cumulative step-size
 * adaptation, and the rank-one and active rank-mu updates of the covariance. Numbers of equations are those of N. Hansen, The CMA Evolution
 * Strategy: A Tutorial, arXiv 1604.00772v2.
 */
import type { Stream } from "@caviar-hpo/core";
import { exp, log } from "@caviar-hpo/numerics";
import { symmetricEigen } from "@caviar-hpo/numerics/linear";
import type { Parameters } from "./parameters.ts";

/** `covariance` is n x n, row-major and symmetric. `updates` counts the generations since the start. The arrays are never changed. */
export type Gaussian = {
  readonly mean: readonly number[];
  readonly sigma: number;
  readonly covariance: readonly number[];
  readonly pathSigma: readonly number[];
  readonly pathC: readonly number[];
  readonly updates: number;
};

/** The distribution before its first update. Without `covariance`, it is the identity. */
export function gaussianAt(mean: readonly number[], sigma: number, covariance?: readonly number[]): Gaussian {
  const n = mean.length;
  const zeros = Array.from({ length: n }, () => 0);
  const identity = (): readonly number[] => Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0));
  return { mean, sigma, covariance: covariance ?? identity(), pathSigma: zeros, pathC: zeros, updates: 0 };
}

/**
 * A point: m + sigma C^(1/2) z with a standard normal z. The tutorial has B D z, equations 38 to 40, which has the same distribution. But axes
 * with equal eigenvalues are arbitrary, so B D z may change with a rounding error. C^(1/2) = B D B^T does not.
 */
export function samplePoint(gaussian: Gaussian, source: Stream): number[] {
  const { mean, sigma } = gaussian;
  const { vectors, roots } = decomposed(gaussian);
  const z = mean.map(() => source.normal());
  const y = alongAxes(vectors, z, (sum, k) => sum * roots[k]!);
  return mean.map((m, i) => m + sigma * y[i]!);
}

/** The step y = (x - m) / sigma of a point. */
export function stepTo({ mean, sigma }: Gaussian, point: readonly number[]): readonly number[] {
  return mean.map((m, i) => (point[i]! - m) / sigma);
}

/**
 * The step, shortened to a Mahalanobis length of at most sqrt(n) + 2 n / (n + 2): a point that the distribution has not sampled may be
 * arbitrarily far away (N. Hansen, Injecting External Solutions Into CMA-ES, arXiv 1110.4181, equation 4).
 */
export function shortened(gaussian: Gaussian, step: readonly number[]): readonly number[] {
  const n = step.length;
  const most = Math.sqrt(n) + (2 * n) / (n + 2);
  const length = norm(whitened(gaussian, step));
  return length > most ? step.map((y) => (y * most) / length) : step;
}

/** The distribution after one generation. `steps` are those of its members, best first. */
export function updated(gaussian: Gaussian, steps: readonly (readonly number[])[], parameters: Parameters): Gaussian {
  const { mean, sigma, pathSigma, pathC, updates } = gaussian;
  const { weights, mu, muEff, cSigma, dSigma, cC } = parameters;
  const n = mean.length;
  const shift = mean.map((_, i) => {
    let sum = 0;
    for (let k = 0; k < mu; k++) sum += weights[k]! * steps[k]![i]!;
    return sum;
  });
  const white = whitened(gaussian, shift);
  const push = Math.sqrt(cSigma * (2 - cSigma) * muEff);
  const nextPathSigma = pathSigma.map((p, i) => (1 - cSigma) * p + push * white[i]!); // equation 43
  const length = norm(nextPathSigma);
  const expected = Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
  const change = (cSigma / dSigma) * (length / expected - 1); // equation 44
  const settled = Math.sqrt(1 - exp(2 * (updates + 1) * log(1 - cSigma)));
  const isOpen = length / settled < (1.4 + 2 / (n + 1)) * expected; // h_sigma
  const pull = isOpen ? Math.sqrt(cC * (2 - cC) * muEff) : 0;
  const nextPathC = pathC.map((p, i) => (1 - cC) * p + pull * shift[i]!); // equation 45
  return {
    mean: mean.map((m, i) => m + sigma * shift[i]!), // equation 42
    // The step size changes by at most a factor of e, as in pycma.
    sigma: sigma * exp(Math.max(-1, Math.min(1, change))),
    covariance: updatedCovariance(gaussian, steps, parameters, { path: nextPathC, isOpen }),
    pathSigma: nextPathSigma,
    pathC: nextPathC,
    updates: updates + 1,
  };
}

/** Equations 46 and 47. */
function updatedCovariance(
  gaussian: Gaussian,
  steps: readonly (readonly number[])[],
  { weights, cC, c1, cMu }: Parameters,
  { path, isOpen }: { readonly path: readonly number[]; readonly isOpen: boolean },
): readonly number[] {
  const { covariance } = gaussian;
  const n = path.length;
  let total = 0;
  const scaled = weights.map((weight, k) => {
    total += weight;
    if (weight >= 0) return cMu * weight;
    const length = norm(whitened(gaussian, steps[k]!));
    return length > 0 ? (cMu * weight * n) / (length * length) : 0;
  });
  const kept = 1 + (isOpen ? 0 : c1 * cC * (2 - cC)) - c1 - cMu * total;
  const next = Array.from({ length: n * n }, () => 0);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < steps.length; k++) sum += scaled[k]! * steps[k]![i]! * steps[k]![j]!;
      next[i * n + j] = next[j * n + i] = kept * covariance[i * n + j]! + c1 * path[i]! * path[j]! + sum;
    }
  }
  return next;
}

/** C^(-1/2) y = B D^-1 B^T y */
export function whitened(gaussian: Gaussian, step: readonly number[]): readonly number[] {
  const { vectors, roots } = decomposed(gaussian);
  return alongAxes(vectors, step, (sum, k) => sum / roots[k]!);
}

/** B f(B^T x), where f changes the component along each axis. */
function alongAxes(vectors: Float64Array, x: readonly number[], f: (component: number, axis: number) => number): readonly number[] {
  const n = x.length;
  const components = x.map((_, k) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += vectors[i * n + k]! * x[i]!;
    return f(sum, k);
  });
  return x.map((_, i) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += vectors[i * n + k]! * components[k]!;
    return sum;
  });
}

/** `roots` are the square roots D of the eigenvalues, ascending. Column k of `vectors` is the axis of root k. */
export type Axes = { readonly roots: Float64Array; readonly vectors: Float64Array };

/** Only the first use after an update computes it. It depends on the covariance alone, so no state needs to hold it. */
export function decomposed({ mean, covariance }: Gaussian): Axes {
  const known = decompositions.get(covariance);
  if (known !== undefined) return known;
  const { values, vectors } = symmetricEigen(Float64Array.from(covariance), mean.length);
  const axes = { roots: values.map(Math.sqrt), vectors };
  decompositions.set(covariance, axes);
  return axes;
}

const decompositions = new WeakMap<readonly number[], Axes>();

/** The standard deviation of coordinate i. */
export function deviation({ sigma, covariance, mean }: Gaussian, i: number): number {
  return sigma * Math.sqrt(covariance[i * (mean.length + 1)]!);
}

function norm(vector: readonly number[]): number {
  return Math.sqrt(vector.reduce((sum, one) => sum + one * one, 0));
}
