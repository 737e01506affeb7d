/**
 * Thompson sampling over a set of candidates: draw the objective at all candidates from the joint posterior, and choose the lowest. So each
 * point is chosen with the probability that it is the best one. Sources: W. R. Thompson, Biometrika 25 (1933); K. Kandasamy, A.
 * Krishnamurthy, J. Schneider, B. Poczos, Parallelised Bayesian optimisation via Thompson sampling, AISTATS 2018, which takes one draw per
 * point of a batch.
 */

import { ConfigError, type Key } from "@caviar-hpo/core";
import type { Points, Posterior } from "../model/surrogate.ts";

/**
 * Chooses `count` different candidates from as many joint draws. Each draw chooses its lowest candidate among those that no earlier draw
 * has chosen; the first one wins a tie.
 *
 * @param count a whole number from 0 to candidates.n.
 * @returns the indices of the chosen candidates.
 * @throws ConfigError if count is out of range.
 */
export function thompsonSampling(posterior: Posterior, candidates: Points, count: number, key: Key): readonly number[] {
  if (!(Number.isInteger(count) && count >= 0 && count <= candidates.n)) {
    throw new ConfigError({
      code: "badCount",
      what: "thompsonSampling",
      expected: `0 to ${candidates.n} points out of ${candidates.n} candidates`,
      got: String(count),
      remedy: "Ask for fewer points, or pass more candidates.",
    });
  }
  const draws = posterior.sample(candidates, count, key);
  const taken = new Set<number>();
  for (let draw = 0; draw < count; draw++) taken.add(leastFree(draws.subarray(draw * candidates.n, (draw + 1) * candidates.n), taken));
  return [...taken];
}

/** The index of the least value among those not taken; values that are NaN come last. */
function leastFree(values: Float64Array, taken: ReadonlySet<number>): number {
  let least = -1;
  for (let index = 0; index < values.length; index++) {
    if (!taken.has(index) && (least < 0 || values[index]! < values[least]! || Number.isNaN(values[least]!))) least = index;
  }
  return least;
}
