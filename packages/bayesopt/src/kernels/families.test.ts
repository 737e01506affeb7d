import { type Config, choice, createSpace, encode, given, int, real, type Shape } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { bound } from "../../testing/kernelLaws.ts";
import { featuresOf } from "../features.ts";
import { parameterKernel } from "./families.ts";

/** Covariances of configurations; lengthscales and scale by their logarithms. */
function covariancesOf(shape: Shape, configs: readonly Config[], u: readonly number[]): (i: number, j: number) => number {
  const features = featuresOf(createSpace(shape));
  const x = new Float64Array(configs.length * features.size);
  configs.forEach((config, i) => {
    features.write(encode(features.space, config), x, i * features.size);
  });
  const gram = new Float64Array(configs.length ** 2);
  bound(parameterKernel("matern52", features), { x, d: features.size, m: 0 }, Float64Array.from(u)).gram(gram, configs.length);
  return (i, j) => gram[i * configs.length + j]!;
}

const matern52 = (r: number): number => (1 + Math.sqrt(5) * r + (5 / 3) * r * r) * Math.exp(-Math.sqrt(5) * r);

describe("the kernel over parameters", () => {
  it("has a lengthscale for each parameter, by its name, and an outputscale", () => {
    const features = featuresOf(createSpace({ rate: real(0, 1), kind: choice(["a", "b", "c", "d"]), size: int(1, 9) }));
    expect(parameterKernel("matern32", features).hyperparameters.map(({ name }) => name)).toEqual([
      ...["lengthscale of rate", "lengthscale of kind", "lengthscale of size", "outputscale"],
    ]);
  });

  it("holds any two options of a choice without order one apart, over its lengthscale: Hamming's distance", () => {
    for (const count of [2, 3, 5, 64]) {
      const options = Array.from({ length: count }, (_, index) => `option ${index}`);
      const shape = { kind: choice(options), other: choice(["x", "y", "z"]) };
      const configs = options.slice(0, 6).map((kind) => ({ kind, other: "x" }));
      const k = covariancesOf(shape, [...configs, { kind: options[0]!, other: "z" }], [Math.log(0.7), Math.log(2), Math.log(1.3)]);
      const last = configs.length;
      for (let i = 0; i < last; i++) {
        for (let j = 0; j < i; j++) expect(Math.abs(k(i, j) - 1.3 * matern52(1 / 0.7))).toBeLessThan(1e-14);
      }
      expect(Math.abs(k(0, last) - 1.3 * matern52(1 / 2))).toBeLessThan(1e-14);
      expect(Math.abs(k(1, last) - 1.3 * matern52(Math.hypot(1 / 0.7, 1 / 2)))).toBeLessThan(1e-14);
    }
  });

  it("holds options beyond 64 about one apart", () => {
    const options = Array.from({ length: 200 }, (_, index) => `option ${index}`);
    const configs = options.map((kind) => ({ kind }));
    const k = covariancesOf({ kind: choice(options) }, configs, [0, 0]);
    for (let i = 0; i < 200; i++)
      for (let j = 0; j < i; j++) expect(k(i, j) > matern52(1.4) && k(i, j) < matern52(0.6), `${i} ${j}: ${k(i, j)}`).toBe(true);
  });

  it("tells nothing apart by a conditional parameter that is not there, and the branches by their parent", () => {
    const shape = {
      optimiser: choice(["sgd", "adam"]),
      momentum: given("optimiser", ["sgd"], real(0, 1)),
      beta: given("optimiser", ["adam"], real(0, 1)),
    };
    const configs: Config[] = [
      { optimiser: "sgd", momentum: 0.1 },
      { optimiser: "sgd", momentum: 0.9 },
      { optimiser: "adam", beta: 0.5 },
      { optimiser: "adam", beta: 0.9 },
    ];
    const k = covariancesOf(shape, configs, [0, 0, 0, 0]);
    expect(k(0, 1)).toBeCloseTo(matern52(0.8), 13);
    // The parent is one apart, beta's middle is where the third has it, and momentum's middle is 0.4 from the first.
    expect(k(0, 2)).toBeCloseTo(matern52(Math.hypot(1, 0.4)), 13);
    expect(k(0, 3)).toBeCloseTo(matern52(Math.hypot(1, 0.4, 0.4)), 13);
    const [first, second] = [
      covariancesOf(shape, configs, [0, 0, Math.log(0.1), 0]),
      covariancesOf(shape, configs, [0, 0, Math.log(5), 0]),
    ];
    expect(first(0, 1)).toBe(second(0, 1));
  });
});
