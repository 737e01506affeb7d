/**
 * The anytime score: the mean of the log-regret curve over the budget, which rewards being good early. It is the exact integral of
 * the step function, each step counting for one evaluation, from the end of the shared initial design to the end of the budget.
 */

/**
 * Mean of `curve` over the steps after the first `initialPoints`, or its last value where none is left. Infinity when a counted step
 * has no success yet.
 */
export function anytimeScore(curve: Float64Array, initialPoints: number): number {
  const start = Math.min(initialPoints, curve.length - 1);
  let sum = 0;
  for (let step = start; step < curve.length; step += 1) sum += curve[step]!;
  return sum / (curve.length - start);
}
