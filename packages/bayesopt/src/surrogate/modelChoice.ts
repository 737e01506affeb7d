/** What the optimiser chooses of a model: the kernel's family, the warps of values and of inputs, and the noise. */
import type { Features } from "../features.ts";
import { type InputName, learnedNoise, parameterKernel } from "../kernels/families.ts";
import type { Model } from "../model/data.ts";

export const families = ["matern52", "squaredExponential", "matern32"] as const;
/** Those that are compared by default. */
export const warps = ["identity", "yeoJohnson", "shiftedLog(0.1)", "shiftedLog(0.01)"] as const;
/** Those, and the ones that only an option can name. */
export const allWarps = [
  "identity",
  "yeoJohnson",
  "shiftedLog(0.1)",
  "shiftedLog(0.01)",
  "shiftedLog(0.001)",
  "winsorised",
  "halfRankLog",
] as const;
export const noises = ["none", "learned"] as const;

export type ModelChoice = {
  readonly family: (typeof families)[number];
  readonly warp: (typeof allWarps)[number];
  readonly noise: (typeof noises)[number];
  readonly input: InputName;
  /** "assumed": no parameter may turn out to be irrelevant, because lengthscales are short. Learned where it is left out. */
  readonly relevance?: "assumed";
};

/** What may be chosen: all that are compared by default, or what an option names. At least one each. */
export type ModelChoices = {
  readonly families: readonly ModelChoice["family"][];
  readonly warps: readonly ModelChoice["warp"][];
  readonly noises: readonly ModelChoice["noise"][];
  readonly inputs: readonly InputName[];
  readonly relevance?: "assumed";
};

/** The choices of the cautious model (suggest/caution.ts): values as they are, with noise, and parameters that all matter. */
export function cautiously(allowed: ModelChoices): ModelChoices {
  return {
    ...allowed,
    warps: allowed.warps.includes("identity") ? ["identity"] : allowed.warps,
    noises: allowed.noises.includes("learned") ? ["learned"] : allowed.noises,
    relevance: "assumed",
  };
}

/** The choice that others have to beat while nothing has been chosen. */
export function firstChoice({ families: [family], warps: [warp], noises: [noise], inputs: [input], relevance }: ModelChoices): ModelChoice {
  return { family: family!, warp: warp!, noise: noise!, input: input!, ...(relevance !== undefined && { relevance }) };
}

export function isAllowed({ family, warp, noise, input, relevance }: ModelChoice, allowed: ModelChoices): boolean {
  return (
    allowed.families.includes(family) &&
    allowed.warps.includes(warp) &&
    allowed.noises.includes(noise) &&
    allowed.inputs.includes(input) &&
    allowed.relevance === relevance
  );
}

export function modelOf(features: Features, { family, noise, input, relevance }: ModelChoice): Model {
  const configurations = parameterKernel(family, features, input, relevance === "assumed" ? shortLengthscale : Infinity);
  const kernel = features.overFidelities?.(configurations) ?? configurations;
  return { kernel, noise: noise === "learned" ? learnedNoise : null };
}

/** In units of sqrt(number of parameters): twice the mode of the prior. */
const shortLengthscale = 0.4;

/** The part of a choice that decides which hyperparameters there are: everything but the warp of the values. */
export function kindOf({ family, noise, input, relevance }: ModelChoice): string {
  return `${family} ${noise} ${input}${relevance === undefined ? "" : ` ${relevance}`}`;
}

export function nameOf(choice: ModelChoice): string {
  return `${kindOf(choice)} ${choice.warp}`;
}
