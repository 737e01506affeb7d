/**
 * The space of a study of Optuna. Optuna has a distribution per trial and parameter and no space, so the space is the smallest one that has
 * the distributions and the values of all trials.
 */
import {
  type Choice,
  choice,
  countValues,
  createSpace,
  given,
  type Int,
  int,
  isValueOf,
  JournalError,
  type Json,
  type Param,
  type ParamValue,
  type Plain,
  plainOf,
  type Real,
  real,
  type Space,
  valueAt,
} from "@caviar-hpo/core";
import { sameJson } from "@caviar-hpo/core/contract";
import { state } from "./format.ts";
import { writePythonJson } from "./pythonJson.ts";
import type { OptunaDistribution } from "./readDistribution.ts";
import type { JournalParameter, JournalTrial } from "./replay.ts";

/**
 * @throws JournalError "mixedDistributions" if a parameter has distributions that no parameter of Caviar covers; "noCondition" if finished
 * trials lack a parameter and no earlier parameter says which ones. SpaceError for a space that is not possible.
 */
export function deriveSpace(trials: readonly JournalTrial[]): Space {
  const found = new Map<string, JournalParameter[]>();
  for (const { params } of trials) {
    for (const [name, parameter] of params) {
      const list = found.get(name);
      if (list === undefined) found.set(name, [parameter]);
      else list.push(parameter);
    }
  }
  // Trials that failed or run may lack parameters because they were not asked for yet.
  const whole = trials.filter((trial) => trial.state === state.complete || trial.state === state.pruned);
  const params: [string, Param][] = [];
  for (const [name, parameters] of found) params.push([name, conditioned(name, covering(name, parameters), params, whole)]);
  return createSpace(params);
}

/** The option of a choice of Optuna: the same, or its text if Caviar has no such option. */
export function optionOf(value: Json): ParamValue {
  if (typeof value === "string" || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) return value;
  return value === null ? "None" : writePythonJson(value);
}

function covering(name: string, parameters: readonly JournalParameter[]): Plain {
  const distributions = [...new Set(parameters.map(({ distribution }) => distribution))];
  const [first] = distributions as [OptunaDistribution];
  for (const other of distributions) {
    if (other.kind !== first.kind || (other.kind !== "choice" && first.kind !== "choice" && other.log !== first.log))
      mixed(name, "one kind of distribution on one scale", `${described(first)} and ${described(other)}`);
  }
  return first.kind === "choice" ? choiceOver(name, distributions) : rangeOver(name, distributions, parameters);
}

function described(distribution: OptunaDistribution): string {
  if (distribution.kind === "choice") return "a categorical distribution";
  return `${distribution.kind === "int" ? "an int" : "a float"} distribution${distribution.log ? " on a log scale" : ""}`;
}

function choiceOver(name: string, distributions: readonly OptunaDistribution[]): Choice {
  const values = new Map<string, Json>();
  for (const distribution of distributions) {
    for (const value of distribution.kind === "choice" ? distribution.choices : []) {
      const text = String(optionOf(value));
      const known = values.get(text);
      if (known !== undefined && !sameJson(known, value))
        mixed(name, "choices that differ as texts", `${writePythonJson(known)} and ${writePythonJson(value)}`);
      values.set(text, value);
    }
  }
  return choice([...values.values()].map(optionOf));
}

/** Values may lie outside of the distribution: Optuna takes any that a user enqueues. */
function rangeOver(name: string, distributions: readonly OptunaDistribution[], parameters: readonly JournalParameter[]): Plain {
  const ranges = distributions.filter((distribution) => distribution.kind !== "choice");
  const values = parameters.map(({ value }) => value);
  const low = [...ranges.map((range) => range.low), ...values].reduce((least, value) => Math.min(least, value));
  const high = [...ranges.map((range) => range.high), ...values].reduce((most, value) => Math.max(most, value));
  const { kind, log, step } = ranges[0]!;
  const scale = log ? "log" : "linear";
  const make = kind === "int" ? int : real;
  if (step === null || ranges.some((range) => range.step !== step)) return make(low, high, { scale });
  const stepped: Int | Real = make(low, high, { scale, step });
  createSpace([[name, stepped]]);
  return [...values, ...ranges.map((range) => range.low)].every((value) => isValueOf(stepped, value))
    ? stepped
    : make(low, high, { scale });
}

/** The parameter, with a condition if some of the trials lack it. */
function conditioned(name: string, plain: Plain, earlier: readonly (readonly [string, Param])[], trials: readonly JournalTrial[]): Param {
  const without = trials.filter(({ params }) => !params.has(name));
  if (without.length === 0) return plain;
  const withIt = trials.filter(({ params }) => params.has(name));
  const candidates = earlier.map(([parent, param]) => [parent, plainOf(param)] as const);
  // Choices first: a number may tell the trials apart by chance.
  for (const kind of ["choice", "int"] as const) {
    for (const [parent, param] of candidates) {
      const values = param.kind === kind ? decidingValues(parent, param, withIt, without) : null;
      if (values !== null) return given(parent, values, plain);
    }
  }
  throw new JournalError({
    code: "noCondition",
    what: `parameter ${name}`,
    expected: "it in every finished trial, or an earlier choice or int that decides which trials have it",
    got: `trial ${without[0]!.number} without it`,
    remedy: "Pass the problem that the study searched.",
  });
}

const most = 1000;

/** The values of `parent` with which trials have the parameter; null if other trials have the same values. */
function decidingValues(
  parent: string,
  param: Choice | Int | Real,
  withIt: readonly JournalTrial[],
  without: readonly JournalTrial[],
): readonly ParamValue[] | null {
  if (param.kind === "real" || countValues(param) > most || withIt.some(({ params }) => !params.has(parent))) return null;
  const parentOf = (trial: JournalTrial): ParamValue | undefined => parentValue(param, trial.params.get(parent));
  const having = new Set(withIt.map(parentOf)) as ReadonlySet<ParamValue>;
  const lacking = new Set(without.map(parentOf));
  if (having.size === 0 || [...having].some((value) => lacking.has(value))) return null;
  const all = Array.from({ length: countValues(param) }, (_, index) => valueAt(param, index));
  const seen = all.filter((value) => having.has(value));
  if (param.kind === "choice") return seen;
  // The number of layers decides which layers have a width: then all the higher numbers do.
  const from = all.filter((value) => value >= seen[0]!);
  return from.some((value) => lacking.has(value)) ? seen : from;
}

function parentValue(param: Choice | Int, parameter: JournalParameter | undefined): ParamValue | undefined {
  if (parameter === undefined) return undefined;
  const { value, distribution } = parameter;
  return param.kind === "choice" && distribution.kind === "choice" ? optionOf(distribution.choices[value]!) : value;
}

function mixed(name: string, expected: string, got: string): never {
  const remedy = "Import the studies of each space from journals of their own, or pass the problem.";
  throw new JournalError({ code: "mixedDistributions", what: `parameter ${name}`, expected, got, remedy });
}
