/**
 * Mean and standard deviation of a warped normal variable in the units before the warp, by Gauss-Hermite quadrature (Abramowitz & Stegun
 * 25.4.46, table 25.10).
 */
import { powerOfTwoBelow } from "@caviar-hpo/numerics/statistics";
import type { OutputWarp } from "../warp/outputWarps.ts";

/** Of inverse(N(mean, sd^2)). */
export function unwarp({ inverse }: OutputWarp, mean: number, sd: number): { readonly mean: number; readonly sd: number } {
  let sum = 0;
  for (const [node, weight] of rule) sum += weight * inverse(mean + sd * node);
  const first = finite(sum);
  const deviations = rule.map(([node]) => finite(inverse(mean + sd * node) - first));
  // In a power of two below the largest deviation, so that no square overflows or vanishes.
  const unit = powerOfTwoBelow(deviations.reduce((most, off) => Math.max(most, Math.abs(off)), 0));
  const second = rule.reduce((squares, [, weight], at) => squares + weight * (deviations[at]! / unit) * (deviations[at]! / unit), 0);
  return { mean: first, sd: Math.min(Math.sqrt(second) * unit, Number.MAX_VALUE) };
}

/** The nearest finite number. */
function finite(x: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, x));
}

/** Seven nodes in standard deviations, with weights of sum 1. */
const rule: readonly (readonly [number, number])[] = [
  [-3.750439717725742, 5.48268855972218e-4],
  [-2.3667594107345415, 0.03075712396758651],
  [-1.1544053947399682, 0.2401231786050127],
  [0, 0.45714285714285713],
  [1.1544053947399682, 0.2401231786050127],
  [2.3667594107345415, 0.03075712396758651],
  [3.750439717725742, 5.48268855972218e-4],
];
