/**
 * The contract. Everything is ask and tell over plain data. A strategy's state is JSON that its study owns, and the strategy changes it in
 * place. At any moment, `parse(stringify(state))` has the same future as the state.
 */

import type { Key } from "../random/key.ts";
import type { Config } from "../space/param.ts";
import type { TrialId } from "./ids.ts";
import type { Json } from "./json.ts";
import type { Pending } from "./pending.ts";
import type { Problem } from "./problem.ts";
import type { History, Job, Remark, Report } from "./trial.ts";

/**
 * What a strategy wants done. `milestones` are fidelities below `until` at which it wants to decide. `until` itself is always a milestone.
 */
export type Proposal = Remark & { readonly milestones?: readonly number[] } & (
    | { readonly kind: "start"; readonly config: Config; readonly until: number } // until is 1 where fidelity is null
    | { readonly kind: "resume"; readonly trial: TrialId; readonly until: number } // promotion
    | { readonly kind: "clone"; readonly parent: TrialId; readonly at: number; readonly config: Config; readonly until: number } // a checkpoint, a new configuration
  );

/**
 * What is to happen to other jobs. `stop` and `pause` take effect at once: later reports of that job change nothing. `discard`: the
 * checkpoints of the trial may be deleted once no running job starts from them, and no later job may start from them. A failed trial stays
 * failed.
 */
export type Directive =
  | { readonly kind: "stop" | "pause"; readonly job: Job["id"] }
  | { readonly kind: "discard"; readonly trial: TrialId };
/**
 * What to do after an ask. "more": ask again at any time; such an answer always has a proposal. "wait": ask after a running job has
 * reported, or when more trials may start. "done": the strategy is finished for good.
 */
export type Then = "more" | "wait" | "done";
/** A strategy's answer to an ask. */
export type Answer = { readonly proposals: readonly Proposal[]; readonly directives: readonly Directive[]; readonly then: Then };

/** What a strategy can do. */
export type Capabilities = {
  /** Whether it optimises the points of one ask jointly. If false, an ask for n jobs proposes what n asks for one job would propose. */
  readonly batch: boolean;
  /** Whether it takes problems with a fidelity. */
  readonly fidelity: boolean;
  /** Whether it takes conditional parameters. */
  readonly conditional: boolean;
  /** The largest number of objectives. */
  readonly objectives: number;
  /** Whether it takes constraints. */
  readonly constraints: boolean;
  /** Whether it accepts points that it did not propose. */
  readonly external: boolean;
  /**
   * Whether it still continues trials when no new trial may start, and respects `Context.starts`. Otherwise the study asks it for no more
   * jobs than trials may start.
   */
  readonly resumes?: boolean;
  /** Whether its points depend on `Context.trials`. The study shows the number only to such strategies, and logs it. */
  readonly plans?: boolean;
  /** Whether it uses the beliefs of a space. */
  readonly beliefs?: boolean;
  /** The options that it was given and that have no effect, because of other options. */
  readonly ignores?: readonly string[];
};

/** What a strategy sees. The study has converted all values so that less is better: every objective of `problem` is to be minimised. */
export type Context = {
  readonly problem: Problem;
  readonly history: History;
  /**
   * Enqueued configurations, oldest first. The next starts take them, so a strategy need not spend its own points on them. A configuration
   * may leave out parameters (`isComplete`). Then the start takes these from the proposal.
   */
  readonly queue: readonly Config[];
  /** Configurations that have no final result yet: running, proposed earlier in the same ask, queued. */
  readonly pending: Pending;
  /** How many proposals may begin a new trial (`start` and `clone`). Absent if all wanted proposals may. */
  readonly starts?: number;
  /** How many trials the history will have when the budget is spent, including observed ones. Absent if the caller gave no budget. */
  readonly trials?: number;
  /**
   * Only with `starts` 0: no new trial will come, so do not wait for one. Continue the existing trials as if there would never be new ones.
   * New ones may still come later.
   */
  readonly finish?: true;
};

/** The prediction of a model for some configurations, for the first objective: a mean and a standard deviation for each configuration. */
export type Prediction = { readonly mean: readonly number[]; readonly sd: readonly number[] };

/**
 * What a strategy's model expects of further trials, in the unit of the first objective. A gain is by how much the best value becomes
 * better; it is never negative.
 */
export type Outlook = {
  /** The trial that the ask was for. */
  readonly trial: TrialId;
  /** The expected gain of all further trials together. */
  readonly expected: number;
  /** A hundredth of the distance from the median value so far to the best, and the probability that they gain more than that. */
  readonly beyond: number;
  readonly probability: number;
  /** With this probability, they gain at most so much: ascending. */
  readonly quantiles: readonly (readonly [probability: number, gain: number])[];
  /** The greatest expected gain of one more trial. */
  readonly next: number;
  /** The greatest expected gain of one more trial per second of its expected cost. Absent if the strategy does not model costs. */
  readonly nextPerSecond?: number;
};

/** The smallest number of trials with which a strategy is more than a random search, or more than a part of a design. */
export type LeastTrials = {
  readonly trials: number;
  /** Whether observed trials count. */
  readonly observed: boolean;
  /** What happens with fewer trials, as the rest of a sentence after "because". */
  readonly because: string;
  /** One or more whole sentences. */
  readonly remedy: string;
};

/** Decides which trials start and how far they train. Its functions change the state in place. */
export type Strategy<S extends Json = Json> = {
  readonly name: string;
  readonly version: number;
  readonly can: Capabilities;
  init(problem: Problem, key: Key): S;
  ask(state: S, context: Context, want: number, nextTrial: TrialId): Answer;
  tell(state: S, context: Context, report: Report): readonly Directive[];
  /**
   * Notes that an observed trial is new in the history or has changed there. `tell` hears nothing of these trials. A strategy that reads
   * them in the history needs no such function.
   */
  observe?(state: S, context: Context, trial: TrialId): void;
  /** How many trials the strategy needs at least. Absent or null if every budget is enough. */
  leastTrials?(problem: Problem): LeastTrials | null;
  predict?(state: S, context: Context, configs: readonly Config[]): Prediction;
  /** The outlooks of the latest asks, oldest first. Absent if the strategy has no model that could say. */
  outlooks?(state: S): readonly Outlook[];
  /** The configuration that the strategy recommends. With noise, this need not be the best value seen. */
  recommend?(state: S, context: Context): Config | null;
};
