/** The problem of a study of Optuna: objectives, constraints and fidelity as its records tell. */
import type { Problem } from "@caviar-hpo/core";
import { decodeProblem, encodeProblem } from "@caviar-hpo/core/wire";
import { deriveSpace } from "./deriveSpace.ts";
import type { JournalStudy, JournalTrial } from "./replay.ts";

/**
 * @throws what `deriveSpace` throws. ProtocolError or LimitError for names or numbers of objectives and constraints that no problem has.
 */
export function deriveProblem(study: JournalStudy): Problem {
  const { directions, trials } = study;
  const names = objectiveNames(study);
  const problem: Problem = {
    space: deriveSpace(trials),
    objectives: directions.map((direction, index) => ({ name: names[index]!, goal: direction === 1 ? "minimize" : "maximize" })),
    constraints: constraintNames(study),
    fidelity: fidelityOf(trials),
    resumable: false,
  };
  return decodeProblem(encodeProblem(problem), `study ${study.name}`);
}

function objectiveNames({ directions, systemAttributes }: JournalStudy): readonly string[] {
  const given = namesIn(systemAttributes.get("study:metric_names") ?? systemAttributes.get("dashboard:objective_names"));
  if (given.length === directions.length) return given;
  return directions.length === 1 ? ["value"] : directions.map((_, index) => `value ${index}`);
}

function namesIn(attribute: unknown): readonly string[] {
  return Array.isArray(attribute) && attribute.every((name) => typeof name === "string") ? attribute : [];
}

/**
 * The constraints of a list have their names in the user attribute `caviar:constraints`, or the numbers by which Optuna calls them. Those
 * that Optuna 5 stores by name follow.
 */
function constraintNames({ userAttributes, trials }: JournalStudy): readonly string[] {
  const listed = trials.reduce((most, trial) => Math.max(most, listOf(trial).length), 0);
  const given = namesIn(userAttributes.get("caviar:constraints"));
  const names = Array.from({ length: listed }, (_, index) => (given.length === listed ? given[index]! : String(index)));
  const named = trials.flatMap(({ systemAttributes }) => [...systemAttributes.keys()].filter((key) => key.startsWith(prefix)));
  return [...new Set([...names, ...named.map((key) => key.slice(prefix.length))])];
}

const prefix = "constraints:";

function listOf({ systemAttributes }: JournalTrial): readonly unknown[] {
  const list = systemAttributes.get("constraints");
  return Array.isArray(list) ? list : [];
}

/** The constraint values of a trial, in the order of the names. null if one is missing. */
export function constraintsOf(trial: JournalTrial, names: readonly string[]): readonly number[] | null {
  const list = listOf(trial);
  const values = names.map((name, index) => trial.systemAttributes.get(prefix + name) ?? list[index]);
  return values.every((value) => typeof value === "number") ? values : null;
}

/** Fidelities are above 0. If a trial reported at step 0, the fidelity is the number of steps that it has done: the step plus 1. */
export function shiftOf(trials: readonly JournalTrial[]): number {
  return trials.some(({ intermediate }) => intermediate.has(0)) ? 1 : 0;
}

function fidelityOf(trials: readonly JournalTrial[]): Problem["fidelity"] {
  const steps = trials.flatMap(({ intermediate }) => [...intermediate.keys()]);
  if (steps.length === 0) return null;
  const shift = shiftOf(trials);
  const min = steps.reduce((least, step) => Math.min(least, step)) + shift;
  const max = steps.reduce((most, step) => Math.max(most, step)) + shift;
  return { unit: "step", min, max, whole: true };
}
