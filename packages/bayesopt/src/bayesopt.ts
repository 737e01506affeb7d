/**
 * Bayesian optimisation with Gaussian processes. An ask fits a model of the values when enough has come since the last fit, imagines the values of the
 * trials that still run, and suggests the point of the greatest acquisition. What it decided on the way is written into the trial's note.
 *
 * | decision            | by                                                                                                  |
 * |---------------------|-----------------------------------------------------------------------------------------------------|
 * | kernel, warp, noise | the evidence, one at a time, against a margin (surrogate/choice.ts)                                 |
 * | modes               | the acquisition is averaged over hyperparameters that are nearly as probable as the best            |
 * | exploration         | when values stop improving, every third ask takes the lower confidence bound, ever wider (Srinivas et al., ICML 2010) |
 * | region              | above 20 parameters: a box around the best point (progress.ts)                                      |
 * | fallback            | Sobol points while there is nothing to fit, or where no matrix can be factorised                    |
 */
import {
  type Config,
  type Context,
  decode,
  derive,
  encode,
  historyCache,
  type Json,
  type Key,
  type Prediction,
  readOptions,
  type Sampler,
  type Suggestion,
  stream,
  type TrialId,
} from "@caviar/core";
import { sobol } from "@caviar/samplers";
import { type Features, featuresOf } from "./features.ts";
import { type BayesoptOptions, bayesoptOptions } from "./options.ts";
import { explorationBeta, follow, newProgress, type Progress } from "./progress.ts";
import { type AcquisitionName, incumbentOf, landscapeOf, noisyRows } from "./search/acquire.ts";
import { boxAround, unitCube } from "./search/candidates.ts";
import { everyConfig, keyOfConfig } from "./search/distinct.ts";
import { maximise, rank } from "./search/maximise.ts";
import { drawnJointly, sampleBest } from "./search/thompson.ts";
import { type Choices, families, newChoiceState, noises, warps } from "./surrogate/choice.ts";
import { fitSurrogate, meansAt, newSurrogateCache, predictAt, type Surrogate, type SurrogateState } from "./surrogate/surrogate.ts";
import { readTrials, type Started, type Trials } from "./trials.ts";

/** `index` counts suggestions; `started` are those that are not in the history yet; `lost` failed with their worker. */
export type BayesoptState = SurrogateState & {
  readonly key: Key;
  index: number;
  started: readonly Started[];
  lost: readonly TrialId[];
  readonly progress: Progress;
};

/** A sampler for one objective, with any constraints, on any space. @throws ConfigError for a bad option. */
export function bayesoptSampler(given: BayesoptOptions = {}): Sampler<BayesoptState> {
  const options = readOptions<BayesoptOptions>("bayesopt", bayesoptOptions, given);
  const choices = choicesOf(options);
  const acquisition = options.acquisition as AcquisitionName;

  const surrogateOf = (context: Context, trials: Trials, state: SurrogateState, key: Key): Surrogate | null => {
    if (trials.observed.length === 0) return null;
    const { space, constraints } = context.problem;
    const cache = historyCache(context.history, "bayesopt", newSurrogateCache);
    const extra = trials.pending.length + (acquisition === "logNoisyEI" ? noisyRows : acquisition === "thompson" ? drawnJointly : 0);
    return fitSurrogate(featuresOf(space), trials, constraints.length, choices, state, extra, key, cache);
  };
  /** The model of this moment; the state stays as it is. */
  const peek = (state: BayesoptState, context: Context): Surrogate | null => {
    const { objective, feasibility } = JSON.parse(JSON.stringify(state)) as SurrogateState;
    const rungs = [...new Set(context.history.trials.flatMap(({ curve }) => curve.map(({ fidelity }) => fidelity)))].sort((a, b) => a - b);
    const trials = readTrials(context, rungs, context.problem.space.dims + 1, state.started, state.lost);
    return surrogateOf(context, trials, { objective, feasibility }, derive(state.key, "peek"));
  };

  return {
    name: "bayesopt",
    version: 1,
    can: { conditional: true, objectives: 1, constraints: true, external: true },
    init: (_problem, key) => ({
      key,
      index: 0,
      started: [],
      lost: [],
      objective: newChoiceState(),
      feasibility: {},
      progress: newProgress(),
    }),
    suggest: (state, context, _slot, rungs, trial) => {
      const { problem, history } = context;
      const { space } = problem;
      const features = featuresOf(space);
      const index = state.index;
      const key = derive(state.key, "ask", index);
      state.index += 1;
      state.started = state.started.filter((one) => one.trial >= history.trials.length);
      const trials = readTrials(context, rungs, space.dims + 1, state.started, state.lost);
      const taken = new Set([...history.trials, ...state.started].map(({ config }) => keyOfConfig(space, config)));
      const start = (config: Config, note: { readonly [name: string]: Json }, prediction?: Prediction): Suggestion => {
        state.started = [...state.started, { trial, config }];
        return { config, note, ...(prediction && { prediction }) };
      };

      const initial = options.initial > 0 ? options.initial : Math.max(5, Math.min(20, 2 * space.dims));
      const begun = history.trials.length + state.started.length;
      const surrogate = begun < initial ? null : surrogateOf(context, trials, state, key);
      if (surrogate === null) {
        const config = designed(
          space.dims,
          index,
          (unit) => decode(space, unit),
          (one) => taken.has(keyOfConfig(space, one)),
          state.key,
        );
        if (config !== null) return start(config, { decided: begun < initial ? "initial design" : "fallback" });
      }

      const found = surrogate === null ? null : suggestBy(surrogate, trials, state, index, key);
      const fresh = found?.ranked.find(({ unit }) => mayRepeat(state) || !taken.has(keyOfConfig(space, decode(space, unit))));
      if (surrogate !== null && found !== null && fresh !== undefined)
        return start(decode(space, fresh.unit), { ...found.note, utility: fresh.value }, predictAt(surrogate, [fresh.unit]));

      const left = everyConfig(space, enumerable)?.filter((config) => !taken.has(keyOfConfig(space, config)));
      if (left?.length === 0) return "exhausted";
      const source = stream(derive(key, "untried"));
      const untried = left?.map((config) => encode(space, config)) ?? Array.from({ length: 64 }, () => anywhere(features, source));
      const best = found === null ? untried[0]! : rank(found.landscape, untried)[0]!.unit;
      return start(decode(space, best), { ...found?.note, decided: "untried" });
    },
    observe: (state, _context, report) => {
      if (report.kind === "failed" && report.reason === "lost") state.lost = [...state.lost, report.trial];
    },
    predict: (state, context, configs) => {
      const surrogate = peek(state, context);
      if (surrogate === null) return { mean: configs.map(() => 0), sd: configs.map(() => Number.MAX_VALUE) };
      return predictAt(
        surrogate,
        configs.map((config) => encode(context.problem.space, config)),
      );
    },
    recommend: (state, context) => {
      const surrogate = peek(state, context);
      if (surrogate === null) return null;
      const values =
        surrogate.state.choice!.noise === "learned" || surrogate.standardised.variance !== null
          ? meansAt(surrogate, surrogate.x).mean
          : surrogate.standardised.z;
      let best = -1;
      values.forEach((value, row) => {
        if (surrogate.feasible[row]! && (best < 0 || value < values[best]!)) best = row;
      });
      return best < 0 ? null : decode(context.problem.space, surrogate.units[best]!);
    },
  };

  /** Where the acquisition is greatest, best first, and what was decided. */
  function suggestBy(surrogate: Surrogate, trials: Trials, state: BayesoptState, index: number, key: Key) {
    const { features, standardised, ensemble, feasible } = surrogate;
    const d = features.axes.length;
    follow(
      state.progress,
      Float64Array.from(trials.observed, ({ value }) => value),
      standardised.z,
      feasible,
      d,
    );
    const beta = explorationBeta(state.progress, d, index);
    const { processes, logLengthscales } = ensemble;
    const landscape = landscapeOf(surrogate, beta, trials.pending, acquisition, key);
    const elite = Array.from(standardised.z.keys())
      .sort((a, b) => Number(feasible[b]) - Number(feasible[a]) || standardised.z[a]! - standardised.z[b]! || a - b)
      .slice(0, Math.max(3, Math.ceil(0.05 * standardised.z.length)))
      .map((row) => surrogate.units[row]!);
    const regional = d > regionAbove && beta === 0 && trials.observed.length > 0;
    const box = regional ? boxAround(elite[0]!, logLengthscales, state.progress.side) : unitCube(d);
    const exact = standardised.z.length < exactRows || trials.pending.length > 0 || surrogate.conditions.length > 0;
    const ranked =
      acquisition === "thompson"
        ? sampleBest(features, processes[0]!, box, elite, logLengthscales, key)
        : maximise(features, landscape, box, elite, logLengthscales, options.askEffort, exact, derive(key, "search"));
    const { family, warp, noise } = state.objective.choice!;
    const note = {
      decided: beta > 0 ? "exploration" : regional ? "region" : "model",
      kernel: family,
      warp,
      noise,
      modes: processes.length,
      incumbent: incumbentOf(surrogate),
      ...(beta > 0 && { beta }),
      ...(regional && { side: state.progress.side }),
      ...(processes[0]!.jitter > 0 && { jitter: processes[0]!.jitter }),
      ...(trials.pending.length > 0 && { pending: trials.pending.length }),
      ...(surrogate.conditions.length > 0 && { conditions: surrogate.conditions.length }),
      evidence: surrogate.evaluations,
      effort: landscape.evaluations(),
    };
    return { ranked, landscape, note };
  }
}

function mayRepeat(state: BayesoptState): boolean {
  return state.objective.choice?.noise === "learned";
}

/** The first of the next points of the initial design that has not been tried. */
function designed(
  d: number,
  index: number,
  at: (unit: Float64Array) => Config,
  isTaken: (config: Config) => boolean,
  key: Key,
): Config | null {
  const sequence = d === 0 ? null : sobol(d, derive(key, "initial"));
  for (let skip = 0; skip < 64; skip += 1) {
    const config = at(sequence === null ? new Float64Array(0) : sequence.at(index + skip));
    if (!isTaken(config)) return config;
  }
  return null;
}

function anywhere(features: Features, source: ReturnType<typeof stream>): Float64Array {
  return features.canonical(Float64Array.from(features.axes, () => source.uniform()));
}

function choicesOf({ kernel, warp, noise }: Required<BayesoptOptions>): Choices {
  const only = <T extends string>(all: readonly T[], name: string): readonly T[] =>
    name === "auto" ? all : all.filter((one) => one === name);
  return { families: only(families, kernel), warps: only(warps, warp), noises: only(noises, noise) };
}

/** Finite spaces of up to so many configurations are listed when sampling finds nothing new. */
const enumerable = 100_000;
const regionAbove = 20;
/** Below, every candidate's variance is computed. */
const exactRows = 128;
