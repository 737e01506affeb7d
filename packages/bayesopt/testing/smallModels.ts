/** The kernels and models of golden/process.py, by their names there. */

import type { Hyperparameter, Kernel } from "../src/kernels/kernel.ts";
import { linear } from "../src/kernels/linear.ts";
import { product } from "../src/kernels/product.ts";
import { stationary } from "../src/kernels/stationary.ts";
import { sum } from "../src/kernels/sum.ts";
import { flat } from "../src/process/prior.ts";

/** Without a prior, so that the marginal likelihood is the likelihood alone. */
const free = (name: string): Hyperparameter => ({ name, low: 1e-9, high: 1e9, start: 1, prior: flat });
export const freeNoise: Hyperparameter = free("noise variance");

const families = ["matern12", "matern32", "matern52", "squaredExponential"] as const;

const over = (family: (typeof families)[number], coordinates: readonly number[]): Kernel =>
  stationary(family, {
    coordinates,
    groups: coordinates.map((_, group) => group),
    lengthscales: coordinates.map((coordinate) => free(`lengthscale ${coordinate}`)),
    scale: free("outputscale"),
  });

export const kernelNames = [...families, "matern52 + linear", "matern32 * squaredExponential"] as const;

export function kernelNamed(name: string, d: number): Kernel {
  const all = Array.from({ length: d }, (_, coordinate) => coordinate);
  const family = families.find((one) => one === name);
  if (family !== undefined) return over(family, all);
  if (name === "matern52 + linear") return sum(over("matern52", all), linear(all, free("slope")));
  if (name === "matern32 * squaredExponential") return product(over("matern32", [0]), over("squaredExponential", [d - 1]));
  throw new Error(`no kernel is named ${name}`);
}
