import { describe, expect, it } from "vitest";
import { bound, kernelLaws, someHyperparameters, uniforms } from "../../testing/kernelLaws.ts";
import { lengthscale, outputscale } from "./families.ts";
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
