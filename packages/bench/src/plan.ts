/**
 * A plan: a campaign as data, strategies x problems x seeds. It is read strictly, so that a typing error is an error and not a default,
 * and hashed in canonical form, so that results can say which plan they belong to.
 */
import { ConfigError, type StrategyOptions } from "@caviar-hpo/core";
import { nearest, show } from "@caviar-hpo/core/text";
import type { Noise } from "@caviar-hpo/objectives";
import type { ResourceBudget } from "@caviar-hpo/report";
import { canonicalJson, sha256 } from "./canonical.ts";

export type PlanStrategy = {
  /** Unique in the plan. */
  readonly label: string;
  readonly name: string;
  /** The word "budget" as a value stands for the trials that the strategy may place itself. */
  readonly options: StrategyOptions;
  /** Evaluations, or resource, that it may spend for each unit that is counted. */
  readonly evaluationsPerStep: number;
};

export type PlanNoise = { readonly model: Noise["model"]; readonly sd: number };

/**
 * published: the box of the literature, the same for every seed; cropped: each box trimmed by the seed, so that its centre gains nothing;
 * rotated: cropped, and problems that are defined everywhere turned about their minimiser.
 */
export type PlanInstances = "published" | "cropped" | "rotated";

export type Plan = {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  /** `count` consecutive seeds from `first`. */
  readonly seeds: { readonly first: number; readonly count: number };
  /**
   * Of each run. A number counts evaluations. Otherwise resource is counted: a job that continues from a checkpoint spends only what is
   * new; where the problem cannot be resumed, it spends everything again.
   */
  readonly budget: number | ResourceBudget;
  /** Points of the design that all strategies share in each run; they count. */
  readonly initialPoints: number;
  readonly instances: PlanInstances;
  /**
   * Standard deviation in units of the problem's interquartile range (multiplicative: a pure number); null for none. Problems that are
   * trained bring their own.
   */
  readonly noise: PlanNoise | null;
  readonly strategies: readonly PlanStrategy[];
  /**
   * Ids of test functions; where resource is counted, ids of functions of several fidelities and of tasks of the testbed. In
   * "bbob-f8-d5-i{seed}" the instance follows the seed.
   */
  readonly problems: readonly string[];
};

/** @throws ConfigError naming the first key that is missing, unknown or wrong. */
export function readPlan(json: unknown): Plan {
  const plan = record("plan", json, [
    "name",
    "title",
    "question",
    "seeds",
    "budget",
    "initialPoints",
    "instances",
    "noise",
    "strategies",
    "problems",
  ]);
  const name = text("plan.name", plan.name);
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(name))
    refuse("plan.name", "up to 64 of a-z, 0-9 and -, not starting with -", show(name), "It becomes a folder's name.");
  const seeds = record("plan.seeds", plan.seeds, ["first", "count"]);
  const strategies = list("plan.strategies", plan.strategies).map(readStrategy);
  const problems = list("plan.problems", plan.problems).map((id, index) => text(`plan.problems[${index}]`, id));
  unique(
    "plan.strategies",
    strategies.map((strategy) => strategy.label),
    "Give one of them a label of its own.",
  );
  unique("plan.problems", problems, "Name each problem once.");
  const budget = readBudget(plan.budget);
  const initialPoints = whole("plan.initialPoints", plan.initialPoints ?? 0, 0, unitsOf({ budget }));
  const noise = plan.noise === undefined || plan.noise === null ? null : readNoise(plan.noise);
  if (noise !== null && typeof budget !== "number")
    refuse("plan.noise", "none where the budget is resource", show(plan.noise), "Name problems that are noisy themselves.");
  return {
    name,
    title: text("plan.title", plan.title ?? name),
    question: text("plan.question", plan.question ?? "Which strategy finds the better points?"),
    seeds: {
      first: whole("plan.seeds.first", seeds.first ?? 1, 0, 1_000_000_000),
      count: whole("plan.seeds.count", seeds.count, 1, 100_000),
    },
    budget,
    initialPoints,
    instances: oneOf("plan.instances", plan.instances ?? "cropped", instanceKinds),
    noise,
    strategies,
    problems,
  };
}

/** SHA-256 of the canonical plan. */
export function hashOf(plan: Plan): string {
  return sha256(canonicalJson(plan));
}

/** The budget as one number: evaluations, or full trainings. */
export function unitsOf({ budget }: Pick<Plan, "budget">): number {
  return typeof budget === "number" ? budget : budget.fullTrainings;
}

function readBudget(json: unknown): Plan["budget"] {
  if (typeof json !== "object" || json === null) return whole("plan.budget", json, 1, 1_000_000);
  const budget = record("plan.budget", json, ["fullTrainings", "points", "from", "workers", "stragglerSigma"]);
  const fullTrainings = whole("plan.budget.fullTrainings", budget.fullTrainings, 2, 1_000_000);
  return {
    fullTrainings,
    points: whole("plan.budget.points", budget.points ?? 80, 2, 10_000),
    from: within("plan.budget.from", budget.from ?? 0.1, 1e-6, 1),
    workers: whole("plan.budget.workers", budget.workers ?? 1, 1, 10_000),
    stragglerSigma: within("plan.budget.stragglerSigma", budget.stragglerSigma ?? 0, 0, 10),
  };
}

function readStrategy(json: unknown, index: number): PlanStrategy {
  const where = `plan.strategies[${index}]`;
  const strategy = record(where, json, ["label", "name", "options", "evaluationsPerStep"]);
  const name = text(`${where}.name`, strategy.name);
  const options = strategy.options ?? {};
  if (typeof options !== "object" || options === null || Array.isArray(options))
    refuse(`${where}.options`, "an object", show(options), 'Write { "option": value }.');
  return {
    name,
    label: text(`${where}.label`, strategy.label ?? name),
    options: options as StrategyOptions,
    evaluationsPerStep: whole(`${where}.evaluationsPerStep`, strategy.evaluationsPerStep ?? 1, 1, 1000),
  };
}

const instanceKinds = ["published", "cropped", "rotated"] as const;
const noiseModels = ["additive", "heteroscedastic", "multiplicative", "studentT3", "outliers"] as const;

function readNoise(json: unknown): PlanNoise {
  const noise = record("plan.noise", json, ["model", "sd"]);
  const sd = noise.sd;
  if (typeof sd !== "number" || !(sd > 0 && sd < Infinity))
    refuse("plan.noise.sd", "a positive number", show(sd), "Leave noise out for none.");
  return { model: oneOf("plan.noise.model", noise.model, noiseModels), sd };
}

function record(where: string, json: unknown, keys: readonly string[]): { readonly [key: string]: unknown } {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    refuse(where, "an object", show(json), "See benchmarks/plans for examples.");
  for (const key of Object.keys(json)) {
    if (!keys.includes(key)) refuse(where, `only the keys ${keys.join(", ")}`, show(key), `Did you mean ${show(nearest(key, keys))}?`);
  }
  return json as { readonly [key: string]: unknown };
}

function list(where: string, json: unknown): readonly unknown[] {
  if (!Array.isArray(json) || json.length === 0)
    refuse(where, "a list with at least one entry", show(json), "List what is to be compared.");
  return json;
}

function text(where: string, json: unknown): string {
  if (typeof json !== "string" || json.length === 0 || json.length > 1000)
    refuse(where, "a text of up to 1000 characters", show(json), "Write it in quotes.");
  return json;
}

function oneOf<V extends string>(where: string, json: unknown, values: readonly V[]): V {
  const found = values.find((value) => value === json);
  return found ?? refuse(where, `one of ${values.join(", ")}`, show(json), "Name one of them.");
}

function whole(where: string, json: unknown, least: number, most: number): number {
  if (typeof json !== "number" || !Number.isInteger(json) || json < least || json > most)
    refuse(where, `a whole number from ${least} to ${most}`, show(json), "Correct the plan.");
  return json;
}

function within(where: string, json: unknown, least: number, most: number): number {
  if (typeof json !== "number" || !(json >= least && json <= most))
    refuse(where, `a number from ${least} to ${most}`, show(json), "Correct the plan.");
  return json;
}

function unique(where: string, names: readonly string[], remedy: string): void {
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  if (twin !== undefined) refuse(where, "each name once", `${show(twin)} twice`, remedy);
}

function refuse(what: string, expected: string, got: string, remedy: string): never {
  throw new ConfigError({ code: "badPlan", what, expected, got, remedy });
}
