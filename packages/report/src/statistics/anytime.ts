/**
 * The anytime score: the mean of the log-regret curve over the budget, which rewards being good early. Where evaluations are counted it is
 * the exact integral of the step function, each step counting for one evaluation; where resource is counted it is the mean over the
 * logarithm of the resource, at amounts that are the same factor apart.
 */

/** Mean of `curve` from entry `first` on, or its last value where none is left. Infinity when a counted entry has no success yet. */
export function anytimeScore(curve: Float64Array, first: number): number {
  const start = Math.min(first, curve.length - 1);
  let sum = 0;
  for (let step = start; step < curve.length; step++) sum += curve[step]!;
  return sum / (curve.length - start);
}
