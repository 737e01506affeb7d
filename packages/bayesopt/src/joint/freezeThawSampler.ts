/**
 * The sampler of freeze-thaw optimisation (Swersky, Snoek and Adams 2014): one Gaussian process over configuration and fidelity. It suggests
 * the point with the greatest expected improvement at the highest fidelity. It prefers a paused trial if its expected improvement is
 * greater for each unit of resource that is missing until the trial is trained to the end.
 */
import { bestTrials, decodeNear, derive, encode, type Sampler, type SamplerCard, type TrialId } from "@caviar-hpo/core";
import {
  type Context,
  completed,
  historyCache,
  type OptionSpec,
  type OptionSpecs,
  type PausedTrial,
  samplerCard,
} from "@caviar-hpo/core/contract";
import { log } from "@caviar-hpo/numerics";
import { bayesoptSampler } from "../bayesopt.ts";
import { type BayesoptOptions, bayesoptOptions } from "../options.ts";
import { landscapeOf } from "../search/acquire.ts";
import { type BayesoptSettings, settingsOf } from "../settings.ts";
import { type BayesoptState, newBayesoptState } from "../state.ts";
import { type Asking, beginAsk } from "../suggest/asking.ts";
import type { Note, ProposedPoint } from "../suggest/proposal.ts";
import { suggest } from "../suggest/suggest.ts";
import { predictAt } from "../surrogate/predictAt.ts";
import { newProblemModelCache, type ProblemModel, type ProblemModelState } from "../surrogate/problemModel.ts";
import { fitJointModel } from "./fitJointModel.ts";
import { readCurves } from "./readCurves.ts";

export type FreezeThawSamplerOptions = Pick<BayesoptOptions, "initial" | "askEffort" | "kernel" | "warp" | "noise">;

export const freezeThawSamplerOptions: OptionSpecs & Record<keyof FreezeThawSamplerOptions, OptionSpec> = {
  initial: bayesoptOptions.initial,
  askEffort: bayesoptOptions.askEffort,
  kernel: bayesoptOptions.kernel,
  warp: bayesoptOptions.warp,
  noise: bayesoptOptions.noise,
};

/** `next` is the point that no paused trial was preferred to. */
export type FreezeThawSamplerState = BayesoptState & { next: { readonly unit: readonly number[]; readonly note: Note } | null };

export function freezeThawSampler(given: FreezeThawSamplerOptions = {}): Sampler<FreezeThawSamplerState> {
  const settings = settingsOf(given);
  const plain = bayesoptSampler(given) as unknown as Sampler<FreezeThawSamplerState>;
  return {
    ...plain,
    predict: (state, context, configs) => {
      const model = peekJoint(settings, state, context);
      if (model === null) return { mean: configs.map(() => 0), sd: configs.map(() => Number.MAX_VALUE) };
      return predictAt(
        model,
        configs.map((config) => encode(context.problem.space, config)),
      );
    },
    recommend: (_state, context) => {
      const best = bestTrials(context.problem, context.history)[0];
      if (best === undefined) return null;
      return best.config;
    },
    name: "freezeThaw",
    version: 1,
    init: (_problem, key) => ({ ...newBayesoptState(key), next: null }),
    prefer: (state, context, paused, rungs) => {
      const asking = jointAsk(settings, context, state, rungs);
      let model: ProblemModel | null = null;
      const fit = asking.fit;
      const proposal = suggest({ ...asking, fit: (one) => (model = fit(one)) }, null);
      if (typeof proposal === "string") return null;
      const preferred = model === null ? null : preferredOf(asking, model, proposal, paused);
      state.next = preferred === null ? { unit: [...proposal.unit], note: proposal.note } : null;
      return preferred;
    },
    suggest: (state, context, { rungs, given }) => {
      const { space } = context.problem;
      const next = state.next;
      state.next = null;
      if (next !== null && given === undefined) return { config: decodeNear(space, Float64Array.from(next.unit)), note: next.note };
      const proposal = suggest(jointAsk(settings, context, state, rungs), given ?? null);
      if (typeof proposal === "string") return proposal;
      const near = decodeNear(space, proposal.unit);
      return { config: given === undefined ? near : completed(space, given, near), note: proposal.note };
    },
  };
}

/** The model of this moment for those who only look: the state stays as it is. */
function peekJoint(settings: BayesoptSettings, state: FreezeThawSamplerState, context: Context): ProblemModel | null {
  const fidelities = new Set(context.history.trials.flatMap(({ curve }) => curve.map(({ fidelity }) => fidelity)));
  const rungs = [...fidelities].sort((a, b) => a - b);
  const trials = readCurves(context, { rungs, lost: state.lost });
  const { objective, feasibility, fidelity } = JSON.parse(JSON.stringify(state)) as ProblemModelState;
  const moment = { settings, context, trials, key: derive(state.key, "peek") };
  return fitJointModel(moment, { objective, feasibility, fidelity }, newProblemModelCache());
}

function jointAsk(settings: BayesoptSettings, context: Context, state: FreezeThawSamplerState, rungs: readonly number[]): Asking {
  const trials = readCurves(context, { rungs, lost: state.lost });
  return {
    ...beginAsk(settings, context, state, rungs),
    trials,
    fit: ({ key }) =>
      fitJointModel({ settings, context, trials, key }, state, historyCache(context.history, "freezeThaw", newProblemModelCache)),
  };
}

function preferredOf(asking: Asking, model: ProblemModel, { note }: ProposedPoint, paused: readonly PausedTrial[]): TrialId | null {
  const { context, settings, trials, key } = asking;
  const { problem, history } = context;
  const utility = note.utility;
  if (typeof utility !== "number" || note.decided === "exploration") return null;
  const max = problem.fidelity?.max ?? 1;
  const landscape = landscapeOf(model, { acquisition: settings.acquisition, exploring: 0, pending: trials.pending, key });
  const d = model.features.axes.length;
  const points = new Float64Array(paused.length * d);
  paused.forEach(({ trial }, index) => points.set(encode(problem.space, history.trials[trial]!.config), index * d));
  const values = new Float64Array(paused.length);
  landscape.evaluate(points, paused.length, values, null);
  let best = utility - log(max);
  let preferred: TrialId | null = null;
  paused.forEach(({ trial }, index) => {
    const done = problem.resumable ? (history.trials[trial]!.curve.at(-1)?.fidelity ?? 0) : 0;
    const rate = values[index]! - log(max - done);
    if (rate > best) [best, preferred] = [rate, trial];
  });
  return preferred;
}

export const freezeThawSamplerCard: SamplerCard = samplerCard({
  name: "freezeThaw",
  doc: "One Gaussian process over configuration and fidelity.",
  options: freezeThawSamplerOptions,
  adaptive: true,
  dependsOn: "order",
  cheap: { initial: 2, askEffort: 64, kernel: "matern52", warp: "identity" },
  sampler: freezeThawSampler,
});
