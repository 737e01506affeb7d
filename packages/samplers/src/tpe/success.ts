/**
 * The probability that a configuration succeeds, P(s | x) = n_s s(x) / (n_s s(x) + n_f f(x)), with the densities s of the n_s trials that
 * succeeded and f of the n_f trials that failed or broke a constraint. It multiplies the ratio of TPE, as a probability of feasibility
 * multiplies the expected improvement (c-TPE: S. Watanabe, F. Hutter, IJCAI 2023, whose probability compares the trials that fulfil a
 * constraint with all). It counts with a power, because a candidate that is drawn from the density of the good trials near an edge is as
 * likely beyond the edge.
 */
import type { Config } from "@caviar-hpo/core";
import { exp, log, log1p } from "@caviar-hpo/numerics";
import type { Parzen, Places } from "./parzen.ts";

/** Configurations, oldest first. */
export type Outcomes = { readonly succeeded: readonly Config[]; readonly failed: readonly Config[] };

/** Densities of the trials that succeeded and of those that failed, with their numbers. */
export type OutcomeSides = { readonly succeeded: Parzen; readonly failed: Parzen; readonly odds: number };

/** Adds what the probability of success counts to the logarithms of the ratios. */
export function addSuccess({ succeeded, failed, odds }: OutcomeSides, points: Places, ratios: Float64Array): void {
  const inSucceeded = succeeded.logDensity(points);
  const inFailed = failed.logDensity(points);
  for (let row = 0; row < ratios.length; row++)
    ratios[row] = ratios[row]! - power * log1p(exp(inFailed[row]! - inSucceeded[row]! + log(odds)));
}

/** 1, 2 and 4 were compared: failures became no rarer beyond 2. */
const power = 2;
