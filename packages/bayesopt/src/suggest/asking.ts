/** What one suggestion starts from: the history as the optimiser sees it, and the randomness of this ask. */
import { decodeNear, derive, type Key, type TrialId } from "@caviar-hpo/core";
import { type Context, historyCache, type SlotToFill, type Tried, triedIn } from "@caviar-hpo/core/contract";
import type { BayesoptSettings } from "../settings.ts";
import type { BayesoptState } from "../state.ts";
import { newProblemModelCache, type ProblemModel } from "../surrogate/problemModel.ts";
import { readTrials, type Trials } from "../trials.ts";
import { isCautious } from "./caution.ts";
import { modelNow } from "./modelNow.ts";

export type Asking = {
  readonly settings: BayesoptSettings;
  readonly context: Context;
  readonly state: BayesoptState;
  /** The id of the trial that will have the point. */
  readonly trial: TrialId;
  /** The number of this suggestion, and what it draws from. */
  readonly index: number;
  readonly key: Key;
  readonly trials: Trials;
  readonly tried: Tried;
  /** Fits the model of this ask. The state keeps its hyperparameters. null where there is nothing to fit or no matrix can be factorised. */
  readonly fit: (asking: Asking) => ProblemModel | null;
  /** Whether the cautious model decides. */
  readonly cautious: boolean;
  /** Whether the note says what is still to be gained. A cautious model assumes too much to say. */
  readonly foresees: boolean;
};

/** Counts the suggestion. @param place what it is for. */
export function beginAsk(
  settings: BayesoptSettings,
  context: Context,
  state: BayesoptState,
  { rungs, trial }: Pick<SlotToFill, "rungs" | "trial">,
): Asking {
  const index = state.index;
  state.index++;
  const trials = readTrials(context, { rungs, enough: context.problem.space.dims + 1, lost: state.lost });
  const cautious = isCautious(context.problem.space, trials, index);
  return {
    settings,
    context,
    state,
    trial,
    index,
    key: derive(state.key, "ask", index),
    trials,
    tried: triedIn(context, state.lost),
    fit: modelOfAsk,
    cautious,
    foresees: !cautious,
  };
}

export function isTried({ context, tried }: Asking, unit: Float64Array): boolean {
  const { space } = context.problem;
  return tried.has(decodeNear(space, unit));
}

/** Of one fidelity. */
function modelOfAsk({ settings, context, state, trials, key, cautious }: Asking): ProblemModel | null {
  const model = cautious ? "cautious" : "objective";
  return modelNow({ settings, context, trials, key, model }, state, historyCache(context.history, "bayesopt", newProblemModelCache));
}
