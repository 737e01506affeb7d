/** The problem: what is searched, what is measured, and how far a trial can be trained. */
import type { Space } from "./space/param.ts";

/** How far a trial is trained: epochs, steps, samples. `whole` fidelities are integers. */
export type Fidelity = { readonly unit: string; readonly min: number; readonly max: number; readonly whole: boolean };
export type Objective = { readonly name: string; readonly goal: "minimize" | "maximize" };
export type Problem = {
  readonly space: Space;
  readonly objectives: readonly Objective[];
  readonly constraints: readonly string[];
  /** null where every evaluation is complete. */
  readonly fidelity: Fidelity | null;
  /** Whether a paused trial can go on from its checkpoint. A property of the problem, not of the strategy. */
  readonly resumable: boolean;
};
