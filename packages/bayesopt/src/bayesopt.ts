/**
 * Bayesian optimisation with Gaussian processes. An ask fits a model of the values when enough has come since the last fit, imagines the values of the
 * trials that still run, and suggests the point of the greatest acquisition. What it decided on the way is written into the trial's note.
 *
 * | decision            | by                                                                                                  |
 * |---------------------|-----------------------------------------------------------------------------------------------------|
 * | kernel, warp, noise | the evidence, one at a time, against a margin (surrogate/choice.ts)                                 |
 * | modes               | the acquisition is averaged over hyperparameters that are nearly as probable as the best            |
 * | exploration         | when values stop improving, every third ask takes the lower confidence bound, ever wider (Srinivas et al., ICML 2010) |
 * | region              | above 20 parameters, and every third ask when values stop improving: a box around the best point (progress.ts) |
 * | fallback            | Sobol points while there is nothing to fit, or where no matrix can be factorised                    |
 */
import {
  bestTrials,
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
  type SamplerCard,
  type Suggestion,
  samplerCard,
  stream,
  type TrialId,
} from "@caviar-hpo/core";
import { featuresOf } from "./features.ts";
import { inputs } from "./kernels/families.ts";
import { type BayesoptOptions, bayesoptOptions } from "./options.ts";
import { follow, newProgress, type Progress, purposeOf } from "./progress.ts";
import { type AcquisitionName, incumbentOf, landscapeOf, noisyRows } from "./search/acquire.ts";
import { boxAround, candidates, unitCube } from "./search/candidates.ts";
import { everyConfig, keyOfConfig } from "./search/distinct.ts";
import type { Landscape } from "./search/landscape.ts";
import { type Found, maximise, rank } from "./search/maximise.ts";
import { drawnJointly, sampleBest } from "./search/thompson.ts";
import { designed, isDiscrete, some, triedConfigs, untriedPoints } from "./search/untried.ts";
import { allWarps, type Choice, type Choices, families, newChoiceState, noises, warps } from "./surrogate/choice.ts";
import {
  fitSurrogate,
  newSurrogateCache,
  predictAt,
  type Surrogate,
  type SurrogateCache,
  type SurrogateState,
} from "./surrogate/surrogate.ts";
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

  const surrogateOf = (
    { problem: { space, constraints } }: Context,
    trials: Trials,
    state: SurrogateState,
    key: Key,
    cache: SurrogateCache,
  ): Surrogate | null => {
    if (trials.observed.length === 0) return null;
    const extra = trials.pending.length + (acquisition === "logNoisyEI" ? noisyRows : acquisition === "thompson" ? drawnJointly : 0);
    return fitSurrogate(featuresOf(space), trials, constraints.length, choices, state, extra, key, cache);
  };
  /** The model of this moment, apart from those of asks; the state stays as it is. */
  const peek = (state: BayesoptState, context: Context, trials: Trials): Surrogate | null => {
    const { objective, feasibility, fidelity } = JSON.parse(JSON.stringify(state)) as SurrogateState;
    return surrogateOf(context, trials, { objective, feasibility, fidelity }, derive(state.key, "peek"), newSurrogateCache());
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
      fidelity: null,
      progress: newProgress(),
    }),
    suggest: (state, context, _slot, rungs, trial) => {
      const { problem, history, queue } = context;
      const { space } = problem;
      const index = state.index;
      const key = derive(state.key, "ask", index);
      state.index += 1;
      state.started = state.started.filter((one) => one.trial >= history.trials.length);
      const trials = readTrials(context, rungs, space.dims + 1, state.started, state.lost);
      const tried = triedConfigs(context, state.started, state.lost);
      const isTried = (unit: Float64Array): boolean => tried.has(keyOfConfig(space, decode(space, unit)));
      const start = (unit: Float64Array, note: { readonly [name: string]: Json }, prediction?: Prediction): Suggestion => {
        const config = decode(space, unit);
        state.started = [...state.started, { trial, config }];
        return { config, note, ...(prediction && { prediction }) };
      };

      const initial = options.initial > 0 ? options.initial : Math.max(5, Math.min(20, 2 * space.dims));
      const begun = history.trials.length + queue.length + state.started.length;
      const listed = everyConfig(space, options.askEffort)?.map((config) => encode(space, config)) ?? null;
      const untried = listed?.filter((unit) => !isTried(unit)) ?? null;
      const over = untried?.length === 0;

      const cache = historyCache(history, "bayesopt", newSurrogateCache);
      const surrogate = begun < initial && !over ? null : surrogateOf(context, trials, state, key, cache);
      const noisy = surrogate?.noisy ?? false;
      // A point that still runs may be lost, and is then to be tried again.
      const end = trials.pending.length > 0 ? "wait" : "exhausted";
      if (over && !noisy) return end;

      if (surrogate === null) {
        const unit = designed(space, index, isTried, state.key) ?? untriedPoints(space, tried, options.askEffort, key)[0];
        return unit === undefined
          ? end
          : start(unit, { decided: trials.observed.length === 0 || begun < initial ? "initial design" : "fallback" });
      }
      const { ranked, judge, note } = suggestBy(surrogate, trials, state, index, key, over ? listed : untried);
      const mayRepeat = over || (noisy && !isDiscrete(space));
      const fresh = ranked.find(({ unit }) => mayRepeat || !isTried(unit));
      if (fresh !== undefined)
        return start(
          fresh.unit,
          { ...note, ...(over && { decided: "replicate" }), utility: jsonOf(fresh.value) },
          predictAt(surrogate, [fresh.unit]),
        );

      const left = judge(untriedPoints(space, tried, options.askEffort, key))[0];
      if (left !== undefined)
        return start(left.unit, { ...note, decided: "untried", utility: jsonOf(left.value) }, predictAt(surrogate, [left.unit]));
      const again = ranked[0];
      return noisy && again !== undefined ? start(again.unit, { ...note, decided: "replicate" }, predictAt(surrogate, [again.unit])) : end;
    },
    tell: (state, _context, report) => {
      if (report.kind === "failed" && report.reason === "lost") state.lost = [...state.lost, report.trial];
    },
    predict: (state, context, configs) => {
      const { problem, history } = context;
      const known = historyCache(history, "bayesopt predictions", (): { version: number; surrogate: Surrogate | null } => ({
        version: -1,
        surrogate: null,
      }));
      if (known.version !== history.version) {
        const rungs = new Set(history.trials.flatMap(({ curve }) => curve.map(({ fidelity }) => fidelity)));
        const ascending = [...rungs].sort((a, b) => a - b);
        known.surrogate = peek(state, context, readTrials(context, ascending, problem.space.dims + 1, state.started, state.lost));
        known.version = history.version;
      }
      if (known.surrogate === null) return { mean: configs.map(() => 0), sd: configs.map(() => Number.MAX_VALUE) };
      return predictAt(
        known.surrogate,
        configs.map((config) => encode(problem.space, config)),
      );
    },
    recommend: (state, context) => {
      const best = bestTrials(context.problem, context.history)[0];
      if (best === undefined) return null;
      const trials = readTrials(context, [best.curve.at(-1)!.fidelity], 1, state.started, state.lost);
      const surrogate = peek(state, context, trials);
      if (surrogate === null || !surrogate.noisy) return best.config;
      const { standing, feasible } = surrogate;
      const rows = trials.observed.map((_, row) => row).filter((row) => feasible[row]!);
      const least = rows.reduce((top, row) => (standing[row]! < standing[top]! ? row : top));
      return context.history.trials[trials.observed[least]!.trial]!.config;
    },
  };

  /** Where the acquisition is greatest, best first, and what was decided. `listed`: the only points to choose from, where there are few. */
  function suggestBy(
    surrogate: Surrogate,
    trials: Trials,
    state: BayesoptState,
    index: number,
    key: Key,
    listed: readonly Float64Array[] | null,
  ) {
    const { features, standardised, standing, ensemble, feasible, conditions, units } = surrogate;
    const d = features.axes.length;
    follow(
      state.progress,
      Float64Array.from(trials.observed, ({ value }) => value),
      standardised.z,
      feasible,
      d,
    );
    const purpose = purposeOf(state.progress, d, index);
    const beta = purpose.kind === "exploration" ? purpose.beta : 0;
    const { processes, logLengthscales } = ensemble;
    const imagining = (): Landscape => landscapeOf(surrogate, beta, trials.pending, acquisition, key);
    const landscape = imagining();
    const elite = Array.from(standing.keys())
      .sort((a, b) => Number(feasible[b]) - Number(feasible[a]) || standing[a]! - standing[b]! || a - b)
      .slice(0, Math.max(3, Math.ceil(0.05 * standing.length)))
      .map((row) => units[row]!);
    const regional = purpose.kind === "region" && listed === null;
    const box = regional ? boxAround(features, elite[0]!, logLengthscales, state.progress.side) : unitCube(d);
    const search = (): readonly Found[] => {
      if (acquisition === "thompson") {
        const points = listed ?? rowsOf(candidates(features, drawnJointly, box, elite, logLengthscales, derive(key, "candidates")), d);
        return sampleBest(features, processes[0]!, conditions, some(points, drawnJointly, stream(derive(key, "drawn"))), key);
      }
      if (listed !== null) return rank(landscape, listed);
      return maximise(features, landscape, box, elite, logLengthscales, options.askEffort, units.length < exactRows, derive(key, "search"));
    };
    const ranked = search();
    const { family, warp, noise, input } = state.objective.choice!;
    const note = {
      decided: beta > 0 ? "exploration" : regional ? "region" : "model",
      kernel: family,
      warp,
      noise,
      ...(input !== "none" && { input }),
      modes: processes.length,
      incumbent: incumbentOf(surrogate),
      ...(beta > 0 && { beta }),
      ...(regional && { side: state.progress.side }),
      ...(processes[0]!.jitter > 0 && { jitter: processes[0]!.jitter }),
      ...(trials.pending.length > 0 && { pending: trials.pending.length }),
      ...(conditions.length > 0 && { conditions: conditions.length }),
      evidence: surrogate.evaluations,
      effort: landscape.evaluations(),
    };
    // Anew, because Thompson sampling has taken candidates into the processes.
    return { ranked, judge: (points: readonly Float64Array[]) => rank(imagining(), points), note };
  }
}

function rowsOf(points: Float64Array, d: number): readonly Float64Array[] {
  return Array.from({ length: points.length / d }, (_, row) => points.slice(row * d, (row + 1) * d));
}

function choicesOf({ kernel, warp, noise, inputWarp }: Required<BayesoptOptions>): Choices {
  const only = <T extends string>(auto: readonly T[], name: string, all: readonly T[] = auto): readonly T[] =>
    name === "auto" ? auto : all.filter((one) => one === name);
  return {
    families: only(families, kernel),
    warps: only<Choice["warp"]>(warps, warp, allWarps),
    noises: only(noises, noise),
    inputs: only(inputs, inputWarp),
  };
}

/** JSON has no infinities. */
function jsonOf(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Below, every candidate's variance is computed. */
const exactRows = 32;

export const bayesoptCard: SamplerCard = samplerCard({
  name: "bayesopt",
  doc: "Gaussian-process Bayesian optimisation.",
  options: bayesoptOptions,
  adaptive: true,
  dependsOn: "order",
  cheap: { initial: 2, askEffort: 64, kernel: "matern52", warp: "identity" },
  sampler: bayesoptSampler,
});
