import { describe, expect, it } from "vitest";
import { largestError } from "../../testing/accuracy.ts";
import { exactExp } from "../../testing/exact.ts";
import { powerOfTwo } from "../bits.ts";
import { GREATEST, scaledExpNegative } from "./expNegative.twin.ts";

const expNegative = (u: number) => scaledExpNegative(u) * powerOfTwo(-54);
const spread = (count: number, from: number, to: number) =>
  Float64Array.from({ length: count }, (_, index) => from + ((to - from) * ((index * 7919) % count)) / count);

describe("the exponential of the covariances", () => {
  it("is within 1 ulp of exact arithmetic down to the least normal number, on 60,000 points", () => {
    const points = new Float64Array([...spread(20_000, 0, 1), ...spread(20_000, 0, 40), ...spread(20_000, 0, 708)]);
    const worst = largestError(expNegative, (u) => exactExp(-u), points);
    expect(worst.ulps, `at ${worst.at}`).toBeLessThan(1);
  });

  it("underflows gradually: within an ulp of exact arithmetic through the subnormals", () => {
    const worst = largestError(expNegative, (u) => exactExp(-u), spread(5000, 708, 745));
    expect(worst.ulps, `at ${worst.at}`).toBeLessThan(1);
  });

  it.each([
    [0, 1],
    [Number.MIN_VALUE, 1],
    [745.13, Number.MIN_VALUE],
    [745.14, 0],
    [746, 0],
    [GREATEST, 0],
    [NaN, NaN],
  ])("at -%d it is %d", (u, value) => {
    expect(expNegative(u)).toBe(value);
  });

  it("never rises over steps of a hundred-thousandth", () => {
    for (const u of spread(20_000, 0, 740)) expect(expNegative(u + 1e-5), `above ${u}`).toBeLessThanOrEqual(expNegative(u));
  });
});
