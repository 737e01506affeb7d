/** The confidence level: one convention for all intervals and tests of the report. */

/** The number of resamples of every bootstrap. */
export const resamples = 2000;
/** One minus the confidence of intervals. Also the level of tests. */
export const level = 0.05;
