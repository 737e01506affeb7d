/** The problem: what is searched, what is measured, and how far a trial can be trained. */

import { anything, array, boolean, type Decoder, nullable, object } from "../read/decode.ts";
import { below, configRoot } from "../read/path.ts";
import { reject } from "../read/refuse.ts";
import { isList, type Members, membersOf } from "../read/snapshot.ts";
import { remedyForWord } from "../read/spelling.ts";
import type { Space } from "../space/param.ts";
import { createSpace, isSpace } from "../space/space.ts";
import { feasibleSetOf } from "../space/where/sets.ts";
import { show } from "../text/show.ts";
import { ConfigError } from "./errors.ts";
import { limits } from "./limits.ts";

/** How far a trial is trained: in epochs, steps or samples. 0 < min <= max. `whole` fidelities are integers. */
export type Fidelity = { readonly unit: string; readonly min: number; readonly max: number; readonly whole: boolean };
/** A fidelity as a user may write it. Without `whole`, a fidelity is whole if `min` and `max` are. */
export type GivenFidelity = Omit<Fidelity, "whole"> & { readonly whole?: boolean };
/** A measured value, and whether it is to be minimised or maximised. */
export type Objective = { readonly name: string; readonly goal: "minimize" | "maximize" };
/** A problem in full. */
export type Problem = {
  readonly space: Space;
  readonly objectives: readonly Objective[];
  /** The names of the constraints. A trial is feasible if all of them are at most 0. */
  readonly constraints: readonly string[];
  /** null if every evaluation is complete. */
  readonly fidelity: Fidelity | null;
  /** Whether a paused trial can continue from its checkpoint. This is a property of the problem, not of the strategy. */
  readonly resumable: boolean;
};

/** A problem as a user may write it. */
export type GivenProblem = Omit<Problem, "fidelity"> & { readonly fidelity: GivenFidelity | null };

/**
 * Reads a problem once, into new data.
 *
 * @throws ConfigError for unknown keys, and for objectives, constraints or a fidelity that no study accepts. SpaceError for a space that
 * `createSpace` did not make and would refuse, and if no configuration is found that fulfils its constraints.
 */
export function readProblem(given: GivenProblem): Problem {
  const { space, objectives, constraints, fidelity, resumable } = fields(given, root);
  checkObjectives(objectives);
  checkCount("constraints", constraints.length, limits.constraints);
  checkNames("constraints", constraints);
  return { space: spaceOf(space), objectives, constraints: constraints as readonly string[], fidelity, resumable };
}

/**
 * Reads a range of fidelities, and fills in `whole`.
 *
 * @throws ConfigError for an unknown key, or a range that no study accepts.
 */
export function readFidelity(given: GivenFidelity): Fidelity {
  return decodeFidelity(given, configRoot("fidelity", "badProblem"));
}

const root = configRoot("problem", "badProblem");
const range = object({ unit: anything, min: anything, max: anything }, { whole: boolean });

const decodeFidelity: Decoder<Fidelity> = (value, path) => {
  const { unit, min, max, whole = Number.isInteger(min) && Number.isInteger(max) } = range(value, path);
  const fidelity = { unit, min, max, whole } as Fidelity;
  checkFidelity(fidelity);
  return fidelity;
};

const fields = object({
  space: anything,
  objectives: array(object({ name: anything, goal: anything }), Infinity) as Decoder<readonly Objective[]>,
  constraints: array(anything, Infinity),
  fidelity: nullable(decodeFidelity),
  resumable: boolean,
});

/**
 * A space that `createSpace` has made is trusted; another one is made by it, from its parameters and constraints. Feasible configurations
 * are searched for here, once.
 */
function spaceOf(given: unknown): Space {
  const space = isSpace(given) ? given : spaceFrom(membersOf(given, below(root, "space"), new Set(["params", "dims", "where", "beliefs"])));
  feasibleSetOf(space)?.prepare();
  return space;
}

function spaceFrom({ params, where, beliefs }: Members): Space {
  if (isList(where) && (where as readonly unknown[]).length > 0) reject(below(root, "space"), "a space from constrain", where);
  if (beliefs !== undefined) reject(below(root, "space"), "a space from believe", beliefs);
  return createSpace(params as Space["params"]);
}

function checkObjectives(objectives: readonly Objective[]): void {
  if (objectives.length === 0) refuse("objectives", "at least one", "none", "Name what is to be minimised or maximised.");
  checkCount("objectives", objectives.length, limits.objectives);
  for (const { name, goal } of objectives) {
    if (goal !== "minimize" && goal !== "maximize")
      refuse(`goal of ${show(name)}`, "minimize or maximize", show(goal), remedyForWord(goal, ["minimize", "maximize"]));
  }
  checkNames(
    "objectives",
    objectives.map((objective) => objective.name),
  );
}

function checkCount(what: string, count: number, most: number): void {
  if (count > most) refuse(what, `at most ${most}`, `${count}`, "Leave some out.");
}

function checkNames(what: string, names: readonly unknown[]): void {
  names.forEach((name, index) => {
    const fine = typeof name === "string" && name.length > 0 && name.length <= limits.nameLength;
    if (!fine) refuse(what, `names of 1 to ${limits.nameLength} characters`, show(name), "Name each of them.");
    if (names.indexOf(name) !== index) refuse(what, "each name once", `${show(name)} twice`, "Drop or rename one.");
  });
}

function checkFidelity({ unit, min, max, whole }: Fidelity): void {
  if (typeof unit !== "string" || unit.length === 0 || unit.length > limits.nameLength)
    refuse("unit of the fidelity", `1 to ${limits.nameLength} characters`, show(unit), 'Write "epochs".');
  const legal = (value: number): boolean =>
    typeof value === "number" && value > 0 && value < Infinity && (!whole || Number.isInteger(value));
  for (const bound of [min, max])
    if (!legal(bound)) refuse("fidelity", `positive${whole ? ", whole" : ""} bounds`, show(bound), "Count from 1.");
  if (min > max) refuse("fidelity", "min <= max", `min ${min}, max ${max}`, "Swap them.");
}

function refuse(what: string, expected: string, got: string, remedy: string): never {
  throw new ConfigError({ code: "badProblem", what, expected, got, remedy });
}
