/**
 * The sampler of freeze-thaw optimisation (Swersky, Snoek and Adams 2014): one Gaussian process over configuration and fidelity.
 *
 * - It suggests the point with the greatest expected improvement at the highest fidelity.
 * - To a scheduler that asks, it names the paused trial with the greatest expected improvement for each unit of resource that is missing
 *   until the trial is trained to the end. It names none if a new point has more.
 */
import {
  bestTrials,
  type Config,
  decodeNear,
  derive,
  encode,
  type Problem,
  type Sampler,
  type SamplerCard,
  type TrialId,
  trialId,
} from "@caviar-hpo/core";
import {
  type Context,
  completed,
  historyCache,
  type OptionSpec,
  type OptionSpecs,
  type PausedTrial,
  readOptions,
  samplerCard,
} from "@caviar-hpo/core/contract";
import { log } from "@caviar-hpo/numerics";
import { bayesoptSampler } from "../bayesopt.ts";
import { type BayesoptOptions, bayesoptOptions } from "../options.ts";
import { landscapeOf } from "../search/acquire.ts";
import { rank } from "../search/maximise.ts";
import { type BayesoptSettings, settingsOf } from "../settings.ts";
import { type BayesoptState, newBayesoptState } from "../state.ts";
import { type Asking, beginAsk } from "../suggest/asking.ts";
import type { Note } from "../suggest/proposal.ts";
import { suggest } from "../suggest/suggest.ts";
import { weighed, weightsOf } from "../suggest/weighed.ts";
import { predictLatest } from "../surrogate/predictAt.ts";
import { newProblemModelCache, type ProblemModel, type ProblemModelState } from "../surrogate/problemModel.ts";
import { fitJointModel } from "./fitJointModel.ts";
import { type Curves, readCurves } from "./readCurves.ts";

export type FreezeThawSamplerOptions = Pick<BayesoptOptions, "initial" | "kernel" | "warp" | "noise" | "beliefStrength"> & {
  /**
   * About how many evaluations of the acquisition function one suggestion may use. A whole number from 64 to 10000000, both included; 500
   * by default.
   */
  readonly askEffort?: number;
};

export const freezeThawSamplerOptions: OptionSpecs & Record<keyof FreezeThawSamplerOptions, OptionSpec> = {
  initial: bayesoptOptions.initial,
  // Most new trials train only to the first rung, so their points need less search than those of trials that train to the end.
  askEffort: { ...bayesoptOptions.askEffort, default: 500 },
  kernel: bayesoptOptions.kernel,
  warp: bayesoptOptions.warp,
  noise: bayesoptOptions.noise,
  beliefStrength: bayesoptOptions.beliefStrength,
};

/** `next` is the point that beat all paused trials, until it is suggested. */
export type FreezeThawSamplerState = BayesoptState & { next: NextPoint | null };
type NextPoint = { readonly unit: readonly number[]; readonly note: Note };

/**
 * Makes a sampler for one objective, with any constraints, on any space.
 *
 * @throws ConfigError for an unknown option or a value out of range.
 */
export function freezeThawSampler(given: FreezeThawSamplerOptions = {}): Sampler<FreezeThawSamplerState> {
  const options = readOptions("freezeThaw", freezeThawSamplerOptions, given);
  const settings = settingsOf(options);
  const { can, leastTrials, tell, observe } = bayesoptSampler(options);
  return {
    name: "freezeThaw",
    version: 1,
    can,
    init: (_problem, key) => ({ ...newBayesoptState(key, settings), next: null }),
    leastTrials: leastTrials!,
    suggest: (state, context, { rungs, given: open }) => {
      const { space } = context.problem;
      const suggested = open === undefined ? state.next : null;
      state.next = null;
      const point = suggested ?? suggest(jointAsk(settings, context, state, rungs), open ?? null);
      if (typeof point === "string") return point;
      const near = decodeNear(space, Float64Array.from(point.unit));
      return { config: open === undefined ? near : completed(space, open, near), note: point.note };
    },
    prefer: (state, context, paused, rungs) => {
      const asking = jointAsk(settings, context, state, rungs);
      let model: ProblemModel | null = null;
      const point = suggest({ ...asking, fit: (one) => (model = asking.fit(one)) }, null);
      state.next = null;
      if (typeof point === "string") return null;
      const { unit, note } = point;
      // A point of the initial design has no utility, and an exploring one is tried whatever it seems to be worth.
      const isCompared = model !== null && typeof note.utility === "number" && note.decided !== "exploration";
      const preferred = isCompared ? mostPromising(asking, model!, { paused, utility: note.utility as number, rungs }) : null;
      if (preferred === null) state.next = { unit: [...unit], note };
      return preferred;
    },
    tell,
    observe: observe!,
    predict: (state, context, configs) => predictLatest(context, "freezeThaw", configs, () => peek(settings, state, context).model),
    recommend: (state, context) => recommend(settings, state, context),
  };
}

/** The card of the sampler; `composeCards` puts it under the scheduler of freeze-thaw optimisation. */
export const freezeThawSamplerCard: SamplerCard = samplerCard({
  name: "freezeThaw",
  doc: "One Gaussian process over configuration and fidelity.",
  options: freezeThawSamplerOptions,
  adaptive: true,
  dependsOn: "order",
  cheap: { initial: 2, askEffort: 64, kernel: "matern52", warp: "identity" },
  sampler: freezeThawSampler,
});

function jointAsk(settings: BayesoptSettings, context: Context, state: FreezeThawSamplerState, rungs: readonly number[]): Asking {
  const trials = readCurves(context, rungs, state.lost);
  return {
    ...beginAsk(settings, context, state, { rungs, trial: trialId(context.history.trials.length) }),
    trials,
    // New trials are cheap, and ranks have their share: the joint model needs no cautious companion.
    cautious: false,
    // The gain of a paused trial is not that of a new point.
    foresees: false,
    fit: ({ key }) =>
      fitJointModel({ settings, context, trials, key }, state, historyCache(context.history, "freezeThaw", newProblemModelCache)),
  };
}

/** What `mostPromising` compares: the paused trials, and a new point with this utility, ln of its expected improvement. */
type Rivals = { readonly paused: readonly PausedTrial[]; readonly utility: number; readonly rungs: readonly number[] };

/**
 * The paused trial with the greatest expected improvement for each unit of resource that is missing until the highest fidelity. null if the
 * new point has more.
 */
function mostPromising(asking: Asking, model: ProblemModel, { paused, utility, rungs }: Rivals): TrialId | null {
  const { context, settings, trials, key } = asking;
  const { problem, history } = context;
  const units = paused.map(({ trial }) => encode(problem.space, history.trials[trial]!.config));
  const acquiring = { acquisition: settings.acquisition, exploring: 0, pending: trials.pending, key };
  const landscape = weighed(landscapeOf(model, acquiring), asking, weightsOf(asking));
  const worth = new Map(rank(landscape, units).map(({ unit, value }) => [unit, value]));
  let best = utility - log(missingFrom(problem, rungs, rungs[0]!));
  let preferred: TrialId | null = null;
  paused.forEach(({ trial, until }, index) => {
    const rate = worth.get(units[index]!)! - log(missingFrom(problem, rungs, until));
    if (rate > best) {
      best = rate;
      preferred = trial;
    }
  });
  return preferred;
}

/** The resource of a training to the end whose next rung is `until`. Without checkpoints, each rung begins again. */
function missingFrom({ resumable }: Problem, rungs: readonly number[], until: number): number {
  const ahead = rungs.filter((rung) => rung >= until);
  const reached = rungs.filter((rung) => rung < until).at(-1) ?? 0;
  return resumable ? rungs.at(-1)! - reached : ahead.reduce((sum, rung) => sum + rung, 0);
}

/** The model of this moment for those who only look: the state stays as it is. */
function peek(
  settings: BayesoptSettings,
  state: FreezeThawSamplerState,
  context: Context,
): { readonly trials: Curves; readonly model: ProblemModel | null } {
  const fidelities = new Set(context.history.trials.flatMap(({ curve }) => curve.map(({ fidelity }) => fidelity)));
  const trials = readCurves(
    context,
    [...fidelities].sort((a, b) => a - b),
    state.lost,
  );
  const { objective, cautious, feasibility, fidelity } = JSON.parse(JSON.stringify(state)) as ProblemModelState;
  const moment = { settings, context, trials, key: derive(state.key, "peek") };
  return { trials, model: fitJointModel(moment, { objective, cautious, feasibility, fidelity }, newProblemModelCache()) };
}

/** The best trial; with noise the one of the least posterior mean among those measured at the best trial's fidelity. */
function recommend(settings: BayesoptSettings, state: FreezeThawSamplerState, context: Context): Config | null {
  const best = bestTrials(context.problem, context.history)[0];
  if (best === undefined) return null;
  const { trials, model } = peek(settings, state, context);
  if (model === null || !model.noisy) return best.config;
  const fidelity = best.curve.at(-1)!.fidelity;
  const isRival = (row: number): boolean =>
    trials.reached[row] === fidelity && trials.observed[row]!.constraints.every((value) => value <= 0);
  const rows = trials.observed.map((_, row) => row).filter(isRival);
  if (rows.length === 0) return best.config;
  const least = rows.reduce((top, row) => (model.standing[row]! < model.standing[top]! ? row : top));
  return context.history.trials[trials.observed[least]!.trial]!.config;
}
