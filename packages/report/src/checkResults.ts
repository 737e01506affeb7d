/**
 * Checks results before a report computes anything: names are unique, references point to what exists, and numbers are numbers in their
 * bounds.
 */
import { ConfigError } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";
import type { Anchor, CampaignResults, ProblemFacts, ResourceBudget, RunResult, RunTraining, StrategyCard } from "./results.ts";

/** @throws ConfigError that names the first part that does not fit. */
export function checkResults(results: CampaignResults): void {
  const { strategies, problems, seeds, resource } = results;
  if (resource !== undefined) checkResource(resource);
  for (const [what, hash] of [
    ["planHash", results.planHash],
    ["dataHash", results.dataHash],
  ] as const) {
    demand(/^[0-9a-f]{64}$/.test(hash), what, "a SHA-256 in 64 lower-case hexadecimal digits", hash);
  }
  demand(whole(results.initialPoints, 0), "initialPoints", "a whole number, 0 or more", results.initialPoints);
  demand(
    strategies.length > 0 && problems.length > 0 && seeds.length > 0,
    "results",
    "at least one strategy, one problem and one seed",
    "an empty list",
  );
  distinct(
    "strategies",
    strategies.map((strategy) => strategy.label),
  );
  distinct(
    "problems",
    problems.map((problem) => problem.id),
  );
  distinct("seeds", seeds);
  strategies.forEach(checkStrategy);
  checkTwins(strategies);
  problems.forEach(checkProblem);
  checkRuns(results);
}

function checkStrategy(strategy: StrategyCard): void {
  demand(
    whole(strategy.evaluationsPerStep, 1),
    `strategy ${strategy.label}`,
    "a whole evaluationsPerStep of at least 1",
    strategy.evaluationsPerStep,
  );
}

/** A twin repeats a strategy that takes part in the comparisons, with the same budget. */
function checkTwins(strategies: readonly StrategyCard[]): void {
  for (const { label, twinOf, evaluationsPerStep } of strategies) {
    if (twinOf === undefined) continue;
    const original = strategies.find((strategy) => strategy.label === twinOf && strategy.twinOf === undefined);
    const what = `strategy ${label}, twinOf`;
    demand(original !== undefined, what, "the label of a strategy that is no twin", twinOf);
    demand(original!.evaluationsPerStep === evaluationsPerStep, what, "a strategy with the same evaluationsPerStep", twinOf);
  }
}

function checkProblem(problem: ProblemFacts): void {
  const what = `problem ${problem.id}`;
  demand(whole(problem.budget, 1), what, "a whole budget of at least 1", problem.budget);
  demand(Number.isFinite(problem.optimum), what, "a finite optimum", problem.optimum);
  demand(Number.isFinite(problem.tolerance) && problem.tolerance >= 0, what, "a tolerance of 0 or more", problem.tolerance);
  demand(problem.where === undefined || problem.where.length > 0, what, "no `where`, or at least one constraint", "an empty list");
  const { measure = "regret" } = problem;
  demand(/^[a-z][a-z ]{0,30}$/.test(measure), what, "a measure of up to 31 lower-case letters and spaces", measure);
  for (const [seed, anchor] of Object.entries(problem.anchors ?? {})) checkAnchor(anchor, `anchor ${JSON.stringify(seed)} of ${what}`);
}

function checkAnchor({ evaluations, median, levels, values }: Anchor, what: string): void {
  demand(whole(evaluations, 1), what, "a whole number of evaluations, at least 1", evaluations);
  demand(Number.isFinite(median), what, "a finite median", median);
  demand(levels.length > 0 && levels.length === values.length, what, "as many values as levels, at least one", values.length);
  const badLevel = Array.from(levels).findIndex((level, place) => !(level > 0 && level <= 1 && level < (levels[place - 1] ?? Infinity)));
  demand(badLevel < 0, what, "descending levels above 0 and at most 1", levels[badLevel]);
  const badValue = Array.from(values).findIndex((value, place) => !(Number.isFinite(value) && value <= (values[place - 1] ?? Infinity)));
  demand(badValue < 0, what, "finite values that never increase", values[badValue]);
}

function checkRuns(results: CampaignResults): void {
  const strategies = new Map(results.strategies.map((strategy) => [strategy.label, strategy]));
  const problems = new Map(results.problems.map((problem) => [problem.id, problem]));
  const seeds = new Set(results.seeds);
  const seen = new Set<string>();
  for (const run of results.runs) {
    const what = `run of ${run.strategy} on ${run.problem} with seed ${run.seed}`;
    const strategy = strategies.get(run.strategy);
    const problem = problems.get(run.problem);
    demand(
      strategy !== undefined && problem !== undefined && seeds.has(run.seed),
      what,
      "a strategy, problem and seed of the campaign",
      "another",
    );
    const name = runName(run);
    demand(!seen.has(name), what, "one run of each strategy, problem and seed", "two runs");
    seen.add(name);
    const most = problem!.budget * strategy!.evaluationsPerStep;
    demand(
      (run.training !== undefined) === (results.resource !== undefined),
      what,
      "`training` if the budget counts resource, and otherwise no `training`",
      "",
    );
    if (run.training === undefined) demand(run.values.length <= most, what, `at most ${most} values`, run.values.length);
    else checkTraining(run.training, run.values.length, what);
    const wrong = run.values.findIndex((value) => value !== null && !Number.isFinite(value));
    demand(wrong < 0, what, "finite values, or null for failed evaluations", run.values[wrong]);
    if (run.recommended !== undefined) checkRecommended(run, run.recommended, what);
  }
}

function checkResource({ fullTrainings, points, from }: ResourceBudget): void {
  demand(whole(fullTrainings, 2), "resource", "a whole number of full trainings, 2 or more", fullTrainings);
  demand(whole(points, 2), "resource", "a whole number of points, 2 or more", points);
  demand(from > 0 && from <= 1, "resource", "a first amount above 0 and at most 1 full training", from);
}

function checkTraining({ from, left, spent, measurements, failures, costs }: RunTraining, values: number, what: string): void {
  demand(from.length === values, what, `${values} amounts, one per value`, from.length);
  const wrong = from.findIndex((amount, index) => !(amount >= (from[index - 1] ?? 0) && amount < Infinity));
  demand(wrong < 0, what, "amounts of resource that never decrease", from[wrong]);
  demand(
    left.length === values && Array.from(left).every((rest) => rest >= 0 && rest <= 1),
    what,
    `${values} remaining shares of a training, from 0 to 1`,
    left.length,
  );
  demand(costs === undefined || costs.length === values, what, `${values} costs, one per value, or none`, costs?.length);
  demand(spent >= 0 && spent < Infinity, what, "a finite resource", spent);
  demand(
    whole(failures, 0) && whole(measurements, failures),
    what,
    "whole numbers of measurements and failures, with no more failures than measurements",
    failures,
  );
}

function checkRecommended({ values, training }: RunResult, recommended: readonly (number | null)[], what: string): void {
  demand(training === undefined, what, "no `recommended` if the budget counts resource", "both");
  demand(recommended.length === values.length, what, `${values.length} recommendations, one per value`, recommended.length);
  const wrong = Array.from(recommended).findIndex((value) => value !== null && !Number.isFinite(value));
  demand(wrong < 0, what, "finite values of recommendations, or null for none", recommended[wrong]);
}

/** A text that identifies (problem, strategy, seed). JSON keeps the parts separate. */
export function runName(run: Pick<RunResult, "problem" | "strategy" | "seed">): string {
  return JSON.stringify([run.problem, run.strategy, run.seed]);
}

function whole(value: number, least: number): boolean {
  return Number.isSafeInteger(value) && value >= least;
}

function distinct(what: string, names: readonly (string | number)[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  demand(twice === undefined, what, "distinct names", `${String(twice)} twice`);
}

function demand(holds: boolean, what: string, expected: string, got: unknown): void {
  if (holds) return;
  throw new ConfigError({
    code: "badResults",
    what: `campaign results, ${what}`,
    expected,
    got: typeof got === "string" ? got : show(got),
    remedy: "Run the campaign again, or repair the results. A report needs complete, consistent records.",
  });
}
