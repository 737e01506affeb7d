/**
 * A fixed sample of the unit cube, and what is standardised on it: fields to mean 0 and variance 1, values of a function to normal scores.
 * Simulators are set up by it, so their shares and correlations hold over the whole space to the error of 2048 points.
 */
import { derive, stream } from "@caviar-hpo/core";
import { normalQuantile } from "@caviar-hpo/numerics";
import type { Field } from "./smoothField.ts";

/** The same points for every simulator of this dimension. */
export function unitSample(dimension: number): readonly Float64Array[] {
  const draws = stream(derive([0, 0, 0, 0], "learning curves", dimension));
  return Array.from({ length: sampleSize }, () => Float64Array.from({ length: dimension }, draws.uniform));
}

export const sampleSize = 2048;

/** `field` with mean 0 and variance 1 on the sample. */
export function standardised(field: Field, sample: readonly Float64Array[]): Field {
  const values = sample.map(field);
  const mean = average(values);
  const sd = Math.sqrt(average(values.map((value) => (value - mean) * (value - mean))));
  return (unit) => (field(unit) - mean) / sd;
}

/**
 * A function of a value and a score: the value less what a line in the score explains of it, over pairs of them, with mean 0 and variance 1
 * there.
 */
export function residual(values: readonly number[], scores: readonly number[]): (value: number, score: number) => number {
  const mean = average(values);
  const centre = average(scores);
  const slope =
    average(values.map((value, n) => (value - mean) * (scores[n]! - centre))) /
    average(scores.map((score) => (score - centre) * (score - centre)));
  const left = (value: number, score: number): number => value - mean - slope * (score - centre);
  const sd = Math.sqrt(average(values.map((value, n) => left(value, scores[n]!) * left(value, scores[n]!))));
  return (value, score) => left(value, score) / sd;
}

/**
 * The normal score of a value among `values`: the normal quantile of the share of them below it, counted with linear interpolation and
 * kept half a value away from 0 and 1. Never decreasing.
 */
export function normalScore(values: readonly number[]): (value: number) => number {
  const sorted = Float64Array.from(values).sort();
  const count = sorted.length;
  return (value) => {
    const above = firstAbove(sorted, value);
    if (above === 0) return normalQuantile(0.5 / count);
    if (above === count) return normalQuantile((count - 0.5) / count);
    const low = sorted[above - 1]!;
    return normalQuantile((above - 0.5 + (value - low) / (sorted[above]! - low)) / count);
  };
}

/** The first index whose value is above `value`, the length where there is none. */
function firstAbove(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
