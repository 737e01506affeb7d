import { normalCdf } from "@caviar-hpo/numerics";
import { describe, expect, it } from "vitest";
import { type Curve, curveBayesError, integrateBest } from "./curveBayesError.ts";
import { moonCurves } from "./moons.ts";
import { spiralCurves } from "./spirals.ts";

const cases: readonly (readonly [string, readonly Curve[], number])[] = [
  ["moons, noise 0.05", moonCurves, 0.05],
  ["moons, noise 0.1", moonCurves, 0.1],
  ["moons, noise 0.3", moonCurves, 0.3],
  ["moons, noise 1", moonCurves, 1],
  ["moons, noise 10", moonCurves, 10],
  ["two spirals", spiralCurves(2, 1.5), 0.08],
  ["two short spirals", spiralCurves(2, 0.25), 0.2],
  ["five spirals", spiralCurves(5, 0.7), 0.05],
];

describe.each(cases)("the Bayes error along curves: %s", (_name, curves, sigma) => {
  it("changes by less than 1e-5 when the step is halved", () => {
    expect(Math.abs(curveBayesError(curves, sigma) - curveBayesError(curves, sigma, 1 / 16))).toBeLessThan(1e-5);
  });

  it("rests on densities that integrate to 1", () => {
    expect(Math.abs(integrateBest(curves, sigma, 1 / 8).sum / curves.length - 1)).toBeLessThan(1e-9);
  });
});

describe("the Bayes error along curves that are points or lines", () => {
  it("is Phi(-distance / (2 sigma)) for two points, tilted", () => {
    const points: readonly Curve[] = [() => [0, 0], () => [0.6, 0.8]];
    expect(Math.abs(curveBayesError(points, 0.5) - normalCdf(-1))).toBeLessThan(1e-5);
  });

  it("is Phi(-distance / (2 sigma)) for two parallel segments, tilted", () => {
    const segments: readonly Curve[] = [(t) => [2 * t, t], (t) => [2 * t - 0.3, t + 0.6]];
    expect(Math.abs(curveBayesError(segments, 0.4) - normalCdf(-Math.sqrt(0.45) / 0.8))).toBeLessThan(1e-5);
  });

  it("is 1 - 1 / k where all classes are one curve", () => {
    const line: Curve = (t) => [t, 0];
    expect(curveBayesError([line, line, line], 0.2)).toBeCloseTo(2 / 3, 9);
  });
});
