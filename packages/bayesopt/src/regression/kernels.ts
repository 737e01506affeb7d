/** Kernels with the usual priors, over inputs scaled to the unit cube and standardised values; `sum` and `product` make others of them. */
import type { StationaryFamily } from "@caviar-hpo/numerics/covariance";
import { lengthscale, outputscale } from "../kernels/families.ts";
import type { Hyperparameter, Kernel } from "../kernels/kernel.ts";
import { linear } from "../kernels/linear.ts";
import { stationary } from "../kernels/stationary.ts";

/**
 * A stationary kernel with a lengthscale for each coordinate (automatic relevance determination).
 *
 * @param coordinates which ones it looks at, or how many: the first so many.
 * @param name goes before the names of its hyperparameters, which must differ within a model.
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

/** The same with one lengthscale for all its coordinates. */
export function isotropic(family: StationaryFamily, coordinates: number | readonly number[], name = ""): Kernel {
  const list = listOf(coordinates);
  return stationary(family, {
    coordinates: list,
    groups: list.map(() => 0),
    lengthscales: [lengthscale(`${name}lengthscale`, list.length)],
    scale: named(`${name}outputscale`),
  });
}

/** Functions that are planes through the middle of the unit cube. */
export function plane(coordinates: number | readonly number[], name = ""): Kernel {
  return linear(listOf(coordinates), named(`${name}slope variance`));
}

function named(name: string): Hyperparameter {
  return { ...outputscale, name };
}

function listOf(coordinates: number | readonly number[]): readonly number[] {
  return typeof coordinates === "number" ? Array.from({ length: coordinates }, (_, coordinate) => coordinate) : coordinates;
}
