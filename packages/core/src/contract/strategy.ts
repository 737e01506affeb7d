/**
 * The contract. Everything is ask and tell over plain data: a strategy's state is JSON owned by its study, which updates it in
 * place; `parse(stringify(state))` at any moment has the same future.
 */

import type { Key } from "../random/key.ts";
import type { Config } from "../space/param.ts";
import type { TrialId } from "./ids.ts";
import type { Json } from "./json.ts";
import type { Pending } from "./pending.ts";
import type { Problem } from "./problem.ts";
import type { History, Job, Remark, Report } from "./trial.ts";

/** What a strategy wants done. `milestones` are fidelities below `until` at which it wants to decide; `until` itself is always one. */
export type Proposal = Remark & { readonly milestones?: readonly number[] } & (
    | { readonly kind: "start"; readonly config: Config; readonly until: number } // until is 1 where fidelity is null
    | { readonly kind: "resume"; readonly trial: TrialId; readonly until: number } // promotion
    | { readonly kind: "clone"; readonly parent: TrialId; readonly at: number; readonly config: Config; readonly until: number } // a checkpoint, a new configuration
  );

/**
 * `stop` and `pause` take effect at once: later reports of that job are inert. `discard`: the trial's checkpoints may go once no running
 * job starts from them, and no later one may; a failed trial stays failed.
 */
export type Directive =
  | { readonly kind: "stop" | "pause"; readonly job: Job["id"] }
  | { readonly kind: "discard"; readonly trial: TrialId };
/** more: ask again at any time, never without a proposal; wait: ask after a running job reported, or when more may start; done: final. */
export type Then = "more" | "wait" | "done";
export type Answer = { readonly proposals: readonly Proposal[]; readonly directives: readonly Directive[]; readonly then: Then };

export type Capabilities = {
  /**
   * Whether it optimises the points of one ask jointly. Others propose in one ask what they would propose in as many asks for one point.
   */
  readonly batch: boolean;
  readonly fidelity: boolean;
  readonly conditional: boolean;
  readonly objectives: number;
  readonly constraints: boolean;
  /** Accepts points it did not propose. */
  readonly external: boolean;
  /**
   * Whether it continues trials that it has when no new one may start, and heeds `Context.starts`. Others are asked for no more than may
   * start.
   */
  readonly resumes?: boolean;
  /** Whether its points depend on `Context.trials`. The study shows the number only to such strategies, and logs it. */
  readonly plans?: boolean;
};

/** What a strategy is shown. The study has converted all values so that less is better: every objective of `problem` is to be minimised. */
export type Context = {
  readonly problem: Problem;
  readonly history: History;
  /** Enqueued configurations, oldest first. The next starts take them, so a strategy need not spend its own points on them. */
  readonly queue: readonly Config[];
  /** Configurations that have no final result yet: running, proposed earlier in the same ask, queued. */
  readonly pending: Pending;
  /** How many proposals may begin a new trial (`start` and `clone`). Absent where it is no less than what is wanted. */
  readonly starts?: number;
  /** How many trials the history will have when the budget is spent, observed ones included. Absent where the caller gave no budget. */
  readonly trials?: number;
  /**
   * Only with `starts` 0: no new trial will come, so do not wait for one. Continue the trials that exist as if there would never be others,
   * but be ready for others all the same.
   */
  readonly finish?: true;
};

/** A model's view of some configurations, by the first objective: a mean and a standard deviation for each configuration. */
export type Prediction = { readonly mean: readonly number[]; readonly sd: readonly number[] };

/** The fewest trials with which a strategy is more than a search at random, or a part of a design. */
export type LeastTrials = {
  readonly trials: number;
  /** Whether observed trials count. */
  readonly observed: boolean;
  /** What happens with fewer: the rest of a sentence after "because". */
  readonly because: string;
  /** One or more whole sentences. */
  readonly remedy: string;
};

export type Strategy<S extends Json = Json> = {
  readonly name: string;
  readonly version: number;
  readonly can: Capabilities;
  init(problem: Problem, key: Key): S;
  ask(state: S, context: Context, want: number, nextTrial: TrialId): Answer;
  tell(state: S, context: Context, report: Report): readonly Directive[];
  /** Absent where every budget serves. */
  leastTrials?(problem: Problem): LeastTrials;
  predict?(state: S, context: Context, configs: readonly Config[]): Prediction;
  /** Noisy problems: not simply the best value seen. */
  recommend?(state: S, context: Context): Config | null;
};
