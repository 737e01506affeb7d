/**
 * The kernel of the joint model over parameters and the fidelity t: k_x (k_M(ln t, ln t') + k_d(t, t')) + k_c(t, t'). k_M is a Matern 5/2
 * kernel of variance 1. It says how much one fidelity tells of another. k_d and k_c are decays (`decay.ts`), which training removes. k_d
 * differs from configuration to configuration, and k_c is the course that all curves have in common.
 */
import { log } from "@caviar-hpo/numerics";
import { flat, logNormal } from "../process/prior.ts";
import { decay } from "./decay.ts";
import type { Hyperparameter, Kernel } from "./kernel.ts";
import { overFidelities } from "./overFidelities.ts";
import { stationary } from "./stationary.ts";
import { sum } from "./sum.ts";

/** The coordinates of the fidelity: `log` has ln(t / min) / ln(max / min), and `share` has t / max. */
export type FidelityCoordinates = { readonly log: number; readonly share: number };

/** The kernel made of k_x, `configurations`, whose hyperparameters come first. */
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
