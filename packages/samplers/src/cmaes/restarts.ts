/**
 * The BIPOP regime of restarts: N. Hansen, Benchmarking a BI-Population CMA-ES on the BBOB-2009 Function Testbed, GECCO workshop 2009. Runs
 * with a population that doubles each time alternate with runs whose small population and step size are random. The regime that has used
 * fewer evaluations comes next. The first run counts as a small one, as in pycma.
 */
import type { Stream } from "@caviar-hpo/core";
import { exp, log } from "@caviar-hpo/numerics";

/**
 * `doublings` of the population in the large runs, the evaluations of all small and of all large runs, and those of the last large run.
 */
export type Restarts = { readonly doublings: number; readonly small: number; readonly large: number; readonly lastLarge: number };

export const noRestarts: Restarts = { doublings: 0, small: 0, large: 0, lastLarge: 0 };

/** `sigma` is a factor of the first step size. `evaluations` is the budget of the run; null for no limit. */
export type Regime = {
  readonly size: "small" | "large";
  readonly population: number;
  readonly sigma: number;
  readonly evaluations: number | null;
};

/** The first run. */
export function firstRegime(population: number): Regime {
  return { size: "small", population, sigma: 1, evaluations: null };
}

/** The restarts after a run of `evaluations`, and the regime of the next run. `first` is the population of the first run. */
export function nextRegime(
  before: Restarts,
  ended: { readonly size: "small" | "large"; readonly evaluations: number },
  first: number,
  source: Stream,
): readonly [Restarts, Regime] {
  const after =
    ended.size === "large"
      ? { ...before, large: before.large + ended.evaluations, lastLarge: ended.evaluations }
      : { ...before, small: before.small + ended.evaluations };
  const [forSize, forSigma] = [source.uniform(), source.uniform()];
  if (after.small < after.large) {
    const most = Math.max(1, (1 << after.doublings) / 2);
    const population = Math.floor(first * exp(forSize * forSize * log(most)));
    return [after, { size: "small", population, sigma: exp(-2 * forSigma * log(10)), evaluations: Math.floor(after.lastLarge / 2) }];
  }
  const doublings = Math.min(mostDoublings, after.doublings + 1);
  return [
    { ...after, doublings },
    { size: "large", population: first * (1 << doublings), sigma: 1, evaluations: null },
  ];
}

/** As in the paper. Larger populations would hardly ever be evaluated. */
const mostDoublings = 9;
