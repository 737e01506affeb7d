/**
 * The anytime score: the mean of the log-regret curve over the budget. It rewards good values early in the budget. For evaluations it is
 * the exact integral of the step function, in which each step counts as one evaluation. For resource it is the mean over the logarithm of
 * the resource, at amounts that grow by a constant factor.
 */

/** The mean of `curve` from entry `first` on, or its last value if no entry is left. Infinity if a counted entry has no success yet. */
export function anytimeScore(curve: Float64Array, first: number): number {
  const start = Math.min(first, curve.length - 1);
  let sum = 0;
  for (let step = start; step < curve.length; step++) sum += curve[step]!;
  return sum / (curve.length - start);
}
