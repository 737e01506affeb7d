/**
 * One run: one strategy on one instance until the budget is spent. What an earlier, interrupted run already evaluated is taken from its
 * record, after checking that the strategy asks for the very same points again.
 */
import { decode, JournalError, openStudy } from "@caviar/core";
import { asProblem, toPoint } from "@caviar/objectives";
import { createStrategy, type StrategyOptions } from "@caviar/tune";
import type { Arena, Cell } from "./cells.ts";
import type { Plan, PlanStrategy } from "./plan.ts";

/** `value` is noise-free; `told` is what the strategy heard, absent where that is the same; null stands for a number that is not finite. */
export type Evaluation = { readonly x: readonly number[]; readonly value: number | null; readonly told?: number | null };

/** The run's evaluations in order; `recorded` ones first. Calls `onEvaluation` for each new one. */
export function run(
  plan: Plan,
  cell: Cell,
  arena: Arena,
  recorded: readonly Evaluation[],
  onEvaluation: (evaluation: Evaluation) => void,
): readonly Evaluation[] {
  const { fn } = arena;
  const problem = asProblem(fn);
  const strategy = createStrategy(cell.strategy.name, resolveOptions(plan, cell.strategy));
  const study = openStudy({ problem, strategy, seed: `${cell.seed}/${cell.problem}/${cell.strategy.label}` });
  for (const unit of arena.initial) study.enqueue(decode(problem.space, unit));
  const replicates = new Map<string, number>();
  const evaluations: Evaluation[] = [];
  const budget = evaluationsOf(plan, cell.strategy);
  while (evaluations.length < budget) {
    const [job] = study.ask(1).jobs;
    if (job === undefined) break;
    const point = toPoint(fn, job.config);
    const earlier = recorded[evaluations.length];
    if (earlier !== undefined && !earlier.x.every((value, axis) => value === point[axis]))
      throw diverged(evaluations.length, earlier.x, point);
    const name = point.join(" ");
    const replicate = replicates.get(name) ?? 0;
    replicates.set(name, replicate + 1);
    const evaluation = earlier ?? evaluate(arena, point, replicate);
    const told = evaluation.told === undefined ? evaluation.value : evaluation.told;
    study.tell(job.id, { values: [told ?? Number.NaN] });
    evaluations.push(evaluation);
    if (earlier === undefined) onEvaluation(evaluation);
  }
  return evaluations;
}

/** How many evaluations a strategy may make in one run. */
export function evaluationsOf(plan: Plan, strategy: PlanStrategy): number {
  return plan.budget * strategy.evaluationsPerStep;
}

/** The strategy's options with "budget" replaced by the trials it places itself, beyond the shared initial design. */
export function resolveOptions(plan: Plan, strategy: PlanStrategy): StrategyOptions {
  const own = Math.max(1, evaluationsOf(plan, strategy) - plan.initialPoints);
  return Object.fromEntries(Object.entries(strategy.options).map(([name, value]) => [name, value === "budget" ? own : value]));
}

function evaluate(arena: Arena, point: Float64Array, replicate: number): Evaluation {
  const value = arena.evaluate(point);
  const told = arena.observe(point, replicate);
  return { x: [...point], value: finiteOrNull(value), ...(Object.is(told, value) ? {} : { told: finiteOrNull(told) }) };
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function diverged(index: number, expected: readonly number[], got: Float64Array): JournalError {
  return new JournalError({
    code: "diverged",
    what: `evaluation ${index}`,
    expected: `the recorded point ${expected.join(", ")}`,
    got: got.join(", "),
    remedy: "The record comes from other code; move it away, or run with --fresh.",
  });
}
