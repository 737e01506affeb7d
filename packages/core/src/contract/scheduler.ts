/** Schedulers: the half of a strategy that decides how far each trial trains. */

import type { Key } from "../random/key.ts";
import type { TrialId } from "./ids.ts";
import type { Json } from "./json.ts";
import type { Fidelity } from "./problem.ts";
import type { Context, Directive, LeastTrials } from "./strategy.ts";
import type { Report } from "./trial.ts";

/**
 * A place for a new configuration that trains up to `until`. `below` holds the trials of the rung below, for samplers that evolve them.
 * `by` says which scheduler made the slot, if the strategy has several.
 */
export type Slot = {
  readonly until: number;
  readonly bracket: number;
  readonly rung: number;
  readonly below: readonly TrialId[];
  readonly by?: string;
};
/** What a scheduler wants next: a new configuration for a slot, more training of a trial, to wait for a report, or nothing more. */
export type Move =
  | { readonly kind: "fill"; readonly slot: Slot }
  | { readonly kind: "resume"; readonly trial: TrialId; readonly until: number }
  | { readonly kind: "wait" }
  | { readonly kind: "done" };

/** A trial that waits at a rung, and how far it would train next. */
export type PausedTrial = { readonly trial: TrialId; readonly until: number };

/** Of the paused trials, the one whose training is worth more than a new point, for what it costs. null if a new point is worth more. */
export type Prefer = (paused: readonly PausedTrial[]) => TrialId | null;

/** Decides how far trials train. Its functions change the state in place. */
export type Scheduler<S extends Json = Json> = {
  readonly name: string;
  readonly version: number;
  init(fidelity: Fidelity, key: Key): S;
  /** As in `Strategy`. */
  leastTrials?(fidelity: Fidelity): LeastTrials | null;
  /** Every fidelity at which this scheduler decides, ascending. */
  rungs(state: S): readonly number[];
  /**
   * The next move. `open` says whether a slot can be filled. If it is false, `fill` is not allowed: continue the trials that exist, or wait
   * if that is necessary. `prefer` asks the sampler which paused trial it would train; absent if the sampler has no opinion.
   */
  next(state: S, context: Context, open: boolean, prefer?: Prefer): Move;
  /**
   * The slot of the last `fill` has become this trial. Until then, a `fill` has no effect, because the sampler may have no point for it.
   */
  filled(state: S, slot: Slot, trial: TrialId): void;
  tell(state: S, context: Context, report: Report): readonly Directive[];
};
