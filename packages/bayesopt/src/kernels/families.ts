/** The kernel of the optimiser: one stationary kernel over all parameters, a lengthscale for each, and its priors. */
import { log } from "@caviar-hpo/numerics";
import type { StationaryFamily } from "@caviar-hpo/numerics/covariance";
import type { Features } from "../features.ts";
import { logNormal } from "../process/prior.ts";
import { kumaraswamyWarp } from "../warp/inputWarp.ts";
import type { Hyperparameter, Kernel } from "./kernel.ts";
import { stationary } from "./stationary.ts";
import { warped } from "./warped.ts";

/**
 * One lengthscale a parameter, whatever the number of its coordinates.
 *
 * @param longest bounds the lengthscales, in units of sqrt(number of parameters): below about 1, no parameter can be found irrelevant.
 */
export function parameterKernel(family: StationaryFamily, features: Features, input: InputName = "none", longest: number = Infinity): Kernel {
  const d = features.axes.length;
  const groups = features.axes.flatMap(({ count }, axis) => Array.from({ length: count }, () => axis));
  const kernel = stationary(family, {
    coordinates: groups.map((_, coordinate) => coordinate),
    groups,
    lengthscales: features.space.params.map(([name]) => {
      const free = lengthscale(`lengthscale of ${name}`, d);
      return { ...free, high: Math.min(free.high, longest * Math.sqrt(d)) };
    }),
    scale: outputscale,
  });
  if (input === "none") return kernel;
  const numbers = features.axes.filter(({ param }) => param.kind !== "choice").map(({ first }) => first);
  return warped(kernel, kumaraswamyWarp(features.size, numbers));
}

/** What happens to the numeric parameters before the kernel. */
export const inputs = ["none", "kumaraswamy"] as const;
export type InputName = (typeof inputs)[number];

/**
 * The dimension-scaled prior, LN(sqrt 2 + ln(d) / 2, sqrt 3) over the lengthscale, mode 0.205 sqrt d: C. Hvarfner, E. O. Hellsten, L.
 * Nardi, Vanilla Bayesian optimization performs great in high dimensions, ICML 2024.
 */
export function lengthscale(name: string, d: number): Hyperparameter {
  return { name, low: 0.005, high: 30, start: 0.2 * Math.sqrt(d), prior: logNormal(Math.SQRT2 + 0.5 * log(d), Math.sqrt(3)) };
}

/** Of standardised values: mode 1, and weak, because smooth functions are modelled best by long lengthscales under a large scale. */
export const outputscale: Hyperparameter = { name: "outputscale", low: 1e-3, high: 1000, start: 1, prior: logNormal(2.25, 1.5) };

/** Of standardised values; LN(-4, 1), as BoTorch's: mode 0.0067. */
export const learnedNoise: Hyperparameter = { name: "noise variance", low: 1e-8, high: 1, start: 1e-2, prior: logNormal(-4, 1) };
