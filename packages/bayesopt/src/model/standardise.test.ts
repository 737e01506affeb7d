import { describe, expect, it } from "vitest";
import { uniforms } from "../../testing/kernelLaws.ts";
import { standardOf, toStandard, varianceToStandard } from "./standardise.ts";

const y = uniforms(40, 1).map((value) => 7 * value - 3);
const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value / values.length, 0);
const varianceOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + ((value - meanOf(values)) * (value - meanOf(values))) / values.length, 0);

describe("standardised values", () => {
  it("have mean 0 and variance 1", () => {
    const z = toStandard(y, standardOf(y));
    expect(meanOf(z)).toBeCloseTo(0, 13);
    expect(varianceOf(z)).toBeCloseTo(1, 13);
  });

  it("use the mean and deviation of the plain sums, to the bit", () => {
    for (const scale of [1, 1e-9, 3e7, 1e60]) {
      const scaled = y.map((value) => scale * value);
      expect(standardOf(scaled)).toEqual({ mean: meanOf(scaled), sd: Math.sqrt(varianceOf(scaled)) });
    }
  });

  it("are the same to the bit in units that differ by a power of two, up to the ends of the doubles", () => {
    const z = toStandard(y, standardOf(y));
    for (const unit of [2 ** -900, 2 ** -30, 2 ** 300, 2 ** 1000]) {
      const scaled = y.map((value) => unit * value);
      expect(toStandard(scaled, standardOf(scaled))).toEqual(z);
    }
  });

  it("of subnormal numbers are finite", () => {
    const z = toStandard(Float64Array.of(5e-324, 1e-320, 0), standardOf(Float64Array.of(5e-324, 1e-320, 0)));
    expect(z.every(Number.isFinite)).toBe(true);
  });

  it("are exactly 0 where all values are equal, although sums of them round", () => {
    for (const value of [0, 0.1, -1e300, 5e-324])
      for (const n of [1, 3, 7]) {
        const same = new Float64Array(n).fill(value);
        expect(standardOf(same)).toEqual({ mean: value, sd: 1 });
        expect([...toStandard(same, standardOf(same))]).toEqual(new Array(n).fill(0));
      }
    expect(standardOf(new Float64Array(0))).toEqual({ mean: 0, sd: 1 });
  });

  it("stay near 0 where values differ by rounding alone: rounding is not stretched to a deviation of 1", () => {
    const almost = Float64Array.of(0.3, 0.1 + 0.2, 0.3, 0.3);
    expect(standardOf(almost).sd).toBe(1);
    expect(standardOf(Float64Array.of(0.3, 0.3 + 1e-12, 0.3)).sd).toBeLessThan(1e-12);
  });
});

describe("standardised variances", () => {
  it("are those of the standardised values, for values of any size", () => {
    for (const scale of [1e-200, 1, 1e200]) {
      const standard = standardOf(y.map((value) => scale * value));
      const [variance] = varianceToStandard(Float64Array.of(standard.sd * 1e-100), standard);
      expect(variance! * standard.sd * 1e100).toBeCloseTo(1, 12);
    }
  });
});
