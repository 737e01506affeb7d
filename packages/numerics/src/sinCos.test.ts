import { describe, expect, it } from "vitest";
import { largestError } from "../testing/accuracy.ts";
import { exactCos, exactSin } from "../testing/exact.ts";
import { points } from "../testing/points.ts";
import { powerOfTwo } from "./bits.ts";
import { cos, sin } from "./sinCos.ts";

const CLOSEST = 6381956970095103 * powerOfTwo(797);
const PLACES = Float64Array.of(CLOSEST, Number.MAX_VALUE, Math.PI / 4, Math.PI / 2, Math.PI, 823549.6, 1e22, 2 ** 1000, 3 * 2 ** -27);

describe("sin", () => {
  it("stays within 1 ulp of exact arithmetic on 10^5 points, a quarter of them of any size and a quarter at multiples of pi/2", () => {
    const worst = largestError(sin, exactSin, points("sin", 100_000));
    expect(worst.ulps, `at ${worst.at}`).toBeLessThan(1);
  });

  it("stays within 1 ulp at the double closest to a multiple of pi/2, at the largest double and where the method changes", () => {
    const worst = largestError(sin, exactSin, PLACES);
    expect(worst.ulps, `at ${worst.at}`).toBeLessThan(1);
  });

  it.each([
    [NaN, NaN],
    [0, 0],
    [-0, -0],
    [Infinity, NaN],
    [-Infinity, NaN],
    [Number.MIN_VALUE, Number.MIN_VALUE],
    [-Number.MIN_VALUE, -Number.MIN_VALUE],
    [Math.PI / 2, 1],
    [-Math.PI / 2, -1],
    [Math.PI, 1.2246467991473532e-16],
    [1e22, -0.8522008497671888],
    [Number.MAX_VALUE, 0.004961954789184062],
  ])("sin(%d) is %d", (x, value) => {
    expect(sin(x)).toBe(value);
  });
});

describe("cos", () => {
  it("stays within 1 ulp of exact arithmetic on 10^5 points, a quarter of them of any size and a quarter at multiples of pi/2", () => {
    const worst = largestError(cos, exactCos, points("cos", 100_000));
    expect(worst.ulps, `at ${worst.at}`).toBeLessThan(1);
  });

  it("stays within 1 ulp at the double closest to a multiple of pi/2, at the largest double and where the method changes", () => {
    const worst = largestError(cos, exactCos, PLACES);
    expect(worst.ulps, `at ${worst.at}`).toBeLessThan(1);
  });

  it.each([
    [NaN, NaN],
    [0, 1],
    [-0, 1],
    [Infinity, NaN],
    [-Infinity, NaN],
    [Number.MIN_VALUE, 1],
    [Math.PI, -1],
    [2 * Math.PI, 1],
    [Math.PI / 2, 6.123233995736766e-17],
    [Number.MAX_VALUE, -0.9999876894265599],
  ])("cos(%d) is %d", (x, value) => {
    expect(cos(x)).toBe(value);
  });
});
