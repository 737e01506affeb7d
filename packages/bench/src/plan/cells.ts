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
import type { CastStrategy } from "../parts/openStrategy.ts";
import type { ProblemPart, StrategyPart } from "../parts/part.ts";
import { foreignCards } from "./cast.ts";
import { hashOf, type Plan, unitsOf } from "./plan.ts";
import { type ConstrainedProblem, labelOf, type PlanProblem } from "./planProblem.ts";
import { nameOf, type PlanStrategy } from "./planStrategy.ts";
import { problemPart, strategyPart } from "./resolveParts.ts";
import { type CastMember, withTwin } from "./twin.ts";

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

/**
 * A strategy with its options as they are passed to it: the word "budget" is replaced. A card is code, so its cells stay in the caller's
 * thread.
 */
export type ResolvedStrategy = CastStrategy & {
  /** Evaluations, or resource, that it may spend for each unit that is counted. */
  readonly evaluationsPerStep: number;
  /** The label of the strategy that it repeats with other random numbers. */
  readonly twinOf?: string;
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
  /** The URLs of the modules that have to be loaded. */
  readonly modules: readonly string[];
  /** Whether the plan names peers. */
  readonly hasPeers: boolean;
  /** Whether the plan names code that may not be run. */
  readonly isClosed: boolean;
};

/** Where strategies and problems may come from, besides Caviar. */
export type Casting = {
  /** Strategies that the plan may name next to the shipped ones. */
  readonly cards?: readonly Card[];
  /** The folder of a plan whose modules and programs may be run; null, the default, if its code may not. */
  readonly codeFrom?: string | null;
  /** Whether a strategy gets a twin (`twin.ts`). true by default; campaigns of format 1 have none. */
  readonly control?: boolean;
};

/**
 * @throws ConfigError for a plan that counts evaluations of a task or resource of a problem from outside, for an unknown strategy, for a
 * card whose name is taken, and for code that may not be run or does not exist.
 */
export function resolvePlan(plan: Plan, { cards = [], codeFrom = null, control = true }: Casting = {}): ResolvedCampaign {
  const cast: readonly CastMember[] = control ? withTwin(plan.strategies) : plan.strategies.map((strategy) => ({ strategy }));
  const strategies = cast.map(strategyResolver(plan, cards, codeFrom));
  const parts = new Map(plan.problems.map((problem) => [labelOf(problem), problemPart(problem, codeFrom)]));
  const specOf = (problem: PlanProblem, seed: number): ArenaSpec => arenaSpecOf(plan, problem, seed, parts.get(labelOf(problem)));
  const problems = plan.problems.map((problem) => specOf(problem, plan.seeds.first));
  const cells = cellsOf(plan, strategies, specOf);
  return {
    facts: factsOf(plan),
    units: unitsOf(plan),
    strategies,
    problems,
    cells,
    cellCount: cells.count,
    taskNames: problems.filter(({ kind }) => kind === "task").map(({ instanceId }) => instanceId),
    ...needsOf([...strategies.map(({ part }) => part), ...parts.values()]),
  };
}

type Needs = Pick<ResolvedCampaign, "modules" | "hasPeers" | "isClosed">;

function needsOf(parts: readonly (StrategyPart | ProblemPart | null | undefined)[]): Needs {
  const kinds = new Set(parts.map((part) => part?.kind));
  const modules = new Set(parts.flatMap((part) => (part?.kind === "module" ? [part.url] : [])));
  return { modules: [...modules], hasPeers: kinds.has("peer"), isClosed: kinds.has("closed") };
}

type SpecOf = (problem: PlanProblem, seed: number) => ArenaSpec;

function cellsOf(plan: Plan, strategies: readonly ResolvedStrategy[], specOf: SpecOf): CampaignCells {
  const { problems, seeds } = plan;
  const count = problems.length * seeds.count * strategies.length;
  const at = (index: number): CampaignCell => {
    const strategy = strategies[index % strategies.length]!;
    const group = Math.floor(index / strategies.length);
    const arena = specOf(problems[Math.floor(group / seeds.count)]!, seeds.first + (group % seeds.count));
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

/**
 * @param part of a problem from outside.
 * @throws ConfigError for a plan that counts evaluations of a task, or resource of a problem from outside.
 */
export function arenaSpecOf(plan: Plan, problem: PlanProblem, seed: number, part: ProblemPart | null = null): ArenaSpec {
  const { budget, initialPoints, noise } = plan;
  if (part !== null) return ownSpec(plan, labelOf(problem), seed, part);
  const spec = instanceSpec(problem as string | ConstrainedProblem, seed, initialPoints);
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
  const expected = "a budget of resource, because networks train epoch by epoch";
  refuse(`plan.budget with the task ${show(problem)}`, expected, show(budget), `Write { "fullTrainings": ${Math.max(2, budget)} }.`);
}

/** Its values are evaluated, and its noise is its own. */
function ownSpec({ budget, initialPoints, noise }: Plan, label: string, seed: number, part: ProblemPart): ArenaSpec {
  const what = (key: string): string => `plan.${key} with the problem ${show(label)}`;
  if (typeof budget !== "number")
    refuse(what("budget"), "a number of evaluations", "a budget of resource", `Write ${budget.fullTrainings}.`);
  if (noise !== null)
    refuse(
      what("noise"),
      "no noise for all problems",
      noise.model,
      "Give each problem from outside a noise of its own, in units of its value.",
    );
  return { kind: "own", problem: label, instanceId: label, followsSeed: false, seed, initialPoints, part };
}

function refuse(what: string, expected: string, got: string, remedy: string): never {
  throw new ConfigError({ code: "badPlan", what, expected, got, remedy });
}

function strategyResolver(plan: Plan, cards: readonly Card[], codeFrom: string | null): (member: CastMember) => ResolvedStrategy {
  const named = plan.strategies.filter((strategy) => strategyPart(strategy, codeFrom) === null);
  const foreign = foreignCards(named.map(nameOf) as readonly string[], cards);
  return ({ strategy, twinOf }) => {
    const { label, evaluationsPerStep } = strategy;
    const part = strategyPart(strategy, codeFrom);
    const name = part?.kind === "peer" ? part.name : (nameOf(strategy) ?? label);
    const card = part === null ? foreign.get(name) : undefined;
    return {
      ...{ label, name, options: optionsOf(plan, strategy), evaluationsPerStep },
      ...(card !== undefined && { card }),
      ...(part !== null && { part }),
      ...(twinOf !== undefined && { twinOf }),
    };
  };
}

/** The word "budget" as an option's value stands for the trials that the strategy places itself, beyond the shared initial design. */
function optionsOf(plan: Plan, { options, evaluationsPerStep }: PlanStrategy): StrategyOptions {
  const own = Math.max(1, unitsOf(plan) * evaluationsPerStep - plan.initialPoints);
  return Object.fromEntries(Object.entries(options).map(([option, value]) => [option, value === "budget" ? own : value]));
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
  if ("severity" in noise) return `${noise.model}, ${noise.severity}`;
  return `${noise.model}, sd ${noise.sd}${noise.model === "multiplicative" ? "" : " x interquartile range"}`;
}
