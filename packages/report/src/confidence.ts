/** The confidence level: one convention for all intervals and tests of the report. */

/** One minus the confidence of intervals. Also the level of tests. */
export const level = 0.05;
