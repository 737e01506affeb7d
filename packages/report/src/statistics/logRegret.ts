/**
 * Log regret: how far a value is above the certified minimum, in powers of ten. Regrets below the floor are equal, because the minimum is
 * known only to that precision: epsilon_p = max(1e-10, 10 x tolerance).
 */
import { log } from "@caviar-hpo/numerics";
import type { ProblemFacts } from "../results.ts";

export function regretFloor(problem: ProblemFacts): number {
  return Math.min(Math.max(1e-10, 10 * problem.tolerance), Number.MAX_VALUE);
}

/** log10 max(value - optimum, floor). Infinity stays Infinity, and means that there is no success so far. */
export function logRegret(problem: ProblemFacts, value: number): number {
  if (value === Infinity) return value;
  const distance = value - problem.optimum;
  // In halves where the difference of two finite numbers overflows.
  if (distance === Infinity) return log10(value / 2 - problem.optimum / 2) + log10(2);
  return log10(Math.max(distance, regretFloor(problem)));
}

export function log10(value: number): number {
  return log(value) / Math.LN10;
}
