import { describe, expect, it } from "vitest";
import { centralDifferences, expectClose, uniforms } from "../../testing/kernelLaws.ts";
import { freeNoise, kernelNamed, kernelNames } from "../../testing/smallModels.ts";
import { learnedNoise, lengthscale, outputscale } from "../kernels/families.ts";
import type { Hyperparameter } from "../kernels/kernel.ts";
import { stationary } from "../kernels/stationary.ts";
import type { Data, Model } from "../model/data.ts";
import { createMarginalLikelihood } from "./marginalLikelihood.ts";

const d = 3;
const data = (n: number, variance: Float64Array | null = null): Data => ({ x: uniforms(n * d, 1), y: uniforms(n, 2), d, variance });
const withPriors: Model = {
  kernel: stationary("matern52", {
    coordinates: [0, 1, 2],
    groups: [0, 1, 0],
    lengthscales: ["a", "b"].map((name) => lengthscale(name, 2)),
    scale: outputscale,
  }),
  noise: learnedNoise,
};

describe("the marginal likelihood", () => {
  it.each([...kernelNames, "priors"])("has the gradient that differences show, at 60 points: %s", (name) => {
    const model: Model = name === "priors" ? withPriors : { kernel: kernelNamed(name, d), noise: freeNoise };
    const density = createMarginalLikelihood(model, data(60, uniforms(60, 3)));
    const u = uniforms(model.kernel.hyperparameters.length + 1, 4).map((value) => value - 1.5);
    const [gradient, spare] = [new Float64Array(u.length), new Float64Array(u.length)];
    density.at(u, gradient);
    expectClose(
      gradient,
      centralDifferences((at) => density.at(at, spare), u),
    );
  });

  it("without data is the density of the priors", () => {
    const u = Float64Array.of(0.1, -0.7, 0.4, -3);
    const gradient = new Float64Array(4);
    const all: readonly Hyperparameter[] = [...withPriors.kernel.hyperparameters, learnedNoise];
    expect(createMarginalLikelihood(withPriors, data(0)).at(u, gradient)).toBeCloseTo(
      all.reduce((total, { prior }, p) => total + prior.logDensity(u[p]!), 0),
      14,
    );
    expect([...gradient]).toEqual(all.map(({ prior }, p) => prior.slope(u[p]!)));
  });

  it("of one value y is that of N(0, s + noise + 1) except for ln(1 + 1 / (s + noise)) / 2: the constant is at its most probable value", () => {
    const model: Model = { kernel: kernelNamed("matern32", d), noise: freeNoise };
    const [s, noise, y] = [0.8, 0.3, 1.7];
    const density = createMarginalLikelihood(model, { ...data(1), y: Float64Array.of(y) });
    const value = density.at(Float64Array.of(0, 0, 0, Math.log(s), Math.log(noise)), new Float64Array(5));
    const total = s + noise + 1;
    const marginal = -(y * y) / (2 * total) - Math.log(total) / 2 - Math.log(2 * Math.PI) / 2;
    expect(Math.abs(value - (marginal + Math.log(1 + 1 / (s + noise)) / 2))).toBeLessThan(1e-14);
  });

  it("takes other values at the same points", () => {
    const [some, u] = [data(10), Float64Array.of(0, 0, 0, -2)];
    const others = { ...some, y: some.y.map((value) => 1 - value * value) };
    const density = createMarginalLikelihood(withPriors, some);
    const gradient = new Float64Array(4);
    density.at(u, gradient);
    density.take(others);
    expect(density.at(u, gradient)).toBe(createMarginalLikelihood(withPriors, others).at(u, new Float64Array(4)));
  });

  it("takes fewer and more rows than at first, within its room, to the bits of one made for them", () => {
    const u = Float64Array.of(0.1, -0.2, 0.3, -2);
    const density = createMarginalLikelihood(withPriors, data(10), 25);
    expect(density.rows).toBe(25);
    for (const rows of [4, 25, 1, 10]) {
      const own = data(rows, uniforms(rows, 6));
      const [gradient, wanted] = [new Float64Array(4), new Float64Array(4)];
      density.take(own);
      expect(density.at(u, gradient)).toBe(createMarginalLikelihood(withPriors, own).at(u, wanted));
      expect(gradient).toEqual(wanted);
    }
  });

  it("is NaN where the covariances are not finite", () => {
    const gradient = new Float64Array(4);
    expect(createMarginalLikelihood(withPriors, data(5)).at(Float64Array.of(0, 0, NaN, 0), gradient)).toBeNaN();
    expect(
      createMarginalLikelihood(withPriors, { ...data(5), x: new Float64Array(15).fill(NaN) }).at(new Float64Array(4), gradient),
    ).toBeNaN();
    expect(
      createMarginalLikelihood(withPriors, data(5, new Float64Array(5).fill(-9))).at(Float64Array.of(0, 0, 0, -9), gradient),
    ).toBeNaN();
  });

  it("gives the same bits again, whatever was asked in between", () => {
    const density = createMarginalLikelihood(withPriors, data(30));
    const [u, gradient, again] = [Float64Array.of(0.1, 0.2, 0.3, -2), new Float64Array(4), new Float64Array(4)];
    const value = density.at(u, gradient);
    density.at(Float64Array.of(-1, 1, -1, -5), again);
    density.at(Float64Array.of(0, 0, NaN, 0), again);
    expect(density.at(u, again)).toBe(value);
    expect(again).toEqual(gradient);
  });
});
