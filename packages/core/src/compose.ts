/**
 * Composition: a scheduler says how far, a sampler says which point. Hyperband over random points, BOHB = hyperband x TPE and plain
 * random search = complete x random are all made here.
 */
import type { TrialId } from "./ids.ts";
import { trialId } from "./ids.ts";
import type { Json } from "./json.ts";
import { derive } from "./key.ts";
import type { Fidelity } from "./problem.ts";
import type { Sampler } from "./sampler.ts";
import type { Scheduler, Slot } from "./scheduler.ts";
import type { Context, Proposal, Strategy, Then } from "./strategy.ts";

/** `pending` is a slot that the scheduler handed out while the sampler had to wait. */
export type Composed<A extends Json, B extends Json> = { scheduler: A; sampler: B; pending: Slot | null; exhausted: boolean };

const evaluation: Fidelity = { unit: "evaluation", min: 1, max: 1, whole: true };

/** Named `sampler` or `scheduler+sampler`; its version moves with either half's. */
export function compose<A extends Json, B extends Json>(scheduler: Scheduler<A>, sampler: Sampler<B>): Strategy<Composed<A, B>> {
  const next = (state: Composed<A, B>, context: Context, nextTrial: TrialId): Slot | Proposal | Then => {
    if (state.exhausted) return "done";
    if (state.pending !== null) return state.pending;
    const move = scheduler.next(state.scheduler, context, nextTrial);
    if (move.kind === "wait" || move.kind === "done") return move.kind;
    return move.kind === "fill"
      ? move.slot
      : { ...move, milestones: below(scheduler.rungs(state.scheduler), move.until, reached(context, move.trial)) };
  };

  const fill = (state: Composed<A, B>, context: Context, slot: Slot, queued: number): Proposal | Then => {
    const rungs = scheduler.rungs(state.scheduler);
    const enqueued = context.queue[queued];
    const suggestion = enqueued === undefined ? sampler.suggest(state.sampler, context, slot, rungs) : { config: enqueued };
    state.pending = suggestion === "wait" ? slot : null;
    state.exhausted = suggestion === "exhausted";
    if (suggestion === "wait") return "wait";
    if (suggestion === "exhausted") return "done";
    return { kind: "start", until: slot.until, milestones: below(rungs, slot.until, 0), ...suggestion };
  };

  return {
    name: scheduler.name === complete.name ? sampler.name : `${scheduler.name}+${sampler.name}`,
    version: scheduler.version * 1000 + sampler.version,
    can: { batch: true, pending: true, fidelity: true, ...sampler.can },
    init: (problem, key) => ({
      scheduler: scheduler.init(problem.fidelity ?? evaluation, derive(key, "scheduler")),
      sampler: sampler.init(problem, derive(key, "sampler")),
      pending: null,
      exhausted: false,
    }),
    ask: (state, context, want, nextTrial) => {
      const proposals: Proposal[] = [];
      let starts = 0;
      while (proposals.length < want) {
        let move = next(state, context, trialId(nextTrial + starts));
        if (typeof move === "object" && !("kind" in move)) {
          move = fill(state, context, move, starts);
          if (typeof move === "object") starts += 1;
        }
        if (typeof move === "string") return { proposals, directives: [], then: move };
        proposals.push(move);
      }
      return { proposals, directives: [], then: "more" };
    },
    tell: (state, context, report) => {
      sampler.observe(state.sampler, context, report);
      return scheduler.hear(state.scheduler, context, report);
    },
  };
}

/** The scheduler of plain search: every trial is trained to the end at once. */
export const complete: Scheduler<{ readonly until: number }> = {
  name: "complete",
  version: 1,
  init: (fidelity) => ({ until: fidelity.max }),
  rungs: (state) => [state.until],
  next: (state) => ({ kind: "fill", slot: { until: state.until, bracket: 0, rung: 0, below: [] } }),
  hear: () => [],
};

function below(rungs: readonly number[], until: number, start: number): readonly number[] {
  return rungs.filter((rung) => rung > start && rung < until);
}

function reached(context: Context, trial: TrialId): number {
  return context.history.trials[trial]?.curve.at(-1)?.fidelity ?? 0;
}
