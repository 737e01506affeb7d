import { describe, expect, it } from "vitest";
import { uniforms } from "../../testing/kernelLaws.ts";
import { freeNoise, kernelNamed } from "../../testing/smallModels.ts";
import { learnedNoise, lengthscale, outputscale } from "../kernels/families.ts";
import { stationary } from "../kernels/stationary.ts";
import type { Data, Model } from "../model/data.ts";
import { fit } from "./fit.ts";
import { createMarginalLikelihood } from "./marginalLikelihood.ts";

const d = 2;
const n = 40;
const x = uniforms(n * d, 1);
/** Varies along the first coordinate only. */
const data: Data = { x, y: Float64Array.from({ length: n }, (_, i) => Math.sin(9 * x[i * d]!)), d, variance: null };
const model: Model = {
  kernel: stationary("matern52", {
    coordinates: [0, 1],
    groups: [0, 1],
    lengthscales: ["first", "second"].map((name) => lengthscale(name, d)),
    scale: outputscale,
  }),
  noise: learnedNoise,
};
const starts = [Float64Array.of(-1, -1, 0, -4), Float64Array.of(1, 1, 0, -1)];

describe("a fit", () => {
  const fits = fit(model, createMarginalLikelihood(model, data), starts, { maxEvaluations: 60 });

  it("ends where the gradient vanishes or a bound is met, the best first", () => {
    expect(fits.length).toBe(2);
    expect(fits[0]!.value).toBeGreaterThanOrEqual(fits[1]!.value);
    const gradient = new Float64Array(4);
    expect(createMarginalLikelihood(model, data).at(fits[0]!.u, gradient)).toBe(fits[0]!.value);
    [...model.kernel.hyperparameters, learnedNoise].forEach(({ low, high }, p) => {
      const value = fits[0]!.u[p]!;
      const atBound = value <= Math.log(low) + 1e-9 || value >= Math.log(high) - 1e-9;
      expect(atBound || Math.abs(gradient[p]!) < 0.05, `${p}: ${value}, slope ${gradient[p]}`).toBe(true);
    });
  });

  it("finds the coordinate that matters, and that there is no noise", () => {
    const [first, second, , noise] = fits[0]!.u;
    expect(second! - first!).toBeGreaterThan(2);
    expect(Math.exp(noise!)).toBeLessThan(1e-3);
  });

  it("finds the noise that was added", () => {
    const noisy = { ...data, y: data.y.map((value, i) => value + 0.8 * (uniforms(n, 9)[i]! - 0.5)) };
    const [best] = fit(model, createMarginalLikelihood(model, noisy), starts, { maxEvaluations: 60 });
    expect(Math.abs(Math.exp(best!.u[3]!) - 0.8 ** 2 / 12)).toBeLessThan(0.03);
  });

  it("tells the likelihood apart from the priors", () => {
    const all = [...model.kernel.hyperparameters, learnedNoise];
    const logPrior = all.reduce((total, { prior }, p) => total + prior.logDensity(fits[0]!.u[p]!), 0);
    expect(Math.abs(fits[0]!.logLikelihood + logPrior - fits[0]!.value)).toBeLessThan(1e-12);
    const without: Model = { kernel: kernelNamed("matern52", d), noise: freeNoise };
    const bare = createMarginalLikelihood(without, data).at(fits[0]!.u, new Float64Array(4));
    expect(Math.abs(bare - fits[0]!.logLikelihood)).toBeLessThan(1e-12 * Math.abs(bare));
  });

  it("stops after so many evaluations", () => {
    for (const { evaluations } of fit(model, createMarginalLikelihood(model, data), starts, { maxEvaluations: 5 }))
      expect(evaluations).toBeLessThanOrEqual(5);
  });

  it("finds nothing without starts, or for impossible data", () => {
    expect(fit(model, createMarginalLikelihood(model, data), [], { maxEvaluations: 60 })).toEqual([]);
    expect(fit(model, createMarginalLikelihood(model, { ...data, x: x.map(() => NaN) }), starts, { maxEvaluations: 60 })).toEqual([]);
  });
});
