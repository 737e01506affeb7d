/**
 * From the user's units to those that kernels and priors are made for: inputs in the unit cube, values and variances that are standardised.
 */
import { ConfigError, NumericalError } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";
import { type Standard, varianceToStandard } from "../model/standardise.ts";
import type { Points } from "../model/surrogate.ts";
import { valuesOf } from "./inputs.ts";

/** [low, high] for each coordinate. */
export type InputBox = readonly (readonly [low: number, high: number])[];

/** The least box around the points; width 1 where all are alike. */
export function boxAround({ data, n, d }: Points): InputBox {
  return Array.from({ length: d }, (_, f): readonly [number, number] => {
    let low = Infinity;
    let high = -Infinity;
    for (let i = 0; i < n; i++) {
      low = Math.min(low, data[i * d + f]!);
      high = Math.max(high, data[i * d + f]!);
    }
    if (n === 0) return [0, 1];
    return high > low ? [low, high] : [low - 0.5, low + 0.5];
  });
}

/** @throws ConfigError for a box of other dimensions, or with a side that has no finite width above 0. */
export function requireBox(box: InputBox, d: number): void {
  const bad = box.length === d ? box.find(([low, high]) => !(high - low > 0 && high - low < Infinity)) : undefined;
  if (box.length === d && bad === undefined) return;
  throw new ConfigError({
    code: "badBox",
    what: "box of a Gaussian process",
    expected: `${d} pairs low < high, one per coordinate`,
    got: bad === undefined ? `${box.length} pairs` : `[${bad.join(", ")}]`,
    remedy: "Pass the range of each coordinate, or omit the box.",
  });
}

export function intoBox({ data, n, d }: Points, box: InputBox): Float64Array {
  const out = new Float64Array(n * d);
  for (let f = 0; f < d; f++) {
    const [low, high] = box[f]!;
    for (let i = 0; i < n; i++) out[i * d + f] = (data[i * d + f]! - low) / (high - low);
  }
  return out;
}

/** @throws NumericalError for values whose variance, in their own units squared, would overflow. */
export function requireModerate(y: Float64Array): void {
  const most = y.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  if (most <= mostModerate) return;
  throw new NumericalError({
    code: "tooLarge",
    what: "values of a Gaussian process",
    expected: `values between -${mostModerate} and ${mostModerate}`,
    got: show(most),
    remedy: "Divide the values by a power of ten. Otherwise their variances overflow.",
  });
}

const mostModerate = 1e150;

/**
 * Standardised variances of n measurements: what is known of each (`own`) plus what is known of all (`ofAll`), both in the values' own
 * units squared; null where nothing is known.
 *
 * @throws NumericalError for what is negative or not finite.
 */
export function knownVariances(own: ArrayLike<number> | undefined, ofAll: number, n: number, standard: Standard): Float64Array | null {
  if (own === undefined) return ofAll === 0 ? null : varianceToStandard(new Float64Array(n).fill(ofAll), standard);
  const values = valuesOf("variances", own, n);
  const negative = values.find((value) => value < 0);
  if (negative === undefined)
    return varianceToStandard(
      values.map((value) => value + ofAll),
      standard,
    );
  throw new NumericalError({
    code: "negative",
    what: "variances",
    expected: "numbers of 0 or more",
    got: String(negative),
    remedy: "Pass the square of the standard error of each measurement.",
  });
}
