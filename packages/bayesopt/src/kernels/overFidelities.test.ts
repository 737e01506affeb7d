import { createSpace, real } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { bound, kernelLaws, someHyperparameters, uniforms } from "../../testing/kernelLaws.ts";
import { featuresOf } from "../features.ts";
import { lengthscale, outputscale, overTraining, parameterKernel } from "./families.ts";
import golden from "./fidelity.golden.json" with { type: "json" };
import type { Kernel } from "./kernel.ts";
import { overFidelities } from "./overFidelities.ts";
import { product } from "./product.ts";
import { stationary } from "./stationary.ts";
import { sum } from "./sum.ts";

const on = (...coordinates: number[]): Kernel =>
  stationary("matern52", {
    coordinates,
    groups: coordinates.map((_, group) => group),
    lengthscales: coordinates.map((at) => lengthscale(`lengthscale ${at}`, 2)),
    scale: outputscale,
  });
const configurations = on(0, 1);
const [own, common] = [on(2), on(3)];
const kernel = overFidelities({ configurations, own, common, fidelity: [2, 3] });

describe("a kernel over fidelities", () => {
  kernelLaws(kernel, 4);

  it("is the product and the sum of its parts, also where points share fidelities", () => {
    const algebra = sum(product(configurations, own), common);
    expect(kernel.hyperparameters).toEqual(algebra.hyperparameters);
    const [n, m, d] = [12, 5, 4];
    const x = uniforms(n * d, 1);
    const z = uniforms(m * d, 2);
    for (const points of [x, z]) for (let at = 2; at < points.length; at += d) points.fill(points[at]! < 0.5 ? 0.25 : 0.75, at, at + 2);
    const u = someHyperparameters(kernel, 3);
    const [fast, slow] = [bound(kernel, { x, d, m }, u), bound(algebra, { x, d, m }, u)];
    const close = (write: (one: typeof fast, out: Float64Array) => void, size: number): void => {
      const [got, wanted] = [new Float64Array(size), new Float64Array(size)];
      write(fast, got);
      write(slow, wanted);
      got.forEach((value, at) => {
        expect(Math.abs(value - wanted[at]!)).toBeLessThan(1e-13 * Math.max(1, Math.abs(wanted[at]!)));
      });
    };
    const weights = uniforms(n * n, 4);
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) weights[i * n + j] = weights[j * n + i]!;
    close((one, out) => one.gram(out, n), n * n);
    close((one, out) => one.gramGradient(weights, n, out), kernel.hyperparameters.length);
    close((one, out) => one.cross(z, m, out), n * m);
    close((one, out) => one.crossGradient(z, m, weights, out), m * d);
    close((one, out) => one.diagonal(z, m, out), m);
  });
});

describe("the kernel over training", () => {
  const features = featuresOf(createSpace({ a: real(0, 1), b: real(0, 1) }));
  const training = overTraining(parameterKernel("matern52", features), { log: 2, share: 3 });
  kernelLaws(training, 4);

  it("has the lengthscales of the parameters first, where the search looks for them", () => {
    expect(training.hyperparameters.slice(0, 3).map(({ name }) => name)).toEqual(["lengthscale of a", "lengthscale of b", "outputscale"]);
  });

  it.each(golden.overTraining)("has the value and the slopes that another program computes: $value", ({ points, u, value, slopes }) => {
    const [x, z] = points.map((point) => Float64Array.from(point)) as [Float64Array, Float64Array];
    const out = new Float64Array(1);
    bound(training, { x, d: 4, m: 1 }, Float64Array.from(u)).cross(z, 1, out);
    expect(Math.abs(out[0]! - value)).toBeLessThan(1e-13 * Math.max(1, value));
    // The pair off the diagonal of a Gram matrix has half the weight on each side.
    const gradient = new Float64Array(u.length);
    bound(training, { x: Float64Array.of(...x, ...z), d: 4, m: 0 }, Float64Array.from(u)).gramGradient(
      Float64Array.of(0, 0.5, 0.5, 0),
      2,
      gradient,
    );
    gradient.forEach((slope, p) => {
      expect(Math.abs(slope - slopes[p]!)).toBeLessThan(1e-12 * Math.max(1, value));
    });
  });
});
