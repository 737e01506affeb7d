/**
 * The functions for single precision: with twelve digits, so that what is rounded to float32 is the float32 nearest to the truth, but for
 * near ties.
 */

import { describe, expect, it } from "vitest";
import { tanh } from "../tanh.ts";
import { geluSingle, geluSlopeSingle, tanhSingle } from "./singleFunctions.ts";
import { gelu, geluSlope, logistic } from "./smoothFunctions.ts";

const points = Float32Array.from({ length: 4001 }, (_, i) => (i - 2000) / 137);

describe("for single precision", () => {
  it.each([
    ["tanh", tanhSingle, tanh],
    ["gelu", geluSingle, gelu],
  ] as const)("%s is that for double within 5e-12, relative, from -14.6 to 14.6 and near zero", (_, single, double) => {
    for (const x of [...points, 1e-3, -1e-5, 1e-20, 1e-40, -1e-45].map(Math.fround)) {
      expect(Math.abs(single(x) - double(x))).toBeLessThanOrEqual(5e-12 * Math.abs(double(x)));
    }
    expect([single(0), single(-0), single(NaN)]).toEqual([0, -0, NaN]);
  });

  it("the slope of gelu is that for double within 5e-12", () => {
    for (const x of points) expect(Math.abs(geluSlopeSingle(x) - geluSlope(x))).toBeLessThan(5e-12);
    expect(geluSlopeSingle(-300)).toBe(0);
    expect(geluSlopeSingle(300)).toBe(1);
  });

  it("the logistic function is symmetric and keeps its digits below zero", () => {
    for (const x of points) expect(Math.abs(logistic(x) + logistic(-x) - 1)).toBeLessThan(3e-16);
    expect(logistic(-700) / Math.exp(-700)).toBeCloseTo(1, 14);
  });
});
