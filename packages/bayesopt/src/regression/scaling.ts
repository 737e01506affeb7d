/** From the user's units to those that kernels and priors are made for: inputs in the unit cube, values of mean 0 and variance 1. */
import { ConfigError, NumericalError, show } from "@caviar-hpo/core";
import type { Points } from "../model/surrogate.ts";

/** [low, high] for each coordinate. */
export type Box = readonly (readonly [low: number, high: number])[];

/** z = (y - mean) / sd. */
export type Standard = { readonly mean: number; readonly sd: number };

/** The least box around the points; width 1 where all are alike. */
export function boxAround({ data, n, d }: Points): Box {
  return Array.from({ length: d }, (_, f): readonly [number, number] => {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < n; i += 1) {
      low = Math.min(low, data[i * d + f]!);
      high = Math.max(high, data[i * d + f]!);
    }
    if (n === 0) return [0, 1];
    return high > low ? [low, high] : [low - 0.5, low + 0.5];
  });
}

/** @throws ConfigError for a box of other dimensions, or with a side that has no finite width above 0. */
export function requireBox(box: Box, d: number): void {
  const bad = box.length === d ? box.find(([low, high]) => !(high - low > 0 && high - low < Number.POSITIVE_INFINITY)) : undefined;
  if (box.length === d && bad === undefined) return;
  throw new ConfigError({
    code: "badBox",
    what: "box of a Gaussian process",
    expected: `${d} pairs low < high, one for each coordinate`,
    got: bad === undefined ? `${box.length} pairs` : `[${bad.join(", ")}]`,
    remedy: "Give the range that each coordinate may have, or leave the box out.",
  });
}

export function intoBox({ data, n, d }: Points, box: Box): Float64Array {
  const out = new Float64Array(n * d);
  for (let f = 0; f < d; f += 1) {
    const [low, high] = box[f]!;
    for (let i = 0; i < n; i += 1) out[i * d + f] = (data[i * d + f]! - low) / (high - low);
  }
  return out;
}

/** Sums are of parts of the largest value, so that none overflows. @throws NumericalError for values of which the variance would overflow. */
export function standardOf(y: Float64Array): Standard {
  let most = 0;
  for (const value of y) most = Math.max(most, Math.abs(value));
  if (most > largest) {
    throw new NumericalError({
      code: "tooLarge",
      what: "values of a Gaussian process",
      expected: `sizes up to ${largest}`,
      got: show(most),
      remedy: "Its variances would overflow: divide the values by a power of ten.",
    });
  }
  if (most === 0) return { mean: 0, sd: 1 };
  const n = y.length;
  let mean = 0;
  for (const value of y) mean += value / most / n;
  let variance = 0;
  for (const value of y) variance += ((value / most - mean) * (value / most - mean)) / n;
  // Values that differ by rounding alone are alike.
  return { mean: mean * most, sd: variance > 1e-28 ? Math.sqrt(variance) * most || 1 : 1 };
}

const largest = 1e150;
