/** Whether a regression learns the noise of its values. */
import { log } from "@caviar-hpo/numerics";
import { learnedNoise } from "../kernels/families.ts";
import type { Kernel } from "../kernels/kernel.ts";
import { bestChoice, type Scored } from "../model/choice.ts";
import type { Data } from "../model/data.ts";
import { replicatesDiffer } from "../model/replicates.ts";
import { fitFromStarts, type HyperparameterSearch, type ModelFit } from "./fitFromStarts.ts";

export type NoiseOption = "auto" | "none" | "learned" | number;

/** Adds to the notes of the search what was decided, and why. */
export function chooseNoise(kernel: Kernel, noise: NoiseOption, data: Data, search: HyperparameterSearch): ModelFit {
  const models = { none: { kernel, noise: null }, learned: { kernel, noise: learnedNoise } };
  if (noise !== "auto") return fitFromStarts(models[noise === "learned" ? "learned" : "none"], data, search);
  if (data.variance !== null) return fitFromStarts(models.none, data, search);
  if (replicatesDiffer(data)) {
    search.notes.push("noise is learned: repeated points differ in value");
    return fitFromStarts(models.learned, data, search);
  }
  const fits = { none: fitFromStarts(models.none, data, search), learned: fitFromStarts(models.learned, data, search) };
  const score = (choice: NoiseChoice): Scored<NoiseChoice> => scored(choice, fits[choice], data.y.length);
  const { choice } = bestChoice({ first: score("none"), aspects: [(): readonly NoiseChoice[] => ["learned"]], score, margin: 0 });
  search.notes.push(`noise is ${choice}: ${Math.abs(score("learned").score - score("none").score).toFixed(1)} nats`);
  return fits[choice];
}

type NoiseChoice = "none" | "learned";

/**
 * The criterion of Schwarz (1978): a learned noise costs half of ln n for its one parameter. The prior of the noise, a density by its unit,
 * stays out of the comparison.
 */
function scored(choice: NoiseChoice, { model, fitted, alike }: ModelFit, n: number): Scored<NoiseChoice> {
  const cost = choice === "none" ? 0 : 0.5 * log(Math.max(1, n));
  if (fitted === null) return { choice, fits: [], score: alike ? -cost : -Infinity };
  const priorOfNoise = model.noise === null ? 0 : model.noise.prior.logDensity(fitted.u[fitted.u.length - 1]!);
  return { choice, fits: [fitted], score: fitted.value - priorOfNoise - cost };
}
