/**
 * What a trial costs: a Gaussian process on the logarithm of the seconds that trials took (J. Snoek, H. Larochelle, R. P. Adams, NeurIPS
 * 2012, section 3.2). Failed trials cost too, so they count with the seconds until they failed. Trials without costs say nothing.
 */
import { encode, type Key, type TrialId } from "@caviar-hpo/core";
import type { Context } from "@caviar-hpo/core/contract";
import { exp, log } from "@caviar-hpo/numerics";
import { coordinatesOf, type Features, featuresOf } from "../features.ts";
import type { Process } from "../process/process.ts";
import type { Trials } from "../trials.ts";
import { outputWarps } from "../warp/outputWarps.ts";
import type { ChoiceState } from "./choiceState.ts";
import { choose } from "./choose.ts";
import { type OutcomeCache, settleModes } from "./processPool.ts";
import { warpValues } from "./warpedValues.ts";

/** `failed`: the seconds of failed trials. */
export type CostState = { readonly choice: ChoiceState; failed: readonly (readonly [trial: TrialId, seconds: number])[] };

/** ln seconds = `base` + `unit` times what the process predicts. */
export type CostModel = { readonly process: Process; readonly base: number; readonly unit: number };

export type CostFit = { readonly context: Context; readonly trials: Trials; readonly key: Key };

/** null while fewer than three trials have costs, and where no matrix can be factorised. */
export function costModelOf({ context, trials, key }: CostFit, state: CostState, cache: OutcomeCache): CostModel | null {
  const { problem, history } = context;
  const features: Features = featuresOf(problem.space);
  const paid = [
    ...trials.observed.map(({ trial, unit, costSeconds }) => ({ trial, unit, seconds: costSeconds })),
    ...state.failed.map(([trial, seconds]) => ({ trial, unit: encode(problem.space, history.trials[trial]!.config), seconds })),
  ].filter(({ seconds }) => seconds > 0);
  if (paid.length < fewest) return null;
  paid.sort((a, b) => a.trial - b.trial);
  const x = coordinatesOf(
    features,
    paid.map(({ unit }) => unit),
  );
  const y = Float64Array.from(paid, ({ seconds }) => log(seconds));
  const data = { x, y, d: features.size, variance: null };
  choose({ features, data, allowed, key }, state.choice, cache.likelihoods);
  const identity = outputWarps(y, ["identity"])[0]!;
  const { z, mean, sd } = warpValues(identity, y, null);
  const ensemble = settleModes({ features, data: { ...data, y: z }, extra: 0 }, state.choice, cache);
  if (ensemble === null) return null;
  const base = identity.inverse(mean);
  return { process: ensemble.processes[0]!, base, unit: identity.inverse(mean + sd) - base };
}

const fewest = 3;
const allowed = { families: ["matern52"], warps: ["identity"], noises: ["learned"], inputs: ["none"] } as const;

/** The median cost at a point, in seconds. @param coordinates of one point. */
export function secondsAt({ process, base, unit }: CostModel, coordinates: Float64Array): number {
  const mean = new Float64Array(1);
  process.predict({ z: coordinates, m: 1 }, { mean });
  return exp(base + unit * mean[0]!);
}
