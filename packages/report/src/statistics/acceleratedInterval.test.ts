import { root } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { acceleratedInterval } from "./acceleratedInterval.ts";
import { resampled } from "./bootstrap.ts";

const x = [0.2, 0.5, 0.6, 1.1, 1.3, 2, 3.5, 6];
const y = [1, 4, 2.5];
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const without = (values: readonly number[]): readonly number[] => values.map((_, at) => mean(values.filter((_one, other) => other !== at)));
const draws = Float64Array.from({ length: 200 }, (_, k) => 0.8 + 2.6 * (k / 199) ** 2);

describe("the accelerated interval", () => {
  // The formulas of the file's comment, written out in Python with scipy.stats.norm and t, and numpy.quantile of the same draws.
  it("agrees with SciPy for one sample", () => {
    const { low, high } = acceleratedInterval({ value: mean(x), draws, leftOut: [Float64Array.from(without(x))], outside: 0.05 });
    expect(low).toBeCloseTo(0.8134274327292405, 7);
    expect(high).toBeCloseTo(3.3998956370027127, 7);
  });

  it("agrees with SciPy for two samples", () => {
    const { low, high } = acceleratedInterval({
      value: (mean(x) + mean(y)) / 2,
      draws,
      leftOut: [
        Float64Array.from(without(x), (value) => (value + mean(y)) / 2),
        Float64Array.from(without(y), (value) => (mean(x) + value) / 2),
      ],
      outside: 0.01,
    });
    expect(low).toBeCloseTo(0.8006642484571326, 7);
    expect(high).toBeCloseTo(3.39999970430388, 7);
  });

  it("reaches further on the side of the long tail", () => {
    const skewed = [0, 0, 0, 0, 0.1, 0.1, 0.2, 0.3, 0.5, 4];
    const { value, interval } = resampled(root("skewed"), [skewed.length], 1, ([drawn], components) => {
      components[0] = mean(Array.from(drawn!, (at) => skewed[at]!));
    }).estimate(0);
    expect(interval!.high - value).toBeGreaterThan(1.5 * (value - interval!.low));
  });

  it("is a point for a constant, and takes infinite values as the largest", () => {
    const constant = { value: 3, draws: new Float64Array(50).fill(3), leftOut: [new Float64Array(5).fill(3)], outside: 0.05 };
    expect(acceleratedInterval(constant)).toEqual({ low: 3, high: 3 });
    const infinite = {
      value: Infinity,
      draws: draws.map((value, at) => (at < 20 ? value : Infinity)),
      leftOut: [Float64Array.of(3, Infinity, Infinity)],
      outside: 0.05,
    };
    expect(acceleratedInterval(infinite).high).toBe(Infinity);
  });

  it("uses only the blocks of one problem for what one problem decides", () => {
    const few = [1, 2, 4, 5, 5, 6, 7, 8, 11, 12];
    const many = Array.from({ length: 90 }, (_, at) => at);
    const estimateOf = (problem: number | undefined): number => {
      const { low, high } = resampled(root("one problem"), [few.length, many.length], 1, ([drawn], components) => {
        components[0] = mean(Array.from(drawn!, (at) => few[at]!));
      }).estimate(0, problem === undefined ? {} : { problem }).interval!;
      return high - low;
    };
    expect(estimateOf(0)).toBeGreaterThan(estimateOf(undefined));
  });
});
