/**
 * When a run has ended: the criteria of N. Hansen, Benchmarking a BI-Population CMA-ES on the BBOB-2009 Function Testbed (GECCO workshop
 * 2009), section 2, and of the tutorial (arXiv 1604.00772v2), appendix B.3. They compare values, and never subtract them: values in any unit
 * give the same decisions. So the tolerance of function values is 0 here, where the paper has 1e-12.
 */
import { compareMerits } from "@caviar-hpo/core/contract";
import { decomposed, deviation, type Gaussian } from "./gaussian.ts";
import type { Axis } from "./layout.ts";

/** The violation and the value of a member. A failed member violates more than all others. */
export type Merit = readonly [violation: number, value: number];

export function compareMerit(a: Merit, b: Merit): number {
  return compareMerits(a[0], a[1], b[0], b[1]);
}

/** The best and the median merit of each recent generation, the oldest first, and how many generations in a row were flat. */
export type Progress = { readonly best: readonly Merit[]; readonly median: readonly Merit[]; readonly flat: number };

export const noProgress: Progress = { best: [], median: [], flat: 0 };

/** The progress after the generation `generation` (from 1) of the given merits, best first. */
export function progressed(progress: Progress, merits: readonly Merit[], generation: number, n: number): Progress {
  const kept = Math.max(120 + Math.ceil((30 * n) / merits.length), Math.min(20_000, Math.floor(generation / 5)));
  const isFlat = compareMerit(merits[0]!, merits[Math.floor(0.75 * merits.length)]!) === 0;
  return {
    best: [...progress.best, merits[0]!].slice(-kept),
    median: [...progress.median, merits[(merits.length - 1) >> 1]!].slice(-kept),
    flat: isFlat ? progress.flat + 1 : 0,
  };
}

/** What a run has come to after a generation. `sigma` is its first step size. */
export type Standing = {
  readonly gaussian: Gaussian;
  readonly axes: readonly Axis[];
  readonly sigma: number;
  readonly population: number;
  readonly generation: number;
  readonly progress: Progress;
};

/** Why the run has ended; null if it has not. */
export type StopReason = "flat" | "stagnation" | "length" | "converged" | "diverged" | "condition" | "noEffect";

export function stopReason(run: Standing): StopReason | null {
  const { gaussian, axes, sigma, population, generation, progress } = run;
  const n = Math.max(1, axes.length);
  if (isFlat(progress, 10 + Math.ceil((30 * n) / population))) return "flat";
  if (isStagnant(progress, 120 + Math.ceil((30 * n) / population))) return "stagnation";
  if (generation >= 100 + (50 * (n + 3) * (n + 3)) / Math.sqrt(population)) return "length";
  if (axes.length === 0) return null;
  const { roots } = decomposed(gaussian);
  const [least, most] = [roots[0]!, roots[roots.length - 1]!];
  // The negation is also true for a root that is NaN, because its eigenvalue is negative.
  if (!(most <= 1e7 * least)) return "condition";
  if (!(gaussian.sigma * most < 1e4 * sigma)) return "diverged";
  if (isConverged(gaussian, axes, 1e-12 * sigma)) return "converged";
  return hasNoEffect(gaussian, axes, generation) ? "noEffect" : null;
}

/** Two flat generations in a row, as in pycma; or `window` generations with the same best value. */
function isFlat({ best, flat }: Progress, window: number): boolean {
  if (flat > 1) return true;
  const last = best[best.length - 1]!;
  return best.length >= window && best.slice(-window).every((one) => compareMerit(one, last) === 0);
}

/** The medians of the last 30 % of both histories are no better than those of the first 30 %. */
function isStagnant({ best, median }: Progress, window: number): boolean {
  if (best.length < window) return false;
  const part = Math.floor(0.3 * best.length);
  return [best, median].every((history) => compareMerit(middle(history.slice(-part)), middle(history.slice(0, part))) >= 0);
}

/** The lower median, because a mean of two values would depend on their unit. */
function middle(merits: readonly Merit[]): Merit {
  return [...merits].sort(compareMerit)[(merits.length - 1) >> 1]!;
}

/** Discrete axes do not count, because their margin keeps them wide. */
function isConverged(gaussian: Gaussian, axes: readonly Axis[], tolerance: number): boolean {
  const isNarrow = (axis: number): boolean =>
    deviation(gaussian, axis) < tolerance && gaussian.sigma * Math.abs(gaussian.pathC[axis]!) < tolerance;
  return axes.some(({ cells }) => cells === null) && axes.every(({ cells }, axis) => cells !== null || isNarrow(axis));
}

/** A fifth of a standard deviation along a coordinate, or a tenth along one of the axes in turn, leaves the mean as it is. */
function hasNoEffect(gaussian: Gaussian, axes: readonly Axis[], generation: number): boolean {
  const { mean, sigma } = gaussian;
  const n = mean.length;
  if (mean.some((m, i) => m === m + 0.2 * deviation(gaussian, i))) return true;
  const { roots, vectors } = decomposed(gaussian);
  const k = generation % axes.length;
  return mean.every((m, i) => m === m + 0.1 * sigma * roots[k]! * vectors[i * n + k]!);
}
