/**
 * Thompson sampling over a set of candidates: draw the objective at all of them from the joint posterior and take the least, so that a
 * point is chosen as often as it is the best one: W. R. Thompson, Biometrika 25 (1933); K. Kandasamy, A. Krishnamurthy, J. Schneider, B.
 * Poczos, Parallelised Bayesian optimisation via Thompson sampling, AISTATS 2018, whose batches take one draw each.
 */

import { ConfigError, type Key } from "@caviar-hpo/core";
import type { Points, Posterior } from "../model/surrogate.ts";

/**
 * The indices of `count` different candidates, one for each of `count` joint draws: the least of the draw that no earlier draw has taken,
 * the first of several equal ones.
 *
 * @throws ConfigError unless 0 <= count <= candidates.n.
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
