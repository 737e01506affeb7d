/** The options of an optimiser, read and resolved. */
import { readOptions } from "@caviar-hpo/core/contract";
import { inputs } from "./kernels/families.ts";
import { type BayesoptOptions, bayesoptOptions } from "./options.ts";
import type { AcquisitionName } from "./search/acquire.ts";
import { allWarps, families, type ModelChoice, type ModelChoices, noises, warps } from "./surrogate/modelChoice.ts";

export type BayesoptSettings = {
  readonly initial: number | "auto";
  readonly askEffort: number;
  readonly acquisition: AcquisitionName;
  readonly beliefStrength: number;
  readonly costPower: number;
  readonly allowed: ModelChoices;
};

/** @throws ConfigError for a bad option. */
export function settingsOf(given: BayesoptOptions): BayesoptSettings {
  const options = readOptions<BayesoptOptions>("bayesopt", bayesoptOptions, given);
  const { initial, askEffort, kernel, warp, noise, inputWarp, beliefStrength, costPower } = options;
  const allowed: ModelChoices = {
    families: only(families, kernel),
    warps: only<ModelChoice["warp"]>(warps, warp, allWarps),
    noises: only(noises, noise),
    inputs: only(inputs, inputWarp),
  };
  return { initial, askEffort, acquisition: options.acquisition as AcquisitionName, beliefStrength, costPower, allowed };
}

/** The named choice alone, or for "auto" all choices that are compared by default. */
function only<T extends string>(auto: readonly T[], name: string, all: readonly T[] = auto): readonly T[] {
  return name === "auto" ? auto : all.filter((one) => one === name);
}
