/** Which point: the half of a strategy that fills a slot with a configuration. */

import type { Key } from "../random/key.ts";
import type { Config } from "../space/param.ts";
import type { TrialId } from "./ids.ts";
import type { Json } from "./json.ts";
import type { Problem } from "./problem.ts";
import type { Slot } from "./scheduler.ts";
import type { Capabilities, Context, LeastTrials, Prediction } from "./strategy.ts";
import type { Remark, Report } from "./trial.ts";

/** A configuration; or `wait` until a running job has reported; or `exhausted`, for ever. */
export type Suggestion = ({ readonly config: Config } & Remark) | "wait" | "exhausted";

/** What a point is wanted for: the slot, the scheduler's fidelities (ascending), and the id of the trial that the point will become. */
export type SlotToFill = { readonly slot: Slot; readonly rungs: readonly number[]; readonly trial: TrialId };

export type Sampler<S extends Json = Json> = {
  readonly name: string;
  readonly version: number;
  readonly can: Pick<Capabilities, "conditional" | "objectives" | "constraints" | "external" | "plans">;
  init(problem: Problem, key: Key): S;
  /** One point. `context.pending` has those that were suggested earlier in the same ask, which are not in the history yet. */
  suggest(state: S, context: Context, place: SlotToFill): Suggestion;
  tell(state: S, context: Context, report: Report): void;
  /** As that of a strategy. */
  leastTrials?(problem: Problem): LeastTrials;
  predict?(state: S, context: Context, configs: readonly Config[]): Prediction;
  recommend?(state: S, context: Context): Config | null;
};
