/**
 * The curve of one run. For evaluations it is the curve of the best value so far. It is right-continuous: entry t - 1 uses what is known
 * after t counted steps, and nothing later. A strategy that spends k evaluations per step has spent k t by then. A failed evaluation
 * improves nothing. A strategy that is done keeps its incumbent to the end of the budget. For resource it is the curve of the
 * recommendation, which may get worse.
 */
import type { ProblemFacts, RunResult, StrategyCard } from "../results.ts";
import { logRegret } from "./logRegret.ts";

/** The log10 regret at each of `positions`; Infinity before the first success. */
export function regretCurve(problem: ProblemFacts, strategy: StrategyCard, run: RunResult, positions: readonly number[]): Float64Array {
  return run.training === undefined
    ? bestSoFar(problem, strategy, run.values)
    : recommendation(problem, strategy, run.values, run.training.from, positions);
}

/**
 * The log10 regret of the model that the resource at each of `positions` pays for: the last recommendation that this resource can also
 * train in full. Only for runs that count resource.
 */
export function modelCurve(
  problem: ProblemFacts,
  strategy: StrategyCard,
  { values, training }: RunResult,
  positions: readonly number[],
): Float64Array {
  const { from, left } = training!;
  const had = from.map((spent, index) => spent + left[index]!);
  // A later recommendation that is affordable as early replaces those before it.
  for (let index = had.length - 2; index >= 0; index--) had[index] = Math.min(had[index]!, had[index + 1]!);
  return recommendation(problem, strategy, values, had, positions);
}

/** One entry per step, `problem.budget` entries, never increasing. */
function bestSoFar(problem: ProblemFacts, strategy: StrategyCard, values: RunResult["values"]): Float64Array {
  const curve = new Float64Array(problem.budget);
  let best = Infinity;
  let spent = 0;
  for (let step = 1; step <= problem.budget; step++) {
    const until = Math.min(step * strategy.evaluationsPerStep, values.length);
    for (; spent < until; spent++) {
      const value = values[spent]!;
      if (value !== null && value < best) best = value;
    }
    curve[step - 1] = logRegret(problem, best);
  }
  return curve;
}

/** The last recommendation at each position. A strategy that may spend k times the budget has spent k times the position. */
function recommendation(
  problem: ProblemFacts,
  strategy: StrategyCard,
  values: RunResult["values"],
  from: readonly number[],
  positions: readonly number[],
): Float64Array {
  const curve = new Float64Array(positions.length).fill(Infinity);
  let next = 0;
  for (let entry = 0; entry < positions.length; entry++) {
    const spent = positions[entry]! * strategy.evaluationsPerStep;
    while (next < from.length && from[next]! <= spent) next++;
    if (next > 0) curve[entry] = logRegret(problem, values[next - 1] ?? Infinity);
  }
  return curve;
}
