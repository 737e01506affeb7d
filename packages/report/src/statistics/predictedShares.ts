/**
 * Where values lie in the normal distributions that were predicted for them: the share of the distribution below the value (the probability
 * integral transform; Dawid 1984). If the predictions are right, these shares are uniform from 0 to 1.
 */
import { normalCdf } from "@caviar-hpo/numerics";

/** null for a prediction without a spread, and for numbers that are not finite. */
export function shareBelow(mean: number, sd: number, value: number): number | null {
  return sd > 0 && [mean, sd, value].every(Number.isFinite) ? normalCdf((value - mean) / sd) : null;
}

/** The levels of the central intervals that pages count values in. */
export const intervalLevels: readonly number[] = [0.5, 0.8, 0.95];

/** The share of values in the central intervals of a level. @param below at least one share. */
export function shareInside(below: readonly number[], level: number): number {
  return below.filter((share) => Math.abs(share - 0.5) <= level / 2).length / below.length;
}

/** How many values lie in each of ten equal parts of their distributions. */
export function countsInParts(below: readonly number[]): readonly number[] {
  const counts = new Array<number>(10).fill(0);
  for (const share of below) counts[Math.min(counts.length - 1, Math.floor(share * counts.length))]!++;
  return counts;
}
