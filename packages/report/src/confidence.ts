/** How sure the report wants to be: one convention for all its intervals and tests. */

/** Resamples of every bootstrap. */
export const resamples = 2000;
/** One minus the confidence of intervals, and the level of tests. */
export const level = 0.05;
