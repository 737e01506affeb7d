/** Marginal likelihoods with their memory, kept from fit to fit, by the kernel and the noise of a choice. */
import type { Features } from "../features.ts";
import type { Data, Model } from "../model/data.ts";
import { createMarginalLikelihood, type MarginalLikelihood } from "../process/marginalLikelihood.ts";
import { kindOf, type ModelChoice, modelOf } from "./modelChoice.ts";
import { fitRows } from "./tellingRows.ts";

export type ModelLikelihood = { readonly model: Model; readonly density: MarginalLikelihood };
export type LikelihoodCache = Map<string, ModelLikelihood>;

/** The likelihood of this choice on these data, in memory that is used again where it is large enough. */
export function likelihoodOf(features: Features, choice: ModelChoice, data: Data, cache: LikelihoodCache): ModelLikelihood {
  const n = data.y.length;
  const known = cache.get(kindOf(choice));
  if (known !== undefined && known.density.rows >= n) {
    known.density.take(data);
    return known;
  }
  const model = modelOf(features, choice);
  const made = { model, density: createMarginalLikelihood(model, data, Math.min(fitRows, Math.max(32, 2 * n))) };
  cache.set(kindOf(choice), made);
  return made;
}
