/** Marginal likelihoods and predictions against mpmath's, in 60 digits: golden/process.py. */
import { describe, expect, it } from "vitest";
import { freeNoise, kernelNamed } from "../../testing/smallModels.ts";
import type { Data, Model } from "../model/data.ts";
import { createMarginalLikelihood } from "./marginalLikelihood.ts";
import golden from "./process.golden.json" with { type: "json" };
import { createProcess } from "./process.ts";

type Case = (typeof golden)[number];
const modelOf = ({ kernel, d, noise }: Case): Model => ({ kernel: kernelNamed(kernel, d), noise: noise === "learned" ? freeNoise : null });
const dataOf = ({ x, y, d, noise, variance }: Case): Data => ({
  x: Float64Array.from(x),
  y: Float64Array.from(y),
  d,
  variance: noise === "none" || noise === "learned" ? null : Float64Array.from(variance),
});
const largest = (values: Iterable<number>): number => [...values].reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const epsilon = 2 ** -52;

describe.each(golden.map((one, index) => [`${index}: ${one.kernel}, n = ${one.y.length}, d = ${one.d}, noise ${one.noise}`, one] as const))(
  "%s",
  (_name, one) => {
    // What a condition of kappa makes of a rounding, or of the least jitter, n of them.
    const tolerance = 300 * epsilon * one.condition;

    it("the marginal likelihood has the exact value and gradient, to the condition's rounding", () => {
      const density = createMarginalLikelihood(modelOf(one), dataOf(one));
      const gradient = new Float64Array(one.u.length);
      const value = density.at(Float64Array.from(one.u), gradient);
      expect(Math.abs(value - one.value)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(one.value)));
      const scale = Math.max(1, largest(one.gradient), Math.abs(one.value));
      gradient.forEach((slope, p) => {
        expect(Math.abs(slope - one.gradient[p]!)).toBeLessThanOrEqual(tolerance * scale);
      });
    });

    it("means, variances and covariances are exact, to the condition's rounding", () => {
      const m = one.mean.length;
      const n = one.y.length;
      const process = createProcess(modelOf(one), { rows: n, queries: m, d: one.d });
      expect(process.settle(dataOf(one), Float64Array.from(one.u), 0)).toBe(true);
      expect(process.jitter).toBeLessThan(1e-14);
      const z = Float64Array.from(one.z);
      const [mean, variance, whitened] = [new Float64Array(m), new Float64Array(m), new Float64Array(n * m)];
      process.predict({ z, m }, { mean, variance });
      expect(Math.abs(process.constant - one.constant)).toBeLessThanOrEqual(tolerance * largest(one.y));
      mean.forEach((value, j) => {
        expect(Math.abs(value - one.mean[j]!)).toBeLessThanOrEqual(tolerance * Math.max(1, largest(one.mean)));
      });
      const prior = new Float64Array(m);
      process.priorVariance({ z, m }, prior);
      const scale = tolerance * largest(prior);
      process.whiten({ z, m }, whitened);
      for (let j = 0; j < m; j++) {
        expect(Math.abs(variance[j]! - one.covariance[j * m + j]!)).toBeLessThanOrEqual(scale);
        let explained = 0;
        for (let i = 0; i < n; i++) explained += whitened[i * m + j]! ** 2;
        expect(Math.abs(prior[j]! - explained - one.covariance[j * m + j]!)).toBeLessThanOrEqual(scale);
      }
    });
  },
);
