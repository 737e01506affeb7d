import { exp, log } from "@caviar-hpo/numerics";
import { describe, expect, it } from "vitest";
import { bound, expectClose, kernelLaws, someHyperparameters, uniforms } from "../../testing/kernelLaws.ts";
import { gaussianProcess } from "../regression/gaussianProcess.ts";
import { ard, isotropic, plane } from "../regression/kernels.ts";
import { lengthscale, outputscale } from "./families.ts";
import type { Kernel } from "./kernel.ts";
import { pointwise, squaredDistance } from "./pointwise.ts";
import { product } from "./product.ts";
import { sum } from "./sum.ts";

const d = 3;
/** The largest difference as a part of the largest value. */
const tolerance = 1e-12;

/** s exp(-r^2 / (2 l^2)) (Rasmussen & Williams 2006, eq. 4.9), as `isotropic("squaredExponential", d)`. */
const squaredExponential: Kernel = pointwise({
  hyperparameters: [lengthscale("lengthscale", d), outputscale],
  value: (x, z, [l, s]) => s * exp(-squaredDistance(x, z) / (2 * l * l)),
  slope: (x, z, [l, s]) => {
    const q = squaredDistance(x, z) / (l * l);
    const k = s * exp(-q / 2);
    return { byPoint: z.map((at, f) => (k * (x[f]! - at)) / (l * l)), byHyperparameter: [(k * q) / l, k / s] };
  },
});

/** s (1 + a + a^2 / 3) exp(-a), a = sqrt(5) r, with a lengthscale for each of two coordinates (eq. 4.17), as `ard("matern52", 2)`. */
const matern52: Kernel = pointwise({
  hyperparameters: [lengthscale("lengthscale 0", 2), lengthscale("lengthscale 1", 2), outputscale],
  value: (x, z, [l0, l1, s]) => {
    const a = Math.sqrt(5 * (((x[0]! - z[0]!) / l0) ** 2 + ((x[1]! - z[1]!) / l1) ** 2));
    return s * (1 + a + (a * a) / 3) * exp(-a);
  },
  slope: (x, z, [l0, l1, s]) => {
    const [q0, q1] = [(x[0]! - z[0]!) / l0, (x[1]! - z[1]!) / l1];
    const a = Math.sqrt(5 * (q0 * q0 + q1 * q1));
    /** -2 dk/dr^2. */
    const fall = ((5 * s) / 3) * (1 + a) * exp(-a);
    return {
      byPoint: [(fall * q0) / l0, (fall * q1) / l1, 0],
      byHyperparameter: [(fall * q0 * q0) / l0, (fall * q1 * q1) / l1, (1 + a + (a * a) / 3) * exp(-a)],
    };
  },
});

/** s (x_0 - 1/2) (z_0 - 1/2), as `plane([0])`: its diagonal has a slope. */
const line: Kernel = pointwise({
  hyperparameters: [{ ...outputscale, name: "slope variance" }],
  value: (x, z, [s]) => s * (x[0]! - 0.5) * (z[0]! - 0.5),
  slope: (x, z, [s]) => ({ byPoint: [s * (x[0]! - 0.5), 0, 0], byHyperparameter: [(x[0]! - 0.5) * (z[0]! - 0.5)] }),
});

/** A pairwise kernel, and the fast one that computes the same. */
const pairs: { readonly [name: string]: readonly [Kernel, Kernel] } = {
  "squared exponential": [squaredExponential, isotropic("squaredExponential", d)],
  "Matern 5/2 on two coordinates": [matern52, ard("matern52", 2)],
  line: [line, plane([0])],
  "a sum of a pairwise and a fast kernel": [sum(squaredExponential, plane([1])), sum(isotropic("squaredExponential", d), plane([1]))],
  "a product of pairwise kernels": [product(squaredExponential, line), product(isotropic("squaredExponential", d), plane([0]))],
};

describe.each(Object.entries(pairs))("%s", (_name, [slow, fast]) => {
  kernelLaws(slow, d);

  const [n, m] = [11, 6];
  const [x, z] = [uniforms(n * d, 21), uniforms(m * d, 22)];
  const u = someHyperparameters(slow, 23);
  const both = (fill: (kernel: ReturnType<typeof bound>, out: Float64Array) => void, length: number): void => {
    const [got, wanted] = [new Float64Array(length).fill(1), new Float64Array(length).fill(1)];
    fill(bound(slow, { x, d, m }, u), got);
    fill(bound(fast, { x, d, m }, u), wanted);
    expectClose(got, wanted, tolerance);
  };
  const symmetric = Float64Array.from({ length: n * n }, (_, at) => Math.cos((Math.floor(at / n) + 1) * ((at % n) + 1)));

  it("has the fast kernel's hyperparameters", () => {
    expect(slow.hyperparameters.map(({ name, start }) => [name, start])).toEqual(
      fast.hyperparameters.map(({ name, start }) => [name, start]),
    );
  });

  it("has the fast kernel's covariances", () => {
    both((kernel, out) => kernel.gram(out, n), n * n);
    both((kernel, out) => kernel.cross(z, m, out), n * m);
    both((kernel, out) => kernel.diagonal(z, m, out), m);
  });

  it("has the fast kernel's gradients", () => {
    both((kernel, out) => kernel.gramGradient(symmetric, n, out), slow.hyperparameters.length);
    both((kernel, out) => kernel.crossGradient(z, m, uniforms(n * m, 24), out), m * d);
    both((kernel, out) => kernel.diagonalGradient(z, m, uniforms(m, 25), out), m * d);
  });

  it("predicts what the fast kernel predicts, and their sums are the same", () => {
    const rows = Array.from({ length: n }, (_, i) => [...x.subarray(i * d, (i + 1) * d)]);
    const queries = Array.from({ length: m }, (_, j) => [...z.subarray(j * d, (j + 1) * d)]);
    const y = rows.map(([a, b, c]) => Math.sin(5 * a!) + b! * c!);
    const box = rows[0]!.map(() => [0, 1] as const);
    const warm = Object.fromEntries(slow.hyperparameters.map(({ name, start }) => [name, start]));
    // Held at their start, because a search may end a rounding apart.
    const held = (kernel: Kernel) => (): Kernel => ({
      ...kernel,
      hyperparameters: kernel.hyperparameters.map((one) => ({ ...one, low: one.start, high: one.start })),
    });
    const [got, wanted] = [slow, fast].map((kernel) =>
      gaussianProcess({ kernel: held(kernel), noise: 0.01, box, starts: 1 })
        .fit(rows, y, { warm })
        .predict(queries, true),
    );
    expectClose(got!.mean, wanted!.mean, 1e-10);
    expectClose(got!.variance, wanted!.variance, 1e-10);
    expectClose(got!.gradient!.mean, wanted!.gradient!.mean, 1e-9);
    expectClose(got!.gradient!.variance, wanted!.gradient!.variance, 1e-9);
    const total = (values: Float64Array): number => values.reduce((all, value) => all + value, 0);
    expect(Math.abs(total(got!.mean) - total(wanted!.mean))).toBeLessThan(1e-10);
  });
});

describe("a fit", () => {
  it("of a pairwise kernel ends where that of the fast one ends", () => {
    const rows = Array.from({ length: 15 }, (_, i) => [...uniforms(d, 60 + i)]);
    const y = rows.map(([a, b, c]) => Math.sin(4 * a!) + b! * c!);
    const [slow, fast] = [squaredExponential, isotropic("squaredExponential", d)].map((kernel) =>
      gaussianProcess({ kernel: () => kernel, noise: "none" }).fit(rows, y),
    );
    for (const name of ["lengthscale", "outputscale"])
      expect(Math.abs(log(slow!.hyperparameters[name]! / fast!.hyperparameters[name]!))).toBeLessThan(1e-3);
  });
});
