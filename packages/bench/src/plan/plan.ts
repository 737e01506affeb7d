/**
 * A plan: a campaign as data, strategies x problems x seeds. It is read strictly, so a misspelt key is an error. It is hashed in canonical
 * form, so results can say which plan they belong to.
 */
import { limits, type ParameterConstraint, type StrategyOptions } from "@caviar-hpo/core";
import {
  array,
  below,
  between,
  configRoot,
  type Decoder,
  finite,
  json,
  map,
  named,
  nullable,
  object,
  oneOf,
  reject,
  scalar,
  text,
  typed,
  union,
  whole,
} from "@caviar-hpo/core/read";
import type { Noise } from "@caviar-hpo/objectives";
import type { ResourceBudget } from "@caviar-hpo/report";
import { canonicalJson, sha256 } from "../record/canonical.ts";

/** A strategy in a plan. */
export type PlanStrategy = {
  /** Unique in the plan. */
  readonly label: string;
  readonly name: string;
  /** Options by name. The value "budget" stands for the number of trials that the strategy may place itself. */
  readonly options: StrategyOptions;
  /** How many evaluations, or how much resource, it may spend for each counted unit. */
  readonly evaluationsPerStep: number;
};

/** A problem by its id, or by its id with constraints between its parameters. */
export type PlanProblem = string | ConstrainedProblem;

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

/** The noise that is added to test functions. */
export type PlanNoise = { readonly model: Noise["model"]; readonly sd: number };

/**
 * published: the box of the literature, the same for every seed; placed: problems that are defined everywhere are moved by the seed, so
 * that the optimum is uniform in the box, and the others are cropped; cropped: each side of the box trimmed by up to a quarter, so that a
 * central optimum stays in the middle third; rotated: cropped, and problems that are defined everywhere turned about their minimiser.
 */
export type PlanInstances = "published" | "placed" | "cropped" | "rotated";

/** A campaign as data. */
export type Plan = {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  /** `count` consecutive seeds from `first`. */
  readonly seeds: { readonly first: number; readonly count: number };
  /**
   * The budget of each run. A number counts evaluations. Otherwise resource is counted: a job that continues from a checkpoint spends only
   * the new part. If the problem cannot be resumed, it spends everything again.
   */
  readonly budget: number | ResourceBudget;
  /** How many points of a common design all strategies evaluate first in each run. They count. */
  readonly initialPoints: number;
  readonly instances: PlanInstances;
  /**
   * The standard deviation in units of the problem's interquartile range (for "multiplicative" a pure number). null means no noise. Tasks
   * that are trained have their own noise.
   */
  readonly noise: PlanNoise | null;
  readonly strategies: readonly PlanStrategy[];
  /**
   * Ids of test functions. If resource is counted, ids of functions of several fidelities and of tasks of the testbed. In
   * "bbob-f8-d5-i{seed}", the instance follows the seed.
   */
  readonly problems: readonly PlanProblem[];
};

/**
 * Reads a plan from parsed JSON.
 *
 * @throws ConfigError with the first key that is missing, unknown or wrong.
 */
export function readPlan(json: unknown): Plan {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    reject(root, "an object", json, "caviar bench --help has the keys of a plan.");
  const plan = decodePlan(json, root);
  const { name, title = name, question = "Which strategy finds the better points?", seeds, budget } = plan;
  const { initialPoints = 0, instances = "cropped", noise = null, strategies, problems } = plan;
  if (initialPoints > unitsOf({ budget }))
    reject(below(root, "initialPoints"), `a whole number in [0, ${unitsOf({ budget })}]`, initialPoints, "Correct the plan.");
  if (noise !== null && typeof budget !== "number")
    reject(below(root, "noise"), "no noise if the budget is resource", noise, "Name problems that are noisy themselves.");
  return { name, title, question, seeds, budget, initialPoints, instances, noise, strategies, problems };
}

/** The SHA-256 of the canonical plan. */
export function hashOf(plan: Plan): string {
  return sha256(canonicalJson(plan));
}

/** The budget as one number: evaluations, or full trainings. */
export function unitsOf({ budget }: Pick<Plan, "budget">): number {
  return typeof budget === "number" ? budget : budget.fullTrainings;
}

/** The name of a problem in the records and the report. */
export function labelOf(problem: PlanProblem): string {
  return typeof problem === "string" ? problem : problem.label;
}

const root = configRoot("plan", "badPlan");
/** Strategies, or problems. */
const mostCompared = 100_000;
const words = text(1000);

const folderName: Decoder<string> = (value, path) => {
  if (typeof value === "string" && /^[a-z0-9][a-z0-9-]{0,63}$/.test(value)) return value;
  return reject(path, "up to 64 of a-z, 0-9 and -, not starting with -", value, "The name is used as the name of a folder.");
};

const seeds = map(object({ count: whole(1, 100_000) }, { first: whole(0, 1_000_000_000) }), ({ first = 1, count }) => ({ first, count }));

const evaluations = whole(1, 1_000_000);
const resource: Decoder<ResourceBudget> = map(
  object(
    { fullTrainings: whole(2, 1_000_000) },
    { points: whole(2, 10_000), from: between(1e-6, 1), workers: whole(1, 10_000), stragglerSigma: between(0, 10) },
  ),
  ({ fullTrainings, points = 80, from = 0.1, workers = 1, stragglerSigma = 0 }) => ({
    fullTrainings,
    points,
    from,
    workers,
    stragglerSigma,
  }),
);

const strategy: Decoder<PlanStrategy> = map(
  object({ name: words }, { label: words, options: named(scalar, limits.params), evaluationsPerStep: whole(1, 1000) }),
  ({ name, label = name, options = {}, evaluationsPerStep = 1 }) => ({ name, label, options, evaluationsPerStep }),
);

const deviation: Decoder<number> = (value, path) =>
  typeof value === "number" && value > 0 && value < Infinity
    ? value
    : reject(path, "a positive number", value, "Omit noise if there is none.");

const noise: Decoder<PlanNoise> = object({
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
const problem = union("a name, or an object with id and where", typed("string", words), typed("object", constrainedProblem));

const decodePlan = object(
  {
    name: folderName,
    seeds,
    budget: union("a number of evaluations, or an object", typed("number", evaluations), typed("object", resource)),
    strategies: distinct(array(strategy, mostCompared, 1), ({ label }) => label, "Give each strategy a different label."),
    problems: distinct(array(problem, mostCompared, 1), labelOf, "Name each problem once, or give one of them another label."),
  },
  {
    title: words,
    question: words,
    initialPoints: whole(0, 1_000_000),
    instances: oneOf("published", "placed", "cropped", "rotated"),
    noise: nullable(noise),
  },
);

function distinct<T>(list: Decoder<readonly T[]>, nameOf: (one: T) => string, remedy: string): Decoder<readonly T[]> {
  return map(list, (all, path) => {
    const names = all.map(nameOf);
    const twin = names.find((name, index) => names.indexOf(name) !== index);
    return twin === undefined ? all : reject(path, "each name once", twin, remedy);
  });
}
