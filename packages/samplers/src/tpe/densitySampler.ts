/**
 * What the samplers with a density model have in common. Every trial has a stream of its own. Points of the same ask, queued points
 * and running trials are pending. They count as bad (Optuna's constant liar), so that workers keep apart. No configuration is tried twice
 * while others are left, random ones included.
 */
import {
  type Config,
  decodeNear,
  derive,
  type Json,
  type Key,
  type Problem,
  type Sampler,
  type Stream,
  stream,
  type Trial,
  type TrialId,
} from "@caviar-hpo/core";
import {
  beliefOf,
  type Context,
  drawConfig,
  drawUntried,
  historyCache,
  type LeastTrials,
  type Tried,
  triedIn,
  unseenIn,
} from "@caviar-hpo/core/contract";
import { byAge, type Evidence, evidenceOf, outcomesOf } from "./evidence.ts";
import { type Group, groupsOf } from "./groups.ts";
import { type Known, type SplitConfigs, suggestFrom } from "./model.ts";
import type { Outcomes } from "./success.ts";

/** `lost` are trials that failed for a reason other than their configuration. */
export type DensityState = { readonly key: Key; lost: TrialId[] };

/**
 * Which trials are good and which are bad, in any order. `random` is the probability that a point is random even though there is a model.
 * `note` becomes part of the remark on a point.
 */
export type SplitTrials = {
  readonly good: readonly Trial[];
  readonly bad: readonly Trial[];
  readonly random: number;
  readonly note: { readonly [name: string]: Json };
};

export type DensityRules = {
  readonly name: string;
  /** Whether parameters that are active together share one model. */
  readonly multivariate: boolean;
  readonly candidates: number;
  readonly constantLiar: boolean;
  /** beta of `belief.ts`; 0 for no belief. */
  readonly beliefStrength: number;
  /** Null while there is too little evidence for a model. */
  choose(evidence: Evidence, problem: Problem, rungs: readonly number[]): SplitTrials | null;
  leastTrials(problem: Problem): LeastTrials;
};

export function densitySampler(rules: DensityRules): Sampler<DensityState> {
  return {
    name: rules.name,
    version: 3,
    can: { conditional: true, objectives: 1, constraints: true, external: true, beliefs: true },
    init: (_problem, key) => ({ key, lost: [] }),
    leastTrials: rules.leastTrials,
    suggest: (state, context, { rungs, trial, given }) => {
      const draws = { tried: triedIn(context, state.lost), source: stream(derive(state.key, trial)), given };
      return suggestBy(rules, derived(rules, state, context, rungs), context, draws);
    },
    tell: (state, _context, report) => {
      if (report.kind === "failed" && report.reason === "lost") state.lost.push(report.trial);
    },
    observe: (state, { history }, trial) => {
      if (history.trials[trial]!.failure?.reason === "lost") state.lost.push(trial);
    },
  };
}

type Suggested = { readonly config: Config; readonly note: { readonly [name: string]: Json } };

function suggestBy(
  rules: DensityRules,
  { groups, places, choice, split, outcomes }: Derived,
  context: Context,
  { tried, source, given }: DensityDraws,
): Suggested {
  const { space } = context.problem;
  const random = (): Config => drawUntried(tried, () => drawConfig(space, source), source);
  const density = rules.beliefStrength > 0 ? beliefOf(space) : null;
  if (choice === null) {
    if (density === null || source.uniform() < 0.5) return { config: random(), note: { by: "start" } };
    const believed = (): Config => decodeNear(space, density.draw(source));
    return { config: drawUntried(tried, believed, source), note: { by: "belief" } };
  }
  if (source.uniform() < choice.random) return { config: random(), note: { by: "random" } };
  const { good } = split;
  const bad = rules.constantLiar ? [...split.bad, ...unseenIn(context)] : split.bad;
  // Without those that are pending: all points of one ask have the same share.
  const n = choice.good.length + choice.bad.length;
  const belief = density && { density, share: rules.beliefStrength / (n + rules.beliefStrength) };
  const model = { space, groups, split: { good, bad }, outcomes, known: places, belief, ...(given && { given }) };
  return {
    config: suggestFrom(model, rules.candidates, tried, source),
    note: { by: "model", ...choice.note, good: good.length, bad: bad.length },
  };
}

/** `given` are values that the configuration will have. */
type DensityDraws = { readonly tried: Tried; readonly source: Stream; readonly given: Config | undefined };

/** What the sampler derives from the history. `groups` and `places` always stay valid, the other fields for one version of the history. */
type Derived = {
  readonly groups: readonly Group[];
  readonly places: Known;
  version: number;
  choice: SplitTrials | null;
  split: SplitConfigs;
  outcomes: Outcomes | null;
};

function derived(rules: DensityRules, state: DensityState, { problem, history }: Context, rungs: readonly number[]): Derived {
  const cache = historyCache<Derived>(history, "density sampler", () => ({
    groups: groupsOf(problem.space, rules.multivariate),
    places: new WeakMap(),
    version: -1,
    choice: null,
    split: { good: [], bad: [] },
    outcomes: null,
  }));
  if (cache.version === history.version) return cache;
  const evidence = evidenceOf(history, state.lost);
  cache.version = history.version;
  cache.outcomes = outcomesOf(evidence);
  cache.choice = rules.choose(evidence, problem, rungs);
  if (cache.choice === null) return cache;
  const { good, bad } = cache.choice;
  cache.split = { good: byAge(good), bad: byAge(rules.constantLiar ? [...bad, ...evidence.pending] : bad) };
  return cache;
}
