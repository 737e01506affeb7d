/**
 * Log regret: how far a value is above the certified minimum, in powers of ten. Regrets below the floor are equal, because the minimum is
 * known only to that precision: epsilon_p = max(1e-10, 10 x tolerance).
 */
import { log } from "@caviar-hpo/numerics";
import type { ProblemFacts } from "../results.ts";

export function regretFloor(problem: ProblemFacts): number {
  return Math.max(1e-10, 10 * problem.tolerance);
}

/** log10 max(value - optimum, floor). Infinity stays Infinity, and means that there is no success so far. */
export function logRegret(problem: ProblemFacts, value: number): number {
  return value === Infinity ? value : log10(Math.max(value - problem.optimum, regretFloor(problem)));
}

export function log10(value: number): number {
  return log(value) / Math.LN10;
}
