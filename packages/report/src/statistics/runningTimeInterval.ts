/**
 * Intervals of expected running times and of their quotients: Student's, for the logarithm. An expected running time is a ratio, what all
 * runs spend over the number of successes: ERT = Σ x / Σ s. Its logarithm changes with each run by about (x_i - ERT s_i) / Σ x, and the
 * spread of these changes is its standard error (the ratio estimator, Cochran 1977, chapter 6). The logarithm is used because running times
 * are skewed and positive, and because two of them on the same seeds are compared by their quotient: its changes are the differences.
 *
 * If no run succeeds, only a lower bound is known. No success in n runs has a chance of α / 2 if each succeeds with the chance
 * p = 1 - (α / 2)^(1 / n) (Clopper and Pearson 1934), so the bound is x̄ / p.
 */
import { exp, log, pow } from "@caviar-hpo/numerics";
import { level } from "../confidence.ts";
import type { BootstrapInterval, Estimate } from "./bootstrap.ts";
import { expectedRunningTime } from "./runningTime.ts";
import { studentQuantile } from "./studentQuantile.ts";

/** Runs to one target: when each is first there, Infinity if it never is, and what each spent. */
export type TargetRuns = { readonly times: Float64Array; readonly ends: Float64Array };

/** The interval is null if there are fewer than two runs. */
export function runningTime(runs: TargetRuns): Estimate {
  return { value: expectedOf(runs), interval: runs.times.length < 2 ? null : bounds(runs, level) };
}

/**
 * The running time as a share of that of a reference on the same seeds. It is Infinity if no run gets there, whatever the reference needs,
 * and 0 if only the reference does not get there.
 */
export function runningTimeShare(runs: TargetRuns, reference: TargetRuns): Estimate {
  const [own, other] = [expectedOf(runs), expectedOf(reference)];
  const value = own === Infinity ? own : own / other;
  if (runs.times.length < 2) return { value, interval: null };
  if (own < Infinity && other < Infinity) {
    const ofReference = changes(reference);
    return {
      value,
      interval: around(
        value,
        changes(runs).map((change, run) => change - ofReference[run]!),
        level,
      ),
    };
  }
  // Each of the two intervals misses its value with half of the chance.
  const [strategy, base] = [bounds(runs, level / 2), bounds(reference, level / 2)];
  return { value, interval: { low: base.high === Infinity ? 0 : strategy.low / base.high, high: strategy.high / base.low } };
}

function expectedOf({ times, ends }: TargetRuns): number {
  return expectedRunningTime(
    times,
    ends,
    Int32Array.from(times, (_, run) => run),
  );
}

function bounds(runs: TargetRuns, outside: number): BootstrapInterval {
  const value = expectedOf(runs);
  if (value < Infinity) return around(value, changes(runs), outside);
  const { length } = runs.ends;
  const spent = runs.ends.reduce((sum, end) => sum + end, 0) / length;
  return { low: spent / (1 - pow(outside / 2, 1 / length)), high: Infinity };
}

/** By how much each run changes the logarithm of the running time. At least one run is there. */
function changes(runs: TargetRuns): Float64Array {
  const value = expectedOf(runs);
  const spent = runs.times.map((time, run) => (time === Infinity ? runs.ends[run]! : time));
  const total = spent.reduce((sum, one) => sum + one, 0);
  return spent.map((one, run) => (one - (runs.times[run] === Infinity ? 0 : value)) / total);
}

function around(value: number, all: Float64Array, outside: number): BootstrapInterval {
  const { length } = all;
  const squares = all.reduce((sum, change) => sum + change * change, 0);
  const width = studentQuantile(outside, length - 1) * Math.sqrt((squares * length) / (length - 1));
  return { low: exp(log(value) - width), high: exp(log(value) + width) };
}
