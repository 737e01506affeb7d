/** The model of a problem at one moment. */
import { derive, type Key } from "@caviar-hpo/core";
import type { Context } from "@caviar-hpo/core/contract";
import { featuresOf } from "../features.ts";
import { noisyRows } from "../search/acquire.ts";
import { drawnJointly } from "../search/thompson.ts";
import type { BayesoptSettings } from "../settings.ts";
import type { BayesoptState } from "../state.ts";
import {
  fitProblemModel,
  newProblemModelCache,
  type ProblemFit,
  type ProblemModel,
  type ProblemModelCache,
  type ProblemModelState,
} from "../surrogate/problemModel.ts";
import type { Trials } from "../trials.ts";
import { drawnForOutlook } from "./remaining.ts";

export type ModelMoment = {
  readonly settings: BayesoptSettings;
  readonly context: Context;
  readonly trials: Trials;
  readonly key: Key;
  readonly model: ProblemFit["model"];
};

/** null where nothing has been measured, or no matrix can be factorised. */
export function modelNow(moment: ModelMoment, state: ProblemModelState, cache: ProblemModelCache): ProblemModel | null {
  const { settings, context, trials, key, model } = moment;
  const { space, constraints } = context.problem;
  if (trials.observed.length === 0) return null;
  const drawn = settings.acquisition === "logNoisyEI" ? noisyRows : settings.acquisition === "thompson" ? drawnJointly : 0;
  const extra = trials.pending.length + Math.max(drawn, drawnForOutlook);
  const fit = { features: featuresOf(space), trials, constraints: constraints.length, allowed: settings.allowed, extra, key, model };
  return fitProblemModel(fit, state, cache);
}

/** The model of this moment for those who only look: the state stays as it is. */
export function peek(moment: Omit<ModelMoment, "key" | "model">, state: BayesoptState): ProblemModel | null {
  const { objective, cautious, feasibility, fidelity } = state;
  const copy = JSON.parse(JSON.stringify({ objective, cautious, feasibility, fidelity })) as ProblemModelState;
  return modelNow({ ...moment, key: derive(state.key, "peek"), model: "objective" }, copy, newProblemModelCache());
}
