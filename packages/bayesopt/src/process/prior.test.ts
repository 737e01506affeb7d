import { describe, expect, it } from "vitest";
import { learnedNoise, lengthscale, outputscale } from "../kernels/families.ts";
import { flat, gamma, logNormal, type Prior } from "./prior.ts";

/** Where a density searched as u = ln(value) is greatest, by bisection of its slope. */
const modeOf = (prior: Prior): number => {
  let [low, high] = [-30, 30];
  while (high - low > 1e-13) {
    const middle = (low + high) / 2;
    if (prior.slope(middle) > 0) low = middle;
    else high = middle;
  }
  return Math.exp(low);
};
const relative = (value: number, wanted: number): number => Math.abs(value - wanted) / wanted;

describe("priors are densities over the value, though the search is over its logarithm", () => {
  it("LN(mu, sigma) is greatest at exp(mu - sigma^2), not at exp(mu)", () => {
    for (const [mu, sigma] of [
      [0, 1],
      [Math.SQRT2, Math.sqrt(3)],
      [-4, 1],
      [2, 0.1],
    ] as const)
      expect(relative(modeOf(logNormal(mu, sigma)), Math.exp(mu - sigma * sigma))).toBeLessThan(1e-10);
  });

  it("Gamma(shape, rate) is greatest at (shape - 1) / rate", () => {
    for (const [shape, rate] of [
      [2, 1],
      [3, 6],
      [1.5, 20],
    ] as const)
      expect(relative(modeOf(gamma(shape, rate)), (shape - 1) / rate)).toBeLessThan(1e-10);
  });

  it("the lengthscale's mode is 0.205 sqrt d: 0.46 in 5 dimensions, where the density over the logarithm would have 9.2", () => {
    for (const d of [1, 2, 5, 6, 20, 100]) expect(relative(modeOf(lengthscale("l", d).prior), 0.2047 * Math.sqrt(d))).toBeLessThan(1e-3);
    expect(modeOf(lengthscale("l", 5).prior).toFixed(2)).toBe("0.46");
    const overLogarithm: Prior = { logDensity: () => 0, slope: (u) => lengthscale("l", 5).prior.slope(u) + 1 };
    expect(modeOf(overLogarithm).toFixed(1)).toBe("9.2");
  });

  it("the outputscale's mode is 1 and the noise's 0.0067", () => {
    expect(relative(modeOf(outputscale.prior), 1)).toBeLessThan(1e-10);
    expect(modeOf(learnedNoise.prior).toFixed(4)).toBe("0.0067");
  });

  it("differences between log densities are those of the densities over the value", () => {
    const normal = (value: number, mu: number, sigma: number): number => Math.exp(-(((Math.log(value) - mu) / sigma) ** 2) / 2) / value;
    const power = (value: number, shape: number, rate: number): number => value ** (shape - 1) * Math.exp(-rate * value);
    for (const [a, b] of [
      [0.1, 0.2],
      [1, 30],
      [1e-3, 2],
    ] as const) {
      const difference = (prior: Prior): number => prior.logDensity(Math.log(a)) - prior.logDensity(Math.log(b));
      expect(Math.abs(difference(logNormal(0.3, 1.2)) - Math.log(normal(a, 0.3, 1.2) / normal(b, 0.3, 1.2)))).toBeLessThan(1e-12);
      expect(Math.abs(difference(gamma(2.5, 0.7)) - Math.log(power(a, 2.5, 0.7) / power(b, 2.5, 0.7)))).toBeLessThan(1e-12);
      expect(difference(flat)).toBe(0);
    }
  });

  it("slopes are those that differences show", () => {
    for (const prior of [logNormal(0.3, 1.2), gamma(2.5, 0.7), flat]) {
      for (const u of [-5, -1, 0, 0.5, 3]) {
        const difference = (prior.logDensity(u + 1e-6) - prior.logDensity(u - 1e-6)) / 2e-6;
        expect(Math.abs(prior.slope(u) - difference)).toBeLessThan(1e-7);
      }
    }
  });

  it("every start lies between its bounds", () => {
    for (const { low, high, start } of [outputscale, learnedNoise, ...[1, 5, 100].map((d) => lengthscale("l", d))])
      expect(low < start && start < high).toBe(true);
  });
});
