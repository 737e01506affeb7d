/** Samplers: the half of a strategy that decides which point a trial tries. */

import type { Key } from "../random/key.ts";
import type { Config } from "../space/param.ts";
import type { TrialId } from "./ids.ts";
import type { Json } from "./json.ts";
import type { Problem } from "./problem.ts";
import type { PausedTrial, Slot } from "./scheduler.ts";
import type { Capabilities, Context, LeastTrials, Outlook, Prediction } from "./strategy.ts";
import type { Remark, Report } from "./trial.ts";

/** A configuration; or "wait" until a running job has reported; or "exhausted", which is final. */
export type Suggestion = ({ readonly config: Config } & Remark) | "wait" | "exhausted";

/**
 * What the point is for: the slot, the fidelities at which the scheduler decides (ascending), and the id of the trial that will have the
 * point. `given` are values that the trial will have, because they were enqueued. A sampler may use them to choose the rest, with
 * `completed`. It may also ignore them: they replace those of its suggestion.
 */
export type SlotToFill = { readonly slot: Slot; readonly rungs: readonly number[]; readonly trial: TrialId; readonly given?: Config };

/** Chooses points. Its functions change the state in place. */
export type Sampler<S extends Json = Json> = {
  readonly name: string;
  readonly version: number;
  readonly can: Pick<Capabilities, "conditional" | "objectives" | "constraints" | "external" | "plans" | "beliefs" | "ignores">;
  init(problem: Problem, key: Key): S;
  /** Suggests one point. `context.pending` has the points that were suggested earlier in the same ask, which are not in the history yet. */
  suggest(state: S, context: Context, place: SlotToFill): Suggestion;
  /** The answer to a scheduler's `Prefer`. `rungs` are the fidelities at which the scheduler decides, ascending. */
  prefer?(state: S, context: Context, paused: readonly PausedTrial[], rungs: readonly number[]): TrialId | null;
  tell(state: S, context: Context, report: Report): void;
  /** As in `Strategy`. */
  observe?(state: S, context: Context, trial: TrialId): void;
  leastTrials?(problem: Problem): LeastTrials | null;
  outlooks?(state: S): readonly Outlook[];
  predict?(state: S, context: Context, configs: readonly Config[]): Prediction;
  recommend?(state: S, context: Context): Config | null;
};
