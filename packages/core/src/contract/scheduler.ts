/** How far: the half of a strategy that decides which trial gets how much fidelity. */

import type { Key } from "../random/key.ts";
import type { TrialId } from "./ids.ts";
import type { Json } from "./json.ts";
import type { Fidelity } from "./problem.ts";
import type { Context, Directive, LeastTrials } from "./strategy.ts";
import type { Report } from "./trial.ts";

/**
 * A place for a new configuration, to be trained up to `until`; `below` are the trials of the rung below, for samplers that evolve them.
 */
export type Slot = { readonly until: number; readonly bracket: number; readonly rung: number; readonly below: readonly TrialId[] };
export type Move =
  | { readonly kind: "fill"; readonly slot: Slot }
  | { readonly kind: "resume"; readonly trial: TrialId; readonly until: number }
  | { readonly kind: "wait" }
  | { readonly kind: "done" };

export type Scheduler<S extends Json = Json> = {
  readonly name: string;
  readonly version: number;
  init(fidelity: Fidelity, key: Key): S;
  /** As that of a strategy. */
  leastTrials?(fidelity: Fidelity): LeastTrials;
  /** Every fidelity at which this scheduler decides, ascending. */
  rungs(state: S): readonly number[];
  /**
   * `open`: whether a slot can be filled. If not, and if there is no need to wait, continue the trials that exist: `fill` is no
   * answer then.
   */
  next(state: S, context: Context, open: boolean): Move;
  /** The slot of the last `fill` has become this trial. Until then a `fill` counts for nothing: the sampler may have none to give. */
  filled(state: S, slot: Slot, trial: TrialId): void;
  tell(state: S, context: Context, report: Report): readonly Directive[];
};
