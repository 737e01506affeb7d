/** A problem in a plan: one that Caviar has, perhaps with constraints; one from a module; or a program. */
import { type Json, limits, type ParameterConstraint } from "@caviar-hpo/core";
import {
  array,
  below,
  between,
  type Decoder,
  finite,
  json,
  keyed,
  map,
  object,
  oneOf,
  type Path,
  reject,
  typed,
  union,
} from "@caviar-hpo/core/read";
import type { SizedNoise } from "@caviar-hpo/objectives/points";
import { expandId, mostCompared } from "./expand.ts";
import { command, fileNameOf, inherit, moduleText, timeoutSeconds, usualTimeoutSeconds, words } from "./planPart.ts";
import { suiteNamed } from "./suites.ts";

/** A problem by its id, by its id with constraints between its parameters, or from outside. */
export type PlanProblem = string | ConstrainedProblem | ModuleProblem | ProgramProblem;

/** A problem with constraints between its parameters. */
export type ConstrainedProblem = {
  /** Unique in the plan. */
  readonly label: string;
  readonly id: string;
  /** At least one constraint, in the forms of docs/constraints.md. The problem keeps its published box, whatever `instances` says. */
  readonly where: readonly ParameterConstraint[];
  /** The minimum under the constraints, if it is known. Otherwise regrets are counted from the minimum without them. */
  readonly minimum?: number;
};

/** An export of a module. */
export type ModuleProblem = {
  readonly label: string;
  /** "./problem.mjs#problem": a path from the plan's folder, and the name of the export. Without a name, it is the default export. */
  readonly module: string;
};

/** A program that reads configurations, one JSON object a line, and answers each with a line that holds its value. */
export type ProgramProblem = ProblemSettings & {
  readonly label: string;
  readonly command: readonly string[];
  /** How long it may take for each value. */
  readonly timeoutSeconds: number;
  /** Environment variables that the program gets besides the usual ones. */
  readonly inherit: readonly string[];
};

/** What is to be known of a problem from outside. Modules have it next to their function `evaluate`. */
export type ProblemSettings = {
  /** Parameters as on the wire: a list, or an object by their names. */
  readonly space: Json;
  /** Constraints between the parameters, in the forms of docs/constraints.md. */
  readonly where?: readonly Json[];
  readonly goal: "minimize" | "maximize";
  readonly title?: string;
  /** The best possible value, and how precisely it is known; `tolerance` is 0 by default. */
  readonly optimum?: number;
  readonly tolerance?: number;
  /** If the optimum is not known: a number that no value is better than. By default 0, if the goal is to minimise. */
  readonly bound?: number;
  /** The noise that is added to what strategies are told. `sd` is in units of the value; of "multiplicative" it is a pure number. */
  readonly noise?: ProblemNoise;
};

export type ProblemNoise = { readonly model: SizedNoise["model"]; readonly sd: number };

/** The name of a problem in the records and the report. */
export function labelOf(problem: PlanProblem): string {
  return typeof problem === "string" ? problem : problem.label;
}

/** A standard deviation. */
export const deviation: Decoder<number> = (value, path) =>
  typeof value === "number" && value > 0 && value < Infinity
    ? value
    : reject(path, "a positive number", value, "Omit noise if there is none.");

export const problemNoise: Decoder<ProblemNoise> = object({
  model: oneOf("additive", "heteroscedastic", "multiplicative", "studentT3", "outliers"),
  sd: deviation,
});

const constrainedProblem: Decoder<ConstrainedProblem> = map(
  object({ id: words, where: array(json, limits.constraints, 1) }, { label: words, minimum: finite }),
  ({ id, where, label = id, minimum }, path) => {
    if (minimum !== undefined && id.includes("{seed}"))
      reject(below(path, "minimum"), "none where the instance follows the seed", minimum, "Name one instance.");
    // The constraints themselves are read when the parameters of the problem are known.
    return { label, id, where: where as readonly ParameterConstraint[], ...(minimum !== undefined && { minimum }) };
  },
);

const moduleProblem: Decoder<ModuleProblem> = map(
  object({ module: moduleText }, { label: words }),
  ({ module, label = fileNameOf(module) }) => ({ label, module }),
);

type OptionalSettings = { readonly [F in Exclude<keyof ProblemSettings, "space" | "goal">]-?: Decoder<NonNullable<ProblemSettings[F]>> };

/** What is optional in the settings of a problem. */
export const optionalSettings: OptionalSettings = {
  where: array(json, limits.constraints),
  title: words,
  optimum: finite,
  tolerance: between(0, Number.MAX_VALUE),
  bound: finite,
  noise: problemNoise,
};

export const goal: Decoder<"minimize" | "maximize"> = oneOf("minimize", "maximize");

/** @throws ConfigError for settings that contradict each other. */
export function checkSettings({ goal: aim, optimum, tolerance, bound, noise: added }: Omit<ProblemSettings, "space">, path: Path): void {
  if (optimum === undefined && tolerance !== undefined)
    reject(below(path, "tolerance"), "none without an optimum", tolerance, "Leave it out, or give the optimum.");
  if (optimum !== undefined && bound !== undefined) reject(below(path, "bound"), "none where the optimum is known", bound, "Leave it out.");
  if (optimum === undefined && bound === undefined && aim === "maximize")
    reject(path, "an optimum, or a bound that no value exceeds", "neither", "Of an accuracy, write bound: 1.");
  if (optimum === undefined && added?.model === "multiplicative")
    reject(below(path, "noise"), "another model where the optimum is not known", added.model, "Take additive noise.");
}

const programProblem: Decoder<ProgramProblem> = map(
  object({ command, label: words, space: json, goal }, { ...optionalSettings, timeoutSeconds, inherit }),
  (
    { command: program, label, space, goal: aim, timeoutSeconds: seconds = usualTimeoutSeconds, inherit: names = [], ...settings },
    path,
  ) => {
    checkSettings({ goal: aim, ...settings }, path);
    return { label, command: program, space, goal: aim, ...settings, timeoutSeconds: seconds, inherit: names };
  },
);

const suite: Decoder<readonly string[]> = map(object({ suite: words }), ({ suite: name }, path) =>
  suiteNamed(name, below(path, "suite")).flatMap((id) => expandId(id, path)),
);

/** An entry of the list of problems. It may stand for several. */
const entry: Decoder<readonly PlanProblem[]> = union(
  "a name, or an object with id and where, a suite, a module, or a command",
  typed("string", (value, path) => expandId(words(value, path), path)),
  keyed("suite", suite),
  keyed(
    "module",
    map(moduleProblem, (one) => [one]),
  ),
  keyed(
    "command",
    map(programProblem, (one) => [one]),
  ),
  typed(
    "object",
    map(constrainedProblem, (one) => [one]),
  ),
);

/** All problems of a plan, with ranges and suites written out. */
export const planProblems: Decoder<readonly PlanProblem[]> = map(array(entry, mostCompared, 1), (entries, path) => {
  const count = entries.reduce((sum, { length }) => sum + length, 0);
  return count <= mostCompared ? entries.flat() : reject(path, `at most ${mostCompared} problems`, `${count}`, "Name fewer.");
});
