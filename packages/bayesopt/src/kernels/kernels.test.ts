import type { StationaryFamily } from "@caviar-hpo/numerics/covariance";
import { describe, expect, it } from "vitest";
import { bound, kernelLaws, someHyperparameters, uniforms } from "../../testing/kernelLaws.ts";
import { kumaraswamyWarp } from "../warp/inputWarp.ts";
import { lengthscale, outputscale } from "./families.ts";
import type { Kernel } from "./kernel.ts";
import { linear } from "./linear.ts";
import { product } from "./product.ts";
import { stationary } from "./stationary.ts";
import { sum } from "./sum.ts";
import { warped } from "./warped.ts";

const d = 4;
/** Three lengthscales for four coordinates: the second and the last share one. */
const shared = (family: StationaryFamily): Kernel =>
  stationary(family, {
    coordinates: [0, 1, 2, 3],
    groups: [0, 1, 2, 1],
    lengthscales: [0, 1, 2].map((group) => lengthscale(`lengthscale ${group}`, d)),
    scale: outputscale,
  });
/** Looks at one coordinate only. */
const on = (coordinate: number, family: StationaryFamily): Kernel =>
  stationary(family, { coordinates: [coordinate], groups: [0], lengthscales: [lengthscale("lengthscale", 1)], scale: outputscale });
const plane = (...coordinates: number[]): Kernel => linear(coordinates, outputscale);

const kernels: { readonly [name: string]: Kernel } = {
  matern12: shared("matern12"),
  matern32: shared("matern32"),
  matern52: shared("matern52"),
  squaredExponential: shared("squaredExponential"),
  "on one coordinate": on(2, "matern52"),
  linear: plane(0, 2, 3),
  "warped inputs": warped(shared("matern52"), kumaraswamyWarp(4)),
  "a warped sum, in part": warped(sum(shared("matern32"), plane(0, 1)), kumaraswamyWarp(4, [0, 2])),
  "sum of one": sum(shared("matern32")),
  "sum of three": sum(shared("matern32"), plane(0, 1), on(3, "squaredExponential")),
  "product of two": product(on(0, "matern52"), on(1, "matern12")),
  "product of three": product(on(0, "matern32"), plane(1, 3), shared("matern52")),
  "sum of products": sum(product(on(0, "matern52"), plane(0)), on(1, "matern32"), product(on(2, "squaredExponential"), on(3, "matern52"))),
  "product of sums": product(sum(on(0, "matern52"), plane(1)), sum(on(2, "matern32"), on(3, "matern52"), plane(0, 1, 2, 3))),
};

describe.each(Object.entries(kernels))("%s", (_name, kernel) => {
  kernelLaws(kernel, d);
});

const distance = (x: readonly number[], z: readonly number[], l: readonly number[]): number =>
  Math.sqrt(x.reduce((total, value, f) => total + ((value - z[f]!) / l[f]!) ** 2, 0));
const closedForms: { readonly [family in StationaryFamily]: (r: number) => number } = {
  matern12: (r) => Math.exp(-r),
  matern32: (r) => (1 + Math.sqrt(3) * r) * Math.exp(-Math.sqrt(3) * r),
  matern52: (r) => (1 + Math.sqrt(5) * r + (5 / 3) * r * r) * Math.exp(-Math.sqrt(5) * r),
  squaredExponential: (r) => Math.exp((-r * r) / 2),
};

/** k(x, z) of a bound kernel. */
const covariance = (kernel: Kernel, u: Float64Array, x: readonly number[], z: readonly number[]): number => {
  const out = new Float64Array(1);
  bound(kernel, { x: Float64Array.from(x), d: x.length, m: 1 }, u).cross(Float64Array.from(z), 1, out);
  return out[0]!;
};

describe("closed forms", () => {
  const pairs = Array.from({ length: 20 }, (_, seed) => [[...uniforms(d, 2 * seed)], [...uniforms(d, 2 * seed + 1)]] as const);

  it.each(Object.keys(closedForms) as StationaryFamily[])("%s is s k(r), r^2 = sum ((x - z) / l)^2 with shared lengthscales", (family) => {
    const u = someHyperparameters(shared(family), 7);
    const [l0, l1, l2, s] = [...u].map(Math.exp) as [number, number, number, number];
    for (const [x, z] of pairs) {
      const wanted = s * closedForms[family](distance(x, z, [l0, l1, l2, l1]));
      expect(Math.abs(covariance(shared(family), u, x, z) - wanted)).toBeLessThan(1e-14 * s);
    }
  });

  it("linear is s (x - 1/2)'(z - 1/2)", () => {
    for (const [x, z] of pairs) {
      const wanted = 1.5 * [0, 2, 3].reduce((total, f) => total + (x[f]! - 0.5) * (z[f]! - 0.5), 0);
      expect(Math.abs(covariance(plane(0, 2, 3), Float64Array.of(Math.log(1.5)), x, z) - wanted)).toBeLessThan(1e-15);
    }
  });

  it("a sum of products takes its hyperparameters in order", () => {
    const kernel = kernels["sum of products"]!;
    const u = someHyperparameters(kernel, 9);
    const [l0, s0, p0, l1, s1, l2, s2, l3, s3] = [...u].map(Math.exp) as number[] as [number, number, number, ...number[]];
    const { matern52, matern32, squaredExponential } = closedForms;
    for (const [x, z] of pairs) {
      const r = (f: number, l: number | undefined): number => Math.abs(x[f]! - z[f]!) / l!;
      const first = s0 * matern52(r(0, l0)) * p0 * (x[0]! - 0.5) * (z[0]! - 0.5);
      const wanted = first + s1! * matern32(r(1, l1)) + s2! * squaredExponential(r(2, l2)) * s3! * matern52(r(3, l3));
      expect(Math.abs(covariance(kernel, u, x, z) - wanted)).toBeLessThan(1e-14 * Math.abs(wanted) + 1e-15);
    }
  });

  it("hyperparameters keep their names, in order", () => {
    expect(kernels["sum of three"]!.hyperparameters.map(({ name }) => name)).toEqual([
      ...["lengthscale 0", "lengthscale 1", "lengthscale 2", "outputscale"],
      "outputscale",
      ...["lengthscale", "outputscale"],
    ]);
  });

  it("an empty sum is 0 and an empty product 1", () => {
    expect(covariance(sum(), new Float64Array(0), [0.1], [0.9])).toBe(0);
    expect(covariance(product(), new Float64Array(0), [0.1], [0.9])).toBe(1);
  });
});
