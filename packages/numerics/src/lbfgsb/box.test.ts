import { describe, expect, it } from "vitest";
import { longestStep, project, projectedGradientNorm } from "./box.ts";

const box = { lower: Float64Array.of(0, -Infinity, 1), upper: Float64Array.of(1, Infinity, 1) };

describe("the box", () => {
  it("takes each coordinate to the nearest of its interval", () => {
    const x = Float64Array.of(-3, 1e300, 7);
    project(x, box);
    expect([...x]).toEqual([0, 1e300, 1]);
  });

  it("has a projected gradient of P(x - g) - x", () => {
    expect(projectedGradientNorm(Float64Array.of(0.25, 5, 1), Float64Array.of(2, 0.125, 9), box)).toBe(0.25);
    expect(projectedGradientNorm(Float64Array.of(0.25, 5, 1), Float64Array.of(-0.5, 0, -9), box)).toBe(0.5);
    // At the lower bound with a gradient that points out of the box: stationary.
    expect(projectedGradientNorm(Float64Array.of(0, 5, 1), Float64Array.of(2, 0, 3), box)).toBe(0);
  });

  it.each([
    { d: [0.5, 1, 0], longest: 1.5 },
    { d: [-0.5, 1, 0], longest: 0.5 },
    { d: [0, -1, 0], longest: 100 },
    { d: [0, 1, 1e-30], longest: 0 },
    { d: [-1e-300, 1, 0], longest: 100 },
  ])("is left by $d after $longest", ({ d, longest }) => {
    expect(longestStep(Float64Array.of(0.25, 5, 1), Float64Array.from(d), box, 100)).toBe(longest);
  });
});
