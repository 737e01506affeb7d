/**
 * The few statistics of the benchmark tables: quantiles, a paired bootstrap, the exact sign test. Nothing here uses a clock or chance
 * unkeyed.
 */
import { derive, root, stream } from "@caviar-hpo/core";

export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The p-quantile with linear interpolation between order statistics (Hyndman and Fan's definition 7, as NumPy and R). */
export function quantile(values, p) {
  const sorted = Float64Array.from(values).sort();
  const place = p * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(sorted.length - 1, below + 1);
  return place === below || sorted[below] === sorted[above]
    ? sorted[below]
    : sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

/**
 * The mean over groups of the groups' mean, and a 95 % percentile bootstrap interval: each of 2000 resamples draws every group again with
 * replacement, the groups themselves stay. One group gives the ordinary bootstrap of a mean.
 */
export function bootstrapOfMeans(groups, resamples = 2000) {
  const draws = stream(derive(root("bench:bayesopt"), "bootstrap", groups.length));
  const means = Float64Array.from({ length: resamples }, () =>
    mean(groups.map((group) => mean(group.map(() => group[draws.integer(group.length)])))),
  );
  return { mean: mean(groups.map(mean)), low: quantile(means, 0.025), high: quantile(means, 0.975) };
}

/** The two-sided exact sign test: the chance of a split at least as uneven from a fair coin; ties must have been dropped. */
export function signTest(wins, losses) {
  const count = wins + losses;
  if (count === 0) return 1;
  let logTerm = -count * Math.LN2;
  let tail = 0;
  for (let k = 0; k <= Math.min(wins, losses); k++) {
    tail += Math.exp(logTerm);
    logTerm += Math.log((count - k) / (k + 1));
  }
  return Math.min(1, 2 * tail);
}
