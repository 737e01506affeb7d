/**
 * A plan: a campaign as data, strategies x problems x seeds. It is read strictly, so a misspelt key is an error. It is hashed in canonical
 * form, so results can say which plan they belong to.
 */
import { defaultStrategy } from "@caviar-hpo/core/contract";
import {
  array,
  below,
  between,
  configRoot,
  type Decoder,
  keyed,
  map,
  nullable,
  object,
  oneOf,
  reject,
  typed,
  union,
  whole,
} from "@caviar-hpo/core/read";
import type { BbobNoise } from "@caviar-hpo/objectives/points";
import type { ResourceBudget } from "@caviar-hpo/report";
import { canonicalJson, sha256 } from "../record/canonical.ts";
import { mostCompared, readRange } from "./expand.ts";
import { words } from "./planPart.ts";
import { labelOf, type PlanProblem, type ProblemNoise, planProblems, problemNoise } from "./planProblem.ts";
import { type PlanStrategy, planStrategy } from "./planStrategy.ts";

export { labelOf, type PlanProblem } from "./planProblem.ts";
export type { PlanStrategy } from "./planStrategy.ts";

/**
 * The noise of a plan. Of a model other than "multiplicative", `sd` is in units of the problem's interquartile range. The models of
 * BBOB-noisy have a severity instead.
 */
export type PlanNoise = ProblemNoise | BbobNoise;

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
   * What is added to what strategies are told. null means no noise. Tasks that are trained have their own noise.
   */
  readonly noise: PlanNoise | null;
  /** Random search and the default strategy, if the file names none. */
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
  const { initialPoints = 0, instances = "cropped", noise = null, strategies = usualStrategies, problems } = plan;
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

const root = configRoot("plan", "badPlan");

const folderName: Decoder<string> = (value, path) => {
  if (typeof value === "string" && /^[a-z0-9][a-z0-9-]{0,63}$/.test(value)) return value;
  return reject(path, "up to 64 of a-z, 0-9 and -, not starting with -", value, "The name is used as the name of a folder.");
};

const [mostSeeds, lastSeed] = [100_000, 1_000_000_000];
const seedsByKeys = map(object({ count: whole(1, mostSeeds) }, { first: whole(0, lastSeed) }), ({ first = 1, count }) => ({
  first,
  count,
}));
const seedRange: Decoder<Plan["seeds"]> = (value, path) => {
  const [first, last] = readRange(value as string) ?? reject(path, 'a rising range such as "1..20"', value);
  if (first > lastSeed || last - first >= mostSeeds) reject(path, `at most ${mostSeeds} seeds, from 0 to ${lastSeed}`, value);
  return { first, count: last - first + 1 };
};
const seeds = union('{ count }, or a range such as "1..20"', typed("string", seedRange), typed("object", seedsByKeys));

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

const bbobNoise: Decoder<BbobNoise> = object({
  model: oneOf("bbobGaussian", "bbobUniform", "bbobCauchy"),
  severity: oneOf("moderate", "severe"),
});

const strategyList = distinct(array(planStrategy, mostCompared, 1), ({ label }) => label, "Give each strategy a different label.");
const usualStrategies: readonly PlanStrategy[] = strategyList([{ name: "random" }, { name: defaultStrategy }], root);

const decodePlan = object(
  {
    name: folderName,
    seeds,
    budget: union("a number of evaluations, or an object", typed("number", evaluations), typed("object", resource)),
    problems: distinct(planProblems, labelOf, "Name each problem once, or give one of them another label."),
  },
  {
    title: words,
    question: words,
    strategies: strategyList,
    initialPoints: whole(0, 1_000_000),
    instances: oneOf("published", "placed", "cropped", "rotated"),
    noise: nullable(union("an object with a model and its sd or severity", keyed("severity", bbobNoise), typed("object", problemNoise))),
  },
);

function distinct<T>(list: Decoder<readonly T[]>, nameOf: (one: T) => string, remedy: string): Decoder<readonly T[]> {
  return map(list, (all, path) => {
    const seen = new Set<string>();
    for (const name of all.map(nameOf)) {
      if (seen.has(name)) reject(path, "each name once", name, remedy);
      seen.add(name);
    }
    return all;
  });
}
