/** Kernels with the usual priors, for inputs scaled to the unit cube and standardised values. `sum` and `product` combine them. */
import type { StationaryFamily } from "@caviar-hpo/numerics/covariance";
import { lengthscale, outputscale } from "../kernels/families.ts";
import type { Hyperparameter, Kernel } from "../kernels/kernel.ts";
import { linear } from "../kernels/linear.ts";
import { stationary } from "../kernels/stationary.ts";

/**
 * A stationary kernel with one lengthscale per coordinate (automatic relevance determination).
 *
 * @param coordinates the coordinates that the kernel reads, counted from 0, or a number k for the first k.
 * @param name a prefix for the names of its hyperparameters. These must differ within a model. Empty by default.
 */
export function ard(family: StationaryFamily, coordinates: number | readonly number[], name = ""): Kernel {
  const list = listOf(coordinates);
  return stationary(family, {
    coordinates: list,
    groups: list.map((_, group) => group),
    lengthscales: list.map((coordinate) => lengthscale(`${name}lengthscale ${coordinate}`, list.length)),
    scale: named(`${name}outputscale`),
  });
}

/** A stationary kernel with one lengthscale for all its coordinates. The parameters are those of `ard`. */
export function isotropic(family: StationaryFamily, coordinates: number | readonly number[], name = ""): Kernel {
  const list = listOf(coordinates);
  return stationary(family, {
    coordinates: list,
    groups: list.map(() => 0),
    lengthscales: [lengthscale(`${name}lengthscale`, list.length)],
    scale: named(`${name}outputscale`),
  });
}

/** The linear kernel. Its functions are planes through the middle of the unit cube. The parameters are those of `ard`. */
export function plane(coordinates: number | readonly number[], name = ""): Kernel {
  return linear(listOf(coordinates), named(`${name}slope variance`));
}

function named(name: string): Hyperparameter {
  return { ...outputscale, name };
}

function listOf(coordinates: number | readonly number[]): readonly number[] {
  return typeof coordinates === "number" ? Array.from({ length: coordinates }, (_, coordinate) => coordinate) : coordinates;
}
