import { root } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { uniforms } from "../../testing/kernelLaws.ts";
import type { Points } from "../model/surrogate.ts";
import { gaussianProcessSurrogate } from "./gaussianProcessSurrogate.ts";

const [n, d] = [20, 3];
const x: Points = { data: uniforms(n * d, 1), n, d };
const y = Float64Array.from({ length: n }, (_, i) => Math.cos(4 * x.data[i * d]!) + x.data[i * d + 1]!);
const z: Points = { data: uniforms(5 * d, 2), n: 5, d };
const surrogate = gaussianProcessSurrogate();

describe("the Gaussian process as a surrogate", () => {
  it("continues from where it ended, through JSON", () => {
    const first = surrogate.fit({ x, y, noise: null }, null, root(1));
    const warm = JSON.parse(JSON.stringify(first.warm)) as typeof first.warm;
    const second = surrogate.fit({ x, y, noise: null }, warm, root(2));
    for (const [name, value] of Object.entries(first.warm)) expect(Math.abs(Math.log(second.warm[name]! / value))).toBeLessThan(0.1);
    expect(first.health.reciprocalCondition).toBeGreaterThan(0);
  });

  it("learns the noise, or takes the variances it is given", () => {
    expect(Object.keys(surrogate.fit({ x, y, noise: null }, null, root(1)).warm)).toContain("noise variance");
    const known = surrogate.fit({ x, y, noise: new Float64Array(n).fill(0.01) }, null, root(1));
    expect(Object.keys(known.warm)).not.toContain("noise variance");
  });

  it("has a posterior with moments, gradients and draws, closed under conditioning", () => {
    const { posterior } = surrogate.fit({ x, y, noise: new Float64Array(n).fill(1e-6) }, null, root(1));
    const { mean, variance, gradient } = posterior.moments(z, true);
    expect([mean.length, variance.length, gradient!.mean.length, gradient!.variance.length]).toEqual([5, 5, 15, 15]);
    expect(posterior.moments(z).gradient).toBeUndefined();
    expect(posterior.sample(z, 4, root(3)).length).toBe(20);
    const conditioned = posterior.condition(z, mean).moments(z);
    conditioned.mean.forEach((value, j) => {
      expect(Math.abs(value - mean[j]!)).toBeLessThan(1e-6);
      expect(conditioned.variance[j]!).toBeLessThan(variance[j]! + 1e-12);
    });
  });
});
