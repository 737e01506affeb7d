/**
 * The curve of one run. For evaluations without noise it is the curve of the best value so far. It is right-continuous: entry t - 1 uses
 * what is known after t counted steps, and nothing later. A strategy that spends k evaluations per step has spent k t by then. A failed
 * evaluation improves nothing. A strategy that is done keeps its incumbent to the end of the budget. For resource, and for noisy
 * evaluations, it is the curve of the recommendation, which may get worse.
 */
import type { ProblemFacts, RunResult, RunTraining, StrategyCard } from "../results.ts";
import { logRegret } from "./logRegret.ts";

/**
 * The value by which the run is judged, at each of `positions`; Infinity before the first success. Where values are noisy, it is the value
 * of what the strategy recommends, and not the best one that it evaluated without knowing.
 */
export function valueCurve(strategy: StrategyCard, run: RunResult, positions: readonly number[]): Float64Array {
  if (run.training !== undefined) return lastRecommended(strategy, run.values, run.training.from, positions);
  return run.recommended === undefined
    ? bestSoFar(strategy, run.values, positions)
    : recommendedSoFar(strategy, run.recommended, positions);
}

/** The log10 regrets of a curve of values; Infinity stays Infinity. */
export function logRegretCurve(problem: ProblemFacts, values: Float64Array): Float64Array {
  let [before, regret] = [NaN, NaN];
  return values.map((value) => {
    if (value !== before) [before, regret] = [value, logRegret(problem, value)];
    return regret;
  });
}

/** What a training has spent when each of its recommendations has also been trained in full; never decreasing. */
export function affordableFrom({ from, left }: RunTraining): readonly number[] {
  const had = from.map((spent, index) => spent + left[index]!);
  // A later recommendation that is affordable as early replaces those before it.
  for (let index = had.length - 2; index >= 0; index--) had[index] = Math.min(had[index]!, had[index + 1]!);
  return had;
}

/** Never increasing. */
function bestSoFar({ evaluationsPerStep }: StrategyCard, values: RunResult["values"], positions: readonly number[]): Float64Array {
  let best = Infinity;
  let spent = 0;
  return Float64Array.from(positions, (position) => {
    for (const until = Math.min(position * evaluationsPerStep, values.length); spent < until; spent++) {
      const value = values[spent]!;
      if (value !== null && value < best) best = value;
    }
    return best;
  });
}

function recommendedSoFar(
  { evaluationsPerStep }: StrategyCard,
  recommended: readonly (number | null)[],
  positions: readonly number[],
): Float64Array {
  return Float64Array.from(
    positions,
    (position) => recommended[Math.min(position * evaluationsPerStep, recommended.length) - 1] ?? Infinity,
  );
}

/**
 * The last recommendation at each position. A strategy that may spend k times the budget has spent k times the position.
 *
 * @param from what the run had spent when it made each recommendation.
 */
export function lastRecommended(
  { evaluationsPerStep }: StrategyCard,
  values: RunResult["values"],
  from: readonly number[],
  positions: readonly number[],
): Float64Array {
  let next = 0;
  return Float64Array.from(positions, (position) => {
    while (next < from.length && from[next]! <= position * evaluationsPerStep) next++;
    return next === 0 ? Infinity : (values[next - 1] ?? Infinity);
  });
}
