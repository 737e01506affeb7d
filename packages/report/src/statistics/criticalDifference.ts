/**
 * Nemenyi's critical difference of mean ranks over P problems, for readers who want to speak about new problems. The problems are the
 * sample. If the mean ranks (of the medians per problem) of two of k strategies are closer than this, the problems do not separate them at
 * the 5 % level (Demsar 2006, section 3.2.2). The difference depends on the pool of strategies (Benavoli, Corani and Mangili 2016), so the
 * report shows it as a note and not as its verdict.
 */

/** CD = q sqrt(k (k + 1) / (6 P)); null if k is outside the table. */
export function criticalDifference(strategies: number, problems: number): number | null {
  const q = studentizedRange[strategies - 2];
  return q === undefined ? null : q * Math.sqrt((strategies * (strategies + 1)) / (6 * problems));
}

/**
 * For k = 2 to 20, the 95 % quantile of the studentized range with infinite degrees of freedom over sqrt 2 (SciPy 1.17,
 * `studentized_range.ppf`).
 */
const studentizedRange: readonly number[] = [
  1.95996, 2.3437, 2.56903, 2.72777, 2.84971, 2.94832, 3.03088, 3.10173, 3.16368, 3.21865, 3.268, 3.31274, 3.35362, 3.39123, 3.42604,
  3.45842, 3.48868, 3.51707, 3.5438,
];
