/** How trials compare: the feasible before the others, those by how far they miss; then by the first objective; then the older first. */
import type { Measurement, TrialId } from "@caviar-hpo/core";

/** `violation` is the largest constraint value above 0, and 0 where all hold. */
export type Standing = readonly [trial: TrialId, violation: number, value: number];

export function standingOf(trial: TrialId, { constraints, values }: Measurement): Standing {
  return [trial, constraints.reduce((most, value) => Math.max(most, value), 0), values[0]!];
}

/** Negative where `a` is the better one; 0 for no two trials. */
export function compareStandings(a: Standing, b: Standing): number {
  return a[1] - b[1] || (a[2] < b[2] ? -1 : a[2] > b[2] ? 1 : a[0] - b[0]);
}
