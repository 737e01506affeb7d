/**
 * How probable success has to be before a point is worth a trial. Where the best value lies at the edge of what succeeds, the expected
 * improvement times the probability of success bets on both sides of the edge alike, and half of the trials fail. Here a failure has a
 * price c, in units of what a success would have gained: the bet is worth P - c (1 - P), which is (P - least) / (1 - least) up to a
 * factor, with least = c / (1 + c). The price rises with the failures among the latest trials, so that failures stay rare whatever the
 * geometry. Where they are rare anyway, the price is 0, and the bet is worth its probability.
 */
import { exp, log } from "@caviar-hpo/numerics";
import { type Utility, write } from "../acquisition/utility.ts";

/** The least probability of success, from labels in the order of their trials: 1 where a trial failed, -1 where it did not. */
export function leastProbability(labels: Float64Array): number {
  const failures = labels.subarray(-latestTrials).reduce((count, label) => count + (label > 0 ? 1 : 0), 0);
  return Math.min(most, (2 * failures) / latestTrials);
}

/**
 * Turns ln P into ln (P - least) / (1 - least), with its derivatives. At and below `least` it continues as a tangent that is so steep that
 * no improvement makes up for it: of points that are all too improbable, the most probable is the best.
 */
export function payForFailures(least: number, out: Utility): void {
  if (least === 0) return;
  const probability = exp(out.value);
  const excess = (probability - least) / (1 - least);
  const value = excess >= smallest ? log(excess) : log(smallest) + (excess - smallest) / smallest;
  const steep = probability / (1 - least) / Math.max(excess, smallest);
  write(out, value, out.byMean * steep, out.byVariance * steep);
}

const latestTrials = 10;
const most = 0.8;
const smallest = 1e-9;
