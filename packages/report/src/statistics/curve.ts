/**
 * The best-so-far curve of one run. It is right-continuous: entry t - 1 is what is known after t counted steps, and nothing later
 * enters it. A strategy that spends k evaluations a step has spent k t by then; a failed evaluation improves nothing; a strategy that
 * is done keeps its incumbent to the end of the budget.
 */
import type { ProblemCard, RunResult, StrategyCard } from "../results.ts";
import { logRegret } from "./logRegret.ts";

/** log10 regret after each step, `problem.budget` entries, never rising; Infinity before the first success. */
export function regretCurve(problem: ProblemCard, strategy: StrategyCard, run: RunResult): Float64Array {
  const curve = new Float64Array(problem.budget);
  let best = Number.POSITIVE_INFINITY;
  let spent = 0;
  for (let step = 1; step <= problem.budget; step += 1) {
    const until = Math.min(step * strategy.evaluationsPerStep, run.values.length);
    for (; spent < until; spent += 1) {
      const value = run.values[spent]!;
      if (value !== null && value < best) best = value;
    }
    curve[step - 1] = logRegret(problem, best);
  }
  return curve;
}
