/** What counts besides the improvement: the beliefs of the space, and what a trial costs. */
import { decodeNear, derive, encode, stream } from "@caviar-hpo/core";
import { beliefOf, historyCache } from "@caviar-hpo/core/contract";
import { featuresOf } from "../features.ts";
import { believed, type FadingBelief } from "../search/believed.ts";
import type { AcquisitionLandscape } from "../search/landscape.ts";
import { type CostWeight, perCost } from "../search/perCost.ts";
import { costModelOf } from "../surrogate/costModel.ts";
import { newOutcomeCache } from "../surrogate/processPool.ts";
import type { Asking } from "./asking.ts";

/** null for what does not count. */
export type Weights = { readonly belief: FadingBelief | null; readonly cost: CostWeight | null };

/** Fits the model of the costs. */
export function weightsOf(asking: Asking): Weights {
  return { belief: fadingBelief(asking), cost: costNow(asking) };
}

/** The landscape itself if nothing but the improvement counts. */
export function weighed(landscape: AcquisitionLandscape, { context }: Asking, { belief, cost }: Weights): AcquisitionLandscape {
  const features = featuresOf(context.problem.space);
  return perCost(believed(landscape, features, belief), features, cost);
}

/** A few draws from the beliefs, around which the search looks too: a narrow belief may lie between all other candidates. */
export function believedUnits({ context, key }: Asking, { belief }: Weights): readonly Float64Array[] {
  if (belief === null) return [];
  const { space } = context.problem;
  const source = stream(derive(key, "believed"));
  return Array.from({ length: draws }, () => encode(space, decodeNear(space, belief.density.draw(source))));
}

const draws = 3;

function fadingBelief({ settings: { beliefStrength }, context, trials }: Asking): FadingBelief | null {
  const density = beliefStrength > 0 ? beliefOf(context.problem.space) : null;
  const known = trials.observed.length + trials.failed.length;
  return density && { density, power: beliefStrength / Math.max(1, known) };
}

function costNow({ settings: { costPower }, context, trials, state, key }: Asking): CostWeight | null {
  if (costPower === 0 || state.cost === null) return null;
  const cache = historyCache(context.history, "bayesopt cost", newOutcomeCache);
  const model = costModelOf({ context, trials, key: derive(key, "cost") }, state.cost, cache);
  return model && { model, power: costPower };
}
