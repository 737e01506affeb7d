/**
 * How the search goes: whether values still improve, and the side of the trust region above 20 parameters (Eriksson et al., *Scalable
 * global optimization via local Bayesian optimization*, NeurIPS 2019, section 2 and appendix).
 */

export type SearchProgress = {
  /** The least value so far, and how many values there were when it had last improved by more than a trifle. */
  best: number | null;
  at: number;
  /** Values seen so far. */
  seen: number;
  side: number;
  successes: number;
  failures: number;
};

export const newProgress = (): SearchProgress => ({ best: null, at: 0, seen: 0, side: firstSide, successes: 0, failures: 0 });

/** All values so far, in the order of their trials; `z` is how the model sees them (standard deviation 1), `d` the number of parameters. */
export type ValuesSoFar = {
  readonly y: ArrayLike<number>;
  readonly z: Float64Array;
  readonly feasible: readonly boolean[];
  readonly d: number;
};

/** Takes the values since the last call. */
export function follow(progress: SearchProgress, { y: given, z, feasible, d }: ValuesSoFar): void {
  const y = Array.from(given);
  let best = Infinity;
  for (let i = 0; i < y.length; i++) if (feasible[i]) best = Math.min(best, z[i]!);
  const before = progress.best === null ? -1 : y.indexOf(progress.best);
  const improved = best < Infinity && (before < 0 || z[before]! - best > trifle);
  if (improved) {
    progress.best = y[z.indexOf(best)]!;
    progress.at = y.length;
    progress.successes++;
    progress.failures = 0;
  } else if (y.length > progress.seen) {
    progress.failures += y.length - progress.seen;
    progress.successes = 0;
  }
  progress.seen = y.length;
  if (progress.successes >= 3) resize(progress, Math.min(largestSide, 2 * progress.side));
  if (progress.failures >= Math.max(4, d)) resize(progress, progress.side / 2 < smallestSide ? firstSide : progress.side / 2);
}

function resize(progress: SearchProgress, side: number): void {
  progress.side = side;
  progress.successes = 0;
  progress.failures = 0;
}

/**
 * What an ask is for: the acquisition itself, a look far from all data (`beta` deviations below the mean count), the region around the best
 * point, or the acquisition of the cautious model.
 */
export type Purpose = { readonly kind: "model" | "region" | "cautious" } | { readonly kind: "exploration"; readonly beta: number };

/**
 * While values improve, the model, and above 20 parameters the region. When they have not for a while, of every three asks one explores,
 * ever farther (N. Srinivas et al., ICML 2010: the bound widens with time), and one keeps to the region.
 */
export function purposeOf({ at, seen }: SearchProgress, d: number, ask: number): Purpose {
  const patience = Math.max(5, d);
  const idle = seen - at - patience;
  if (idle >= 0 && ask % 3 === 0) return { kind: "exploration", beta: Math.min(widestBound, 2 + idle / patience) };
  return { kind: d > manyParameters || (idle >= 0 && ask % 3 === 1) ? "region" : "model" };
}

const manyParameters = 20;
const widestBound = 16;

/** In standard deviations of the values as modelled. */
const trifle = 5e-3;
const firstSide = 0.8;
const largestSide = 1.6;
const smallestSide = 0.0078125;
