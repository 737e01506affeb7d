/**
 * Pending configurations: those that have been chosen and have no final result yet. A sampler that keeps its points apart reads them here,
 * and keeps no list of its own.
 */
import type { Config, Space } from "../space/param.ts";
import { completed, isComplete } from "../space/partial.ts";
import type { TrialId } from "./ids.ts";
import type { Context, Proposal } from "./strategy.ts";

/** `trial` is null for a configuration that is still in the queue: it has no trial yet. */
export type PendingConfig = { readonly config: Config; readonly trial: TrialId | null };

/**
 * A live view of the pending configurations: first the running jobs, oldest first; then the proposals made earlier in the same ask; then
 * the rest of the queue, without configurations that leave out parameters. Reading it costs time in proportion to what is read. Holding it
 * costs nothing.
 */
export type Pending = Iterable<PendingConfig> & {
  /** The number of pending configurations. */
  readonly size: number;
  /**
   * The view that also has `proposals` of the same ask. It follows the list when it grows. `nextTrial` is the id of the first trial that
   * starts in this ask, as `Strategy.ask` gets it. Strategies that are not composed use this to see their own proposals.
   */
  after(proposals: readonly Proposal[], nextTrial: TrialId): Pending;
};

/**
 * Where the configurations are: lists that change while the view is held. `configOf` is the configuration of a trial that a proposal
 * resumes.
 */
export type PendingSources = {
  readonly space: Space;
  readonly running: { readonly size: number; values(): Iterable<{ readonly trial: TrialId; readonly config: Config }> };
  readonly queue: readonly Config[];
  configOf(trial: TrialId): Config;
};

export function pendingIn(sources: PendingSources): Pending {
  return viewOf(sources, [], 0);
}

/** Pending configurations that are not in the history yet: those of trials that start in the same ask, and those in the queue. */
export function unseenIn({ history, pending }: Context): readonly Config[] {
  const known = history.trials.length;
  return [...pending].filter(({ trial }) => trial === null || trial >= known).map(({ config }) => config);
}

function viewOf(sources: PendingSources, proposals: readonly Proposal[], nextTrial: number): Pending {
  const known = (taken: number): readonly Config[] => sources.queue.slice(taken).filter((queued) => isComplete(sources.space, queued));
  return {
    get size() {
      const starts = proposals.filter(({ kind }) => kind === "start").length;
      return sources.running.size + proposals.length + known(starts).length;
    },
    after: (later, first) => viewOf(sources, later, first),
    *[Symbol.iterator]() {
      for (const { trial, config } of sources.running.values()) yield { trial, config };
      let taken = 0;
      let trial = nextTrial;
      for (const proposal of proposals) {
        if (proposal.kind === "resume") {
          yield { trial: proposal.trial, config: sources.configOf(proposal.trial) };
          continue;
        }
        // A start takes the oldest configuration of the queue, where there is one, and completes it as the study will.
        const queued = proposal.kind === "start" ? sources.queue[taken] : undefined;
        if (queued !== undefined) taken++;
        yield {
          trial: trial as TrialId,
          config: queued === undefined ? proposal.config : completed(sources.space, queued, proposal.config),
        };
        trial++;
      }
      for (const config of known(taken)) yield { trial: null, config };
    },
  };
}
