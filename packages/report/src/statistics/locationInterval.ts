/**
 * The Hodges-Lehmann estimate with its exact interval: the values that the signed-rank test does not reject (Hollander, Wolfe and Chicken
 * 2014, section 3.3). With T the signed-rank statistic of n values and k the largest number with P(T < k) <= level / 2, the bounds are the
 * k-th smallest and the k-th largest of the n (n + 1) / 2 averages of pairs. The interval covers at least 1 - level for every symmetric
 * distribution. Six values are the fewest that have one at the 95 % level.
 */
import { normalQuantile } from "@caviar-hpo/numerics";
import { level } from "../confidence.ts";
import type { Estimate } from "./estimate.ts";
import { hodgesLehmann, pairAverage } from "./hodgesLehmann.ts";

/** The interval is null for fewer than six values. */
export function locationInterval(values: readonly number[]): Estimate {
  const sample = Float64Array.from(values).sort();
  const value = hodgesLehmann(sample);
  const place = rejectedPlaces(sample.length);
  if (place === 0) return { value, interval: null };
  const pairs = (sample.length * (sample.length + 1)) / 2;
  return { value, interval: { low: pairAverage(sample, place), high: pairAverage(sample, pairs + 1 - place) } };
}

/** The exact distribution is computed up to this sample size. Beyond it, the normal one differs from it by less than one place in 300. */
const mostExact = 100;

const known = new Map<number, number>();

/** The largest k with P(T < k) <= level / 2; 0 if there is none. */
function rejectedPlaces(count: number): number {
  const place = known.get(count) ?? (count > mostExact ? normalPlaces(count) : exactPlaces(count));
  known.set(count, place);
  return place;
}

/** Each rank is in the sum with probability one half. */
function exactPlaces(count: number): number {
  const most = (count * (count + 1)) / 2;
  const probability = new Float64Array(most + 1);
  probability[0] = 1;
  for (let rank = 1; rank <= count; rank++) {
    for (let sum = most; sum >= 0; sum--) probability[sum] = (probability[sum]! + (sum >= rank ? probability[sum - rank]! : 0)) / 2;
  }
  let places = 0;
  for (let tail = probability[0]!; tail <= level / 2; tail += probability[places]!) places++;
  return places;
}

function normalPlaces(count: number): number {
  const mean = (count * (count + 1)) / 4;
  const deviation = Math.sqrt((mean * (2 * count + 1)) / 6);
  return Math.floor(mean + normalQuantile(level / 2) * deviation);
}
