/** The problem: what is searched, what is measured, and how far a trial can be trained. */

import type { Space } from "../space/param.ts";
import { show } from "../text/show.ts";
import { ConfigError } from "./errors.ts";
import { limits } from "./limits.ts";

/** How far a trial is trained: epochs, steps, samples. 0 < min <= max; `whole` fidelities are integers. */
export type Fidelity = { readonly unit: string; readonly min: number; readonly max: number; readonly whole: boolean };
export type Objective = { readonly name: string; readonly goal: "minimize" | "maximize" };
export type Problem = {
  readonly space: Space;
  readonly objectives: readonly Objective[];
  readonly constraints: readonly string[];
  /** null where every evaluation is complete. */
  readonly fidelity: Fidelity | null;
  /** Whether a paused trial can continue from its checkpoint. A property of the problem, not of the strategy. */
  readonly resumable: boolean;
};

/**
 * @throws ConfigError for objectives, constraints or a fidelity that no study could serve; the space has been checked where it was made.
 */
export function checkProblem({ objectives, constraints, fidelity }: Problem): void {
  if (objectives.length === 0) refuse("objectives", "at least one", "none", "Name what is to be minimised or maximised.");
  if (objectives.length > limits.objectives)
    refuse("objectives", `at most ${limits.objectives}`, `${objectives.length}`, "Leave some out.");
  if (constraints.length > limits.constraints)
    refuse("constraints", `at most ${limits.constraints}`, `${constraints.length}`, "Leave some out.");
  for (const { name, goal } of objectives) {
    if (goal !== "minimize" && goal !== "maximize")
      refuse(`goal of ${show(name)}`, "minimize or maximize", show(goal), "Name one of the two.");
  }
  checkNames(
    "objectives",
    objectives.map((objective) => objective.name),
  );
  checkNames("constraints", constraints);
  if (fidelity !== null) checkFidelity(fidelity);
}

function checkNames(what: string, names: readonly string[]): void {
  names.forEach((name, index) => {
    const fine = typeof name === "string" && name.length > 0 && name.length <= limits.nameLength;
    if (!fine) refuse(what, `names of 1 to ${limits.nameLength} characters`, show(name), "Name each of them.");
    if (names.indexOf(name) !== index) refuse(what, "each name once", `${show(name)} twice`, "Rename one of the two.");
  });
}

function checkFidelity({ unit, min, max, whole }: Fidelity): void {
  if (typeof unit !== "string" || unit.length === 0 || unit.length > limits.nameLength)
    refuse("unit of the fidelity", `1 to ${limits.nameLength} characters`, show(unit), 'Write "epochs".');
  if (typeof whole !== "boolean") refuse("whole of the fidelity", "true or false", show(whole), "Say whether fidelities are integers.");
  const legal = (value: number): boolean =>
    typeof value === "number" && value > 0 && value < Infinity && (!whole || Number.isInteger(value));
  for (const bound of [min, max])
    if (!legal(bound)) refuse("fidelity", `positive${whole ? ", whole" : ""} bounds`, show(bound), "Count from 1.");
  if (min > max) refuse("fidelity", "min <= max", `min ${min}, max ${max}`, "Swap them.");
}

function refuse(what: string, expected: string, got: string, remedy: string): never {
  throw new ConfigError({ code: "badProblem", what, expected, got, remedy });
}
