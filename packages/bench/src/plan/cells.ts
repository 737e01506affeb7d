/**
 * The cells of a plan. A cell is one run of a campaign: (problem, strategy, seed). It holds everything that the run depends on, as plain
 * data that can be sent to a thread. Code below this file knows cells and not the plan. The randomness of a strategy is keyed by the names
 * of the cell, so the result of a cell does not depend on which other cells run.
 */
import { type Card, ConfigError, type StrategyOptions } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";
import type { CampaignResults } from "@caviar-hpo/report";
import { taskNames } from "@caviar-hpo/testbed";
import { type ArenaSpec, instanceSpec } from "../arena/arenaSpec.ts";
import { isTableId } from "../arena/tableProblem.ts";
import { foreignCards } from "./cast.ts";
import { hashOf, labelOf, type Plan, type PlanProblem, type PlanStrategy, unitsOf } from "./plan.ts";

/** What identifies a cell in a campaign: the id of the problem as in the plan, the label of the strategy, and the seed. */
export type CellName = { readonly problem: string; readonly strategy: string; readonly seed: number };

export type CampaignCell = {
  readonly name: CellName;
  readonly arena: ArenaSpec;
  readonly strategy: ResolvedStrategy;
  /** Seed of the study. */
  readonly studySeed: string;
  readonly budget: CellBudget;
};

/** A strategy with its options as they are passed to it: the word "budget" is replaced. */
export type ResolvedStrategy = {
  readonly label: string;
  readonly name: string;
  readonly options: StrategyOptions;
  /** Evaluations, or resource, that it may spend for each unit that is counted. */
  readonly evaluationsPerStep: number;
  /** The card of a strategy from outside. It is code, so a cell that has one stays in the caller's thread. */
  readonly card?: Card;
};

/** `units` is what the run may spend, in evaluations or full trainings. The rest describes the simulated workers. */
export type CellBudget = { readonly units: number; readonly workers: number; readonly stragglerSigma: number };

/**
 * The cells in the order in which they run: by problem, by seed, by strategy. A cell is made when it is needed, because a plan may have
 * millions.
 */
export type CampaignCells = Iterable<CampaignCell> & {
  readonly count: number;
  /** The labels of the plan. */
  readonly problems: readonly string[];
  readonly strategies: readonly string[];
  /** @param index a whole number from 0 to `count` - 1. */
  at(index: number): CampaignCell;
  /** -1 for a cell that is not in the plan. */
  indexOf(name: CellName): number;
};

/** What results say of the plan itself. `resource` is absent where evaluations are counted. */
export type CampaignFacts = Pick<
  CampaignResults,
  "name" | "title" | "question" | "planHash" | "initialPoints" | "noise" | "resource" | "seeds"
>;

export type ResolvedCampaign = {
  readonly facts: CampaignFacts;
  /** Counted evaluations of each run, or full trainings. */
  readonly units: number;
  readonly strategies: readonly ResolvedStrategy[];
  /** Each problem at the first seed. */
  readonly problems: readonly ArenaSpec[];
  readonly cells: CampaignCells;
  readonly cellCount: number;
  /** Tasks of the testbed that have to be loaded. */
  readonly taskNames: readonly string[];
};

/**
 * @param cards strategies from outside, which the plan may name next to the shipped ones.
 * @throws ConfigError for a plan that counts evaluations of a task, for an unknown strategy, and for a card whose name is taken.
 */
export function resolvePlan(plan: Plan, cards: readonly Card[] = []): ResolvedCampaign {
  const foreign = foreignCards(
    plan.strategies.map(({ name }) => name),
    cards,
  );
  const strategies = plan.strategies.map((strategy) => resolveStrategy(plan, strategy, foreign.get(strategy.name)));
  const problems = plan.problems.map((problem) => arenaSpecOf(plan, problem, plan.seeds.first));
  const cells = cellsOf(plan, strategies);
  return {
    facts: factsOf(plan),
    units: unitsOf(plan),
    strategies,
    problems,
    cells,
    cellCount: cells.count,
    taskNames: problems.filter(({ kind }) => kind === "task").map(({ instanceId }) => instanceId),
  };
}

function cellsOf(plan: Plan, strategies: readonly ResolvedStrategy[]): CampaignCells {
  const { problems, seeds } = plan;
  const count = problems.length * seeds.count * strategies.length;
  const at = (index: number): CampaignCell => {
    const strategy = strategies[index % strategies.length]!;
    const group = Math.floor(index / strategies.length);
    const arena = arenaSpecOf(plan, problems[Math.floor(group / seeds.count)]!, seeds.first + (group % seeds.count));
    return cellOf(arena, strategy, budgetOf(plan, strategy));
  };
  const labels = { problems: problems.map(labelOf), strategies: strategies.map(({ label }) => label) };
  const places = { problems: placesOf(labels.problems), strategies: placesOf(labels.strategies) };
  return {
    count,
    ...labels,
    at,
    indexOf: (name) => {
      const [problem, strategy, seed] = [places.problems.get(name.problem), places.strategies.get(name.strategy), name.seed - seeds.first];
      if (problem === undefined || strategy === undefined || seed < 0 || seed >= seeds.count) return -1;
      return (problem * seeds.count + seed) * strategies.length + strategy;
    },
    *[Symbol.iterator]() {
      for (let index = 0; index < count; index++) yield at(index);
    },
  };
}

function placesOf(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name, place) => [name, place]));
}

/** @throws ConfigError for a plan that counts evaluations of a task. */
export function arenaSpecOf(plan: Plan, problem: PlanProblem, seed: number): ArenaSpec {
  const { budget, initialPoints, noise } = plan;
  const spec = instanceSpec(problem, seed, initialPoints);
  if (isTask(spec.instanceId)) {
    if (typeof budget === "number") refuseTask(spec.instanceId, budget);
    return { ...spec, kind: "task" };
  }
  // Constraints are written for the published box, and nothing of a table can be moved.
  const instances = typeof problem === "string" && !isTableId(problem) ? plan.instances : "published";
  return typeof budget === "number" ? { ...spec, kind: "points", instances, noise } : { ...spec, kind: "training", instances };
}

function isTask(problem: string): boolean {
  return taskNames.includes(problem);
}

function refuseTask(problem: string, budget: number): never {
  throw new ConfigError({
    code: "badPlan",
    what: `plan.budget with the task ${show(problem)}`,
    expected: "a budget of resource, because networks train epoch by epoch",
    got: show(budget),
    remedy: `Write { "fullTrainings": ${Math.max(2, budget)} }.`,
  });
}

/** The word "budget" as an option's value stands for the trials that the strategy places itself, beyond the shared initial design. */
function resolveStrategy(plan: Plan, { label, name, options, evaluationsPerStep }: PlanStrategy, card?: Card): ResolvedStrategy {
  const own = Math.max(1, unitsOf(plan) * evaluationsPerStep - plan.initialPoints);
  const resolved = Object.fromEntries(Object.entries(options).map(([option, value]) => [option, value === "budget" ? own : value]));
  return { label, name, options: resolved, evaluationsPerStep, ...(card !== undefined && { card }) };
}

function budgetOf(plan: Plan, { evaluationsPerStep }: ResolvedStrategy): CellBudget {
  const units = unitsOf(plan) * evaluationsPerStep;
  if (typeof plan.budget === "number") return { units, workers: 1, stragglerSigma: 0 };
  return { units, workers: plan.budget.workers, stragglerSigma: plan.budget.stragglerSigma };
}

function cellOf(arena: ArenaSpec, strategy: ResolvedStrategy, budget: CellBudget): CampaignCell {
  const { problem, seed } = arena;
  const { label } = strategy;
  return { name: { problem, strategy: label, seed }, arena, strategy, studySeed: `${seed}/${problem}/${label}`, budget };
}

function factsOf(plan: Plan): CampaignFacts {
  const seeds = Array.from({ length: plan.seeds.count }, (_, index) => plan.seeds.first + index);
  const { name, title, question, initialPoints, budget } = plan;
  const resource = typeof budget === "number" ? {} : { resource: budget };
  return { name, title, question, planHash: hashOf(plan), initialPoints, noise: noiseText(plan), ...resource, seeds };
}

function noiseText({ budget, noise }: Plan): string {
  if (typeof budget !== "number") return "that of each problem";
  if (noise === null) return "none";
  return `${noise.model}, sd ${noise.sd}${noise.model === "multiplicative" ? "" : " x interquartile range"}`;
}
