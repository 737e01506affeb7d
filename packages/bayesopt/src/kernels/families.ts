/** The kernel of the optimiser: one stationary kernel over all parameters, a lengthscale for each, and its priors. */
import { log } from "@caviar-hpo/numerics";
import type { StationaryFamily } from "@caviar-hpo/numerics/covariance";
import type { Features, FidelityCoordinates } from "../features.ts";
import { flat, logNormal } from "../process/prior.ts";
import { kumaraswamyWarp } from "../warp/inputWarp.ts";
import { decay } from "./decay.ts";
import type { Hyperparameter, Kernel } from "./kernel.ts";
import { overFidelities } from "./overFidelities.ts";
import { stationary } from "./stationary.ts";
import { sum } from "./sum.ts";
import { warped } from "./warped.ts";

/** One lengthscale a parameter, whatever the number of its coordinates. */
export function parameterKernel(family: StationaryFamily, features: Features, input: InputName = "none"): Kernel {
  const d = features.axes.length;
  const groups = features.axes.flatMap(({ count }, axis) => Array.from({ length: count }, () => axis));
  const kernel = stationary(family, {
    coordinates: groups.map((_, coordinate) => coordinate),
    groups,
    lengthscales: features.space.params.map(([name]) => lengthscale(`lengthscale of ${name}`, d)),
    scale: outputscale,
  });
  if (input === "none") return kernel;
  const numbers = features.axes.filter(({ param }) => param.kind !== "choice").map(({ first }) => first);
  return warped(kernel, kumaraswamyWarp(features.size, numbers));
}

/**
 * The kernel over parameters and the fidelity t: k_x (k_M(ln t, ln t') + k_d(t, t')) + k_c(t, t'). k_M is a Matern 5/2 kernel of variance
 * 1. It says how much one fidelity tells of another. k_d and k_c are decays (`decay.ts`), which training removes. k_d differs from
 * configuration to configuration, and k_c is the course that all curves have in common.
 */
export function overTraining(configurations: Kernel, { log: logarithm, share }: FidelityCoordinates): Kernel {
  const between = stationary("matern52", {
    coordinates: [logarithm],
    groups: [0],
    lengthscales: [{ ...positive("lengthscale of the fidelity", 1), low: 0.05, high: 30 }],
    scale: { name: "unit", low: 1, high: 1, start: 1, prior: flat },
  });
  const decayOf = (name: string): Kernel =>
    decay({
      coordinate: share,
      power: { ...positive(`power of the ${name}`, 1), low: 0.1, high: 10 },
      offset: { ...positive(`offset of the ${name}`, 0.2), low: 0.01, high: 10 },
      scale: { ...positive(`scale of the ${name}`, 0.5), low: 1e-3, high: 100 },
    });
  return overFidelities({
    configurations,
    own: sum(between, decayOf("decay")),
    common: decayOf("common decay"),
    fidelity: [logarithm, share],
  });
}

/** A hyperparameter whose prior is log-normal, with sigma 1 and its mode at `mode`. */
function positive(name: string, mode: number): Pick<Hyperparameter, "name" | "start" | "prior"> {
  return { name, start: mode, prior: logNormal(log(mode) + 1, 1) };
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
