/**
 * The scores by which choices of a model compare: the greatest posterior density of the hyperparameters, as a density of the values before
 * their warp, less what the choice itself costs. Hyperparameters start where the last fit of the same choice ended.
 */
import { type Key, stream } from "@caviar-hpo/core";
import { log } from "@caviar-hpo/numerics";
import type { Features } from "../features.ts";
import { learnedNoise } from "../kernels/families.ts";
import type { Scored } from "../model/choice.ts";
import { type Data, hyperparametersOf, type Model } from "../model/data.ts";
import { type Fitted, fit } from "../process/fit.ts";
import { outputWarps } from "../warp/outputWarps.ts";
import type { ChoiceState } from "./choiceState.ts";
import { type LikelihoodCache, likelihoodOf, type ModelLikelihood } from "./likelihoods.ts";
import { kindOf, type ModelChoice, type ModelChoices, nameOf } from "./modelChoice.ts";
import { type WarpedValues, warpValues } from "./warpedValues.ts";

export type Scorer = {
  /** Fits each choice once, from where its last fit ended. */
  score(choice: ModelChoice): Scored<ModelChoice>;
  /** Fits from the standard start as well, and from a random one: this finds other modes, and a way out of a poor one. */
  deepen(scored: Scored<ModelChoice>): Scored<ModelChoice>;
  /** Of the marginal likelihood, so far. */
  evaluations(): number;
};

/** `data`: values before the warp. `pace`: `usualPace` by default. */
export type Scoring = {
  readonly features: Features;
  readonly data: Data;
  readonly allowed: ModelChoices;
  readonly key: Key;
  readonly pace?: FitPace;
};

/**
 * What fits may cost. A model is fitted to at most `rows` of n values. It is fitted again when n / `refits` values are new, and compared
 * with others when n / `comparisons` are new.
 */
export type FitPace = { readonly rows: number; readonly refits: number; readonly comparisons: number };

export function createScorer({ features, data, allowed, key }: Scoring, state: ChoiceState, cache: LikelihoodCache): Scorer {
  const source = stream(key);
  const shapes = warpedBy(allowed.warps, data);
  const seen = new Map<string, Scored<ModelChoice>>();
  const effort = { maxEvaluations: fitEvaluations, ...(data.y.length > few && { valueTolerance: littleGain }) };
  let evaluations = 0;

  const modelled = (choice: ModelChoice): ModelLikelihood => {
    const { z, variance } = shapes.get(choice.warp)!;
    return likelihoodOf(features, choice, { ...data, y: z, variance }, cache);
  };
  const fitFrom = ({ model, density }: ModelLikelihood, starts: readonly Float64Array[]): readonly Fitted[] => {
    const fits = fit(model, density, starts, effort);
    evaluations += fits.reduce((sum, one) => sum + one.evaluations, 0);
    return fits;
  };
  return {
    score: (choice) => {
      const before = seen.get(nameOf(choice));
      if (before !== undefined) return before;
      const likelihood = modelled(choice);
      const fits = fitFrom(likelihood, [warmStart(state, choice, likelihood.model)]);
      if (fits.length > 0) state.warm[nameOf(choice)] = [...fits[0]!.u];
      const scored = { choice, fits, score: scoreOf(choice, fits, shapes.get(choice.warp)!) };
      seen.set(nameOf(choice), scored);
      return scored;
    },
    deepen: ({ choice, fits, score }) => {
      const likelihood = modelled(choice);
      const standard = standardStart(likelihood.model);
      const more = fitFrom(likelihood, [standard, standard.map((u) => u + source.normal())]);
      const all = [...fits, ...more].sort((a, b) => b.value - a.value);
      if (all.length > 0) state.warm[nameOf(choice)] = [...all[0]!.u];
      return { choice, fits: all, score };
    },
    evaluations: () => evaluations,
  };
}

function warpedBy(names: readonly string[], { y, variance }: Data): ReadonlyMap<string, WarpedValues> {
  const warps = outputWarps(y, names);
  return new Map(warps.map((warp) => [warp.name, warpValues(warp, y, variance)]));
}

function standardStart(model: Model): Float64Array {
  return Float64Array.from(hyperparametersOf(model), ({ start }) => log(start));
}

/** Where the last fit of this choice ended, or of the same kernel with another warp, or the standard start. */
function warmStart({ warm }: ChoiceState, choice: ModelChoice, model: Model): Float64Array {
  const standard = standardStart(model);
  const sibling = Object.entries(warm).find(([name, u]) => name.startsWith(`${kindOf(choice)} `) && u.length === standard.length)?.[1];
  const last = warm[nameOf(choice)] ?? sibling;
  return last === undefined ? standard : Float64Array.from(last);
}

function scoreOf(choice: ModelChoice, [best]: readonly Fitted[], { logJacobian }: WarpedValues): number {
  if (best === undefined) return -Infinity;
  return best.value + logJacobian - costOfWarp(choice) - costOfNoise(choice.noise, best.u);
}

/** A nat for each number of a warp that the values themselves have set: with few values a warp that bends is chosen too easily. */
function costOfWarp({ warp }: ModelChoice): number {
  if (warp === "identity") return 0;
  return warp === "yeoJohnson" ? 2 : 1;
}

/**
 * What a learned noise costs, so that models with and without it can be compared. The prior density of the noise itself has a factor that
 * rewards small noise. So the cost has the density of the noise's logarithm instead, and the factor by which the values narrow it
 * (Laplace's approximation, about e).
 */
export function costOfNoise(noise: ModelChoice["noise"], u: Float64Array): number {
  if (noise === "none") return 0;
  const at = u[u.length - 1]!;
  const off = at - noiseCentre;
  return learnedNoise.prior.logDensity(at) + 0.5 * off * off + 1;
}

/** ln of the median of the noise's prior, of which ln has deviation 1. */
const noiseCentre = -4;
const fitEvaluations = 25;
/**
 * With more values than `few`, a fit also ends when an iteration gains a thousandth of the value. The next fit continues where this one
 * ends.
 */
const few = 60;
const littleGain = 1e-3;
