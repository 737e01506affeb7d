/**
 * Composition: a scheduler decides how far trials train, and a sampler decides which points they have. `compose` joins the two, for example
 * to Hyperband over random points, BOHB = hyperband x TPE, or plain random search = complete x random.
 */

import { derive } from "../random/key.ts";
import type { Config, Space } from "../space/param.ts";
import { completed, isComplete } from "../space/partial.ts";
import { feasibleSetOf } from "../space/where/sets.ts";
import { breach } from "../study/guard.ts";
import { show } from "../text/show.ts";
import type { TrialId } from "./ids.ts";
import { trialId } from "./ids.ts";
import type { Json } from "./json.ts";
import type { Fidelity } from "./problem.ts";
import { sameJson } from "./sameJson.ts";
import type { Sampler, Suggestion } from "./sampler.ts";
import type { Move, PausedTrial, Scheduler, Slot } from "./scheduler.ts";
import type { Context, LeastTrials, Proposal, Strategy, Then } from "./strategy.ts";
import type { Remark } from "./trial.ts";

/**
 * The state of a composed strategy. `waiting` is a slot for which the sampler had no point yet. `phase` says whether the sampler is
 * exhausted, and then whether the strategy is done.
 */
export type Composed<A extends Json, B extends Json> = {
  scheduler: A;
  sampler: B;
  waiting: Slot | null;
  phase: "open" | "exhausted" | "done";
};

const evaluation: Fidelity = { unit: "evaluation", min: 1, max: 1, whole: true };

/**
 * Makes a strategy from a scheduler and a sampler. Its name is `scheduler+sampler`, or only `sampler` for the scheduler `complete`. Its
 * version changes with the version of each half.
 */
export function compose<A extends Json, B extends Json>(scheduler: Scheduler<A>, sampler: Sampler<B>): Strategy<Composed<A, B>> {
  const name = scheduler.name === complete.name ? sampler.name : `${scheduler.name}+${sampler.name}`;

  /** `trial` is the id that a start would have. `queued` is the place in the queue that it would take. */
  const next = (state: Composed<A, B>, context: Context, trial: TrialId, queued: number): Proposal | Exclude<Then, "more"> => {
    const enqueued = context.queue[queued];
    const open = enqueued !== undefined || state.phase === "open";
    const mayStart = queued < (context.starts ?? Infinity);
    if (!mayStart) state.waiting = null;
    const move = moveOf(state, context, open);
    if (move.kind === "wait" || move.kind === "done") return move.kind;
    const rungs = scheduler.rungs(state.scheduler);
    if (move.kind === "resume") return { ...move, milestones: below(rungs, move.until, reached(context, move.trial)) };
    // A slot has no effect until it is filled. The scheduler offers it again when trials may start.
    if (!mayStart) return "wait";
    if (!open) return breach(name, "no slot to fill without a configuration", "a slot");
    const { slot } = move;
    const { space } = context.problem;
    const asks = enqueued === undefined || (state.phase === "open" && !isComplete(space, enqueued));
    const place = { slot, rungs, trial, ...(enqueued && { given: enqueued }) };
    const suggested = asks ? sampler.suggest(state.sampler, context, place) : "exhausted";
    // A sampler without a point does not hold back an enqueued configuration.
    if (!isSuggestion(suggested)) breach(name, '{ config }, "wait" or "exhausted" from suggest', show(suggested));
    const suggestion = typeof suggested === "string" && enqueued !== undefined ? { config: enqueued } : suggested;
    state.waiting = suggestion === "wait" ? slot : null;
    if (suggestion === "wait") return "wait";
    if (suggestion === "exhausted") {
      state.phase = "exhausted";
      return next(state, context, trial, queued);
    }
    scheduler.filled(state.scheduler, slot, trial);
    return startOf(slot.until, below(rungs, slot.until, 0), legal(space, enqueued, suggestion));
  };

  /** To finish, the scheduler acts as if no configuration were left. It is done only if it would be done with configurations too. */
  const moveOf = (state: Composed<A, B>, context: Context, open: boolean): Move => {
    if (state.waiting !== null) return { kind: "fill", slot: state.waiting };
    const prefer =
      sampler.prefer &&
      ((paused: readonly PausedTrial[]) => sampler.prefer!(state.sampler, context, paused, scheduler.rungs(state.scheduler)));
    const move = scheduler.next(state.scheduler, context, open && context.finish !== true, prefer);
    return move.kind === "done" && open && context.finish === true ? scheduler.next(state.scheduler, context, open, prefer) : move;
  };

  return {
    name,
    version: scheduler.version * 1000 + sampler.version,
    can: { batch: false, fidelity: true, resumes: true, ...sampler.can },
    init: (problem, key) => ({
      scheduler: scheduler.init(problem.fidelity ?? evaluation, derive(key, "scheduler")),
      sampler: sampler.init(problem, derive(key, "sampler")),
      waiting: null,
      phase: "open",
    }),
    ask: (state, given, want, nextTrial) => {
      const proposals: Proposal[] = [];
      let context = given;
      let starts = 0;
      while (proposals.length < want && state.phase !== "done") {
        const proposal = next(state, context, trialId(nextTrial + starts), starts);
        if (proposal === "wait") return { proposals, directives: [], then: "wait" };
        if (proposal === "done") {
          state.phase = "done";
          break;
        }
        if (proposal.kind === "start") starts++;
        proposals.push(proposal);
        // Most asks want one proposal, and do not need a new view.
        if (proposals.length === 1 && want > 1) context = { ...given, pending: given.pending.after(proposals, nextTrial) };
      }
      return { proposals, directives: [], then: state.phase === "done" ? "done" : "more" };
    },
    tell: (state, context, report) => {
      sampler.tell(state.sampler, context, report);
      return scheduler.tell(state.scheduler, context, report);
    },
    leastTrials: (problem) => larger(scheduler.leastTrials?.(problem.fidelity ?? evaluation), sampler.leastTrials?.(problem)),
    ...learned<A, B>(sampler),
  };
}

/** What the sampler alone knows. */
function learned<A extends Json, B extends Json>(sampler: Sampler<B>): Partial<Strategy<Composed<A, B>>> {
  return {
    ...(sampler.observe && { observe: (state, context, trial) => sampler.observe!(state.sampler, context, trial) }),
    ...(sampler.outlooks && { outlooks: (state) => sampler.outlooks!(state.sampler) }),
    ...(sampler.predict && { predict: (state, context, configs) => sampler.predict!(state.sampler, context, configs) }),
    ...(sampler.recommend && { recommend: (state, context) => sampler.recommend!(state.sampler, context) }),
  };
}

/** The scheduler of plain search: every trial trains to the end at once. */
export const complete: Scheduler<{ readonly until: number }> = {
  name: "complete",
  version: 1,
  init: (fidelity) => ({ until: fidelity.max }),
  rungs: (state) => [state.until],
  next: (state, _context, open) =>
    open ? { kind: "fill", slot: { until: state.until, bracket: 0, rung: 0, below: [] } } : { kind: "done" },
  filled: () => {},
  tell: () => [],
};

/** A sampler may be somebody's program without types. */
function isSuggestion(suggested: Suggestion): boolean {
  if (typeof suggested === "string") return suggested === "wait" || suggested === "exhausted";
  return typeof suggested?.config === "object";
}

type Placed = { readonly config: Config } & Remark;

function startOf(until: number, milestones: readonly number[], placed: Placed): Proposal {
  // A literal of its own, because a spread takes several times as long.
  if (placed.prediction === undefined && placed.note === undefined) return { kind: "start", until, milestones, config: placed.config };
  return { kind: "start", until, milestones, ...placed };
}

/** The suggestion with a configuration that keeps the constraints between parameters, and the values of an enqueued one. */
function legal(space: Space, enqueued: Config | undefined, suggestion: Placed): Placed {
  // A sampler that knows nothing of constraints between parameters is served too.
  if (enqueued === undefined) {
    const repaired = feasibleSetOf(space)?.repair(suggestion.config);
    return repaired === undefined ? suggestion : { ...suggestion, config: repaired };
  }
  const config = completed(space, enqueued, suggestion.config);
  const { prediction, ...rest } = suggestion;
  // What was predicted holds only for the suggestion itself.
  return prediction !== undefined && sameJson(config, suggestion.config) ? { ...suggestion, config } : { ...rest, config };
}

function larger(a: LeastTrials | null = null, b: LeastTrials | null = null): LeastTrials | null {
  if (b === null) return a;
  return a !== null && a.trials > b.trials ? a : b;
}

function below(rungs: readonly number[], until: number, start: number): readonly number[] {
  return rungs.filter((rung) => rung > start && rung < until);
}

function reached(context: Context, trial: TrialId): number {
  return context.history.trials[trial]?.curve.at(-1)?.fidelity ?? 0;
}
