/**
 * When the optimiser fits its model again, and when it compares other ones (model/choice.ts says how): a fit takes a known number of
 * evaluations from where the last one ended, and with many values most asks need none.
 */
import { derive } from "@caviar-hpo/core";
import { bestChoice } from "../model/choice.ts";
import type { Fitted } from "../process/fit.ts";
import type { ChoiceState } from "./choiceState.ts";
import type { LikelihoodCache } from "./likelihoods.ts";
import { firstChoice, isAllowed } from "./modelChoice.ts";
import { createScorer, type FitPace, type Scoring } from "./score.ts";
import { fitRows, tellingRows } from "./tellingRows.ts";

/**
 * Fits when there are enough new values; compares choices every few fits. Returns the evaluations of the marginal likelihood that it took.
 */
export function choose(scoring: Scoring, state: ChoiceState, cache: LikelihoodCache): number {
  const { data, allowed, key, pace = usualPace } = scoring;
  const n = data.y.length;
  const known = state.choice !== null && isAllowed(state.choice, allowed) ? state.choice : null;
  if (known !== null && n - state.fitted < Math.max(1, Math.floor(n / pace.refits))) return 0;
  const comparing = known === null || n - state.compared >= Math.max(3, Math.floor(n / pace.comparisons));
  const scorer = createScorer({ ...scoring, data: tellingRows(data, pace.rows), key: derive(key, "fit") }, state, cache);

  let best = scorer.score(known ?? firstChoice(allowed));
  if (comparing) {
    const { families, warps, noises, inputs } = allowed;
    const aspects = [
      (choice: typeof best.choice) => warps.map((warp) => ({ ...choice, warp })),
      (choice: typeof best.choice) => families.map((family) => ({ ...choice, family })),
      (choice: typeof best.choice) => noises.map((noise) => ({ ...choice, noise })),
      (choice: typeof best.choice) => inputs.map((input) => ({ ...choice, input })),
    ];
    best = scorer.deepen(bestChoice({ first: best, aspects, score: scorer.score, margin }));
    state.compared = n;
  }
  state.fitted = n;
  state.choice = best.choice;
  state.modes = distinctModes(best.fits);
  state.jitters = state.modes.map(() => 0);
  return scorer.evaluations();
}

/** Hyperparameters that are nearly as probable as the best and not the same. */
function distinctModes(fits: readonly Fitted[]): readonly (readonly number[])[] {
  const modes: Float64Array[] = [];
  for (const { u, value } of fits) {
    const twin = modes.some((mode) => mode.every((one, p) => Math.abs(one - u[p]!) < sameMode));
    if (!twin && value > fits[0]!.value - nearlyAsProbable) modes.push(u);
  }
  return modes.map((mode) => [...mode]);
}

/** The model is fitted again at every ask up to 60 values, then every n / 30 asks. */
const usualPace: FitPace = { rows: fitRows, refits: 30, comparisons: 10 };
/** In nats: what an alternative must gain, and what a mode may lack. */
const margin = 1;
const nearlyAsProbable = 2;
/** Modes are the same where all logarithms are this close. */
const sameMode = 0.3;
