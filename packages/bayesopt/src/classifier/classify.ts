/**
 * A classifier of points by labels: fitted when enough new labels have come, and then a process whose posterior is that of the latent
 * value. The sites of expectation propagation are values with known noise: a site of a given precision and shift is a measurement of the
 * latent value with variance 1 / precision. So the process that regresses on values predicts here too, with its gradients.
 */
import { exp, log } from "@caviar-hpo/numerics";
import type { Features } from "../features.ts";
import { type Data, hyperparametersOf, type Model } from "../model/data.ts";
import { queries } from "../model/ensemble.ts";
import { fit } from "../process/fit.ts";
import type { MarginalLikelihood } from "../process/marginalLikelihood.ts";
import { createProcess, type Process } from "../process/process.ts";
import { addConstant, createLabelLikelihood } from "./labelLikelihood.ts";
import { labelModel, lengthscaleFloors } from "./labelModel.ts";
import { newSites, propagate, type Sites } from "./propagate.ts";
import { tellingLabels } from "./tellingLabels.ts";

/** What is kept from ask to ask, as plain data. `hyperparameters` are logarithms; `fitted` counts the labels of the last fit. */
export type ClassifierState = { hyperparameters: readonly number[] | null; fitted: number };
export const newClassifierState = (): ClassifierState => ({ hyperparameters: null, fitted: 0 });

/** Memory that is used again. None of it changes what an ask gives. */
export type ClassifierCache = { likelihood: MarginalLikelihood | null; process: Process | null; sites: Sites; settled: string };
export const newClassifierCache = (): ClassifierCache => ({ likelihood: null, process: null, sites: newSites(0), settled: "" });

/** The probability of the label -1 at a point is Phi(-mean / sqrt(variance + noise)), with mean and variance of the process. */
export type Classifier = { readonly process: Process; readonly noise: number };

/** The values of `data` are labels, 1 or -1. `extra`: rows that will be imagined. */
export type Classifying = { readonly features: Features; readonly data: Data; readonly extra: number };

/** null where no matrix can be factorised. */
export function classify({ features, data: all, extra }: Classifying, state: ClassifierState, cache: ClassifierCache): Classifier | null {
  const n = all.y.length;
  if (state.hyperparameters === null || n - state.fitted >= Math.max(1, Math.floor(n / refitFraction))) {
    const data = tellingLabels(all, fittedLabels);
    const model = labelModel(features, lengthscaleFloors(features, all));
    const best = fitLabels(model, data, state, cache);
    if (best !== null) state.hyperparameters = [...best];
    state.fitted = n;
  }
  if (state.hyperparameters === null) return null;
  const u = Float64Array.from(state.hyperparameters);
  const process = settleLabels(features, { data: tellingLabels(all, mostLabels), u, extra }, cache);
  return process === null ? null : { process, noise: exp(u.at(-1)!) };
}

/** From where the last fit ended, from the standard start, and as if labels were mostly chance. */
function fitLabels(model: Model, data: Data, { hyperparameters }: ClassifierState, cache: ClassifierCache): Float64Array | null {
  const rows = data.y.length;
  const known = cache.likelihood;
  if (known === null || known.rows < rows) cache.likelihood = createLabelLikelihood(model, data, Math.min(fittedLabels, Math.max(32, 2 * rows)));
  else known.take(data);
  const standard = Float64Array.from(hyperparametersOf(model), ({ start }) => log(start));
  const chance = standard.slice();
  chance[chance.length - 1] = log(chanceNoise);
  const starts = [...(hyperparameters === null ? [] : [Float64Array.from(hyperparameters)]), standard, chance];
  return fit(model, cache.likelihood!, starts, fitEvaluations)[0]?.u ?? null;
}

type Settling = { readonly data: Data; readonly u: Float64Array; readonly extra: number };

function settleLabels(features: Features, { data, u, extra }: Settling, cache: ClassifierCache): Process | null {
  const { x, y, d } = data;
  const n = y.length;
  const key = JSON.stringify([[...u], [...y], [...x]]);
  if (cache.process !== null && cache.settled === key && cache.process.size.rows >= n + extra) return cache.process;
  cache.settled = "";
  const { kernel } = labelModel(features, features.axes.map(() => 0));
  if (cache.process === null || cache.process.size.rows < n + extra)
    cache.process = createProcess({ kernel, noise: null }, { rows: n + extra + roomToGrow, queries, d });
  if (cache.sites.mean.length < n) cache.sites = newSites(n + roomToGrow);
  const { sites, process } = cache;
  const K = new Float64Array(n * n);
  const bound = kernel.bind(x, { n, m: 0, d }, new Float64Array(kernel.memory({ n, m: 0, d })));
  bound.set(u, n);
  bound.gram(K, n);
  addConstant(K, n);
  propagate({ K, labels: y, n, noise: exp(u.at(-1)!) }, sites);
  const variance = new Float64Array(n);
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    // A site that says next to nothing has next to no precision. The value keeps its weight in the mean, whatever the variance.
    variance[i] = Math.min(mostVariance, 1 / sites.precision[i]!);
    values[i] = sites.mean[i]! + variance[i]! * (sites.shift[i]! - sites.precision[i]! * sites.mean[i]!);
  }
  if (!process.settle({ x, y: values, d, variance }, u, 0)) return null;
  cache.settled = key;
  return process;
}

/** Up to 60 labels the model is fitted again at every ask, then every n / 30 asks. */
const refitFraction = 30;
const fitEvaluations = 25;
/** Labels that hyperparameters are fitted to, and that the posterior takes. */
const [fittedLabels, mostLabels] = [128, 256];
const chanceNoise = 0.5;
const mostVariance = 1e10;
const roomToGrow = 32;
