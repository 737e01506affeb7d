/**
 * The classifier of points by labels, from ask to ask: its hyperparameters are fitted when enough new labels have come, from where the last
 * fit ended. Then the posterior is computed from the labels alone, so that nothing but the hyperparameters has to be remembered.
 */
import { log } from "@caviar-hpo/numerics";
import type { Features } from "../features.ts";
import { type Data, hyperparametersOf, type Model } from "../model/data.ts";
import { fit } from "../process/fit.ts";
import type { MarginalLikelihood } from "../process/marginalLikelihood.ts";
import { createLabelLikelihood } from "./labelLikelihood.ts";
import { labelModel, lengthscaleFloors } from "./labelModel.ts";
import { type LatentProcess, latentProcess } from "./latentProcess.ts";
import { tellingLabels } from "./tellingLabels.ts";

/** What is kept from ask to ask, as plain data. `hyperparameters` are logarithms; `fitted` counts the labels of the last fit. */
export type ClassifierState = { hyperparameters: readonly number[] | null; fitted: number };
export const newClassifierState = (): ClassifierState => ({ hyperparameters: null, fitted: 0 });

/** Memory that is used again, and the last posterior with what it was computed from. None of it changes what an ask gives. */
export type ClassifierCache = { likelihood: MarginalLikelihood | null; latent: LatentProcess | null; settled: string };
export const newClassifierCache = (): ClassifierCache => ({ likelihood: null, latent: null, settled: "" });

/** The values of `data` are labels, 1 or -1. `extra`: rows that will be imagined. */
export type Classifying = { readonly features: Features; readonly data: Data; readonly extra: number };

/** null where no matrix can be factorised. */
export function classify(
  { features, data: all, extra }: Classifying,
  state: ClassifierState,
  cache: ClassifierCache,
): LatentProcess | null {
  const n = all.y.length;
  const model = labelModel(features, lengthscaleFloors(features, all));
  if (state.hyperparameters === null || n - state.fitted >= Math.max(1, Math.floor(n / refitFraction))) {
    state.hyperparameters = fitLabels(model, tellingLabels(all, fittedLabels), state, cache) ?? state.hyperparameters;
    state.fitted = n;
  }
  if (state.hyperparameters === null) return null;
  const data = tellingLabels(all, mostLabels);
  const rows = data.y.length + extra;
  const settled = JSON.stringify([state.hyperparameters, [...data.y], [...data.x]]);
  if (cache.latent === null || settled !== cache.settled || cache.latent.process.size.rows < rows) {
    const known = cache.latent?.process ?? null;
    const room = known !== null && known.size.rows >= rows ? rows : rows + roomToGrow;
    cache.latent = latentProcess({ kernel: model.kernel, data, u: Float64Array.from(state.hyperparameters) }, room, known);
    cache.settled = settled;
  }
  return cache.latent;
}

/** From where the last fit ended, from the standard start, and as if labels were mostly chance. null where no fit succeeds. */
function fitLabels(model: Model, data: Data, { hyperparameters }: ClassifierState, cache: ClassifierCache): readonly number[] | null {
  const rows = data.y.length;
  if (cache.likelihood === null || cache.likelihood.rows < rows)
    cache.likelihood = createLabelLikelihood(model, data, Math.min(fittedLabels, Math.max(32, 2 * rows)));
  else cache.likelihood.take(data);
  const standard = Float64Array.from(hyperparametersOf(model), ({ start }) => log(start));
  const chance = standard.slice();
  chance[chance.length - 1] = log(chanceNoise);
  const last = hyperparameters === null ? [] : [Float64Array.from(hyperparameters)];
  const best = fit(model, cache.likelihood, [...last, standard, chance], { maxEvaluations: fitEvaluations })[0];
  return best === undefined ? null : [...best.u];
}

/** Up to 60 labels the model is fitted again at every ask, then every n / 30 asks. */
const refitFraction = 30;
const fitEvaluations = 25;
/** Labels that hyperparameters are fitted to, and that the posterior takes. */
const [fittedLabels, mostLabels] = [128, 256];
const chanceNoise = 0.5;
const roomToGrow = 32;
