/**
 * One run: one strategy on one instance until the budget is spent, on simulated workers. What an earlier, interrupted run already measured is
 * taken from its record, after checking that the strategy asks for the very same again.
 */
import { JournalError, type SimulateOptions, type StrategyOptions, simulate, startStudy } from "@caviar-hpo/core";
import { createStrategy } from "@caviar-hpo/tune";
import { type Arena, type Evaluation, finiteOrNull, type Measurement } from "./arena.ts";
import { canonicalJson } from "./canonical.ts";
import type { Cell } from "./cells.ts";
import { type Plan, type PlanStrategy, unitsOf } from "./plan.ts";

/**
 * What the run would recommend once the resource `from` is spent, until the next one: the best trial at the highest fidelity that any has
 * reached; and what that is worth in the end, without noise.
 */
export type Recommended = { readonly from: number; readonly trial: number; readonly fidelity: number; readonly value: number | null };

/** A line of a run's record: measurements in their order, then, where resource is counted, the recommendations. */
export type Line = Evaluation | Measurement | Recommended;

/** The run's lines; `recorded` ones first. Calls `onLine` for each new one. */
export function run(plan: Plan, cell: Cell, arena: Arena, recorded: readonly Line[], onLine: (line: Line) => void): readonly Line[] {
  const { problem, initial, seconds, score } = arena;
  const strategy = createStrategy(cell.strategy.card ?? cell.strategy.name, resolveOptions(plan, cell.strategy), problem);
  const study = startStudy({ problem, strategy, seed: `${cell.seed}/${cell.problem}/${cell.strategy.label}` });
  for (const config of initial) study.enqueue(config);
  const course = arena.begin();
  const lines: Line[] = [];
  /** The next line: the recorded one, if it begins as this one must, else a new one. */
  const next = <Known extends object, Found extends object>(known: Known, find: () => Found): Known & Found => {
    const earlier = recorded[lines.length];
    if (earlier !== undefined && !agrees(earlier, known)) throw diverged(lines.length, earlier, known);
    const line = (earlier ?? { ...known, ...find() }) as Known & Found;
    lines.push(line as unknown as Line);
    if (earlier === undefined) onLine(line as unknown as Line);
    return line;
  };
  const { incumbents } = simulate(
    study,
    {
      seconds,
      evaluate: (job, fidelity, _key, resource) => {
        const measured = next(course.asked(job, fidelity, resource), () => course.answer(job, fidelity)) as Evaluation | Measurement;
        return { values: [toldIn(measured) ?? Number.NaN] };
      },
    },
    workersOf(plan, cell.strategy, problem.fidelity?.max ?? 1),
  );
  if (score === null) return lines;
  const worths = new Map<number, number | null>();
  for (const { trial, fidelity, resource } of incumbents) {
    const { value } = next({ from: resource, trial, fidelity }, () => {
      const known = worths.get(trial);
      return { value: known === undefined ? finiteOrNull(score(study.history.trials[trial]!.config)) : known };
    });
    worths.set(trial, value);
  }
  return lines;
}

/** What the strategy heard. */
export function toldIn(line: Evaluation | Measurement): number | null {
  return "value" in line && line.told === undefined ? line.value : line.told!;
}

/** How many units a strategy may spend in one run: evaluations, or full trainings. */
export function allowanceOf(plan: Plan, strategy: PlanStrategy): number {
  return unitsOf(plan) * strategy.evaluationsPerStep;
}

/** The strategy's options with "budget" replaced by the trials it places itself, beyond the shared initial design. */
export function resolveOptions(plan: Plan, strategy: PlanStrategy): StrategyOptions {
  const own = Math.max(1, allowanceOf(plan, strategy) - plan.initialPoints);
  return Object.fromEntries(Object.entries(strategy.options).map(([name, value]) => [name, value === "budget" ? own : value]));
}

function workersOf(plan: Plan, strategy: PlanStrategy, fullTraining: number): SimulateOptions {
  const resource = allowanceOf(plan, strategy) * fullTraining;
  if (typeof plan.budget === "number") return { resource };
  const { workers, stragglerSigma } = plan.budget;
  return { resource, workers, stragglerSigma };
}

/** As it is written: a record does not tell 0 from -0. */
function agrees(line: Line, known: object): boolean {
  return canonicalJson(partOf(line, known)) === canonicalJson(known);
}

function partOf(line: Line, known: object): object {
  return Object.fromEntries(Object.entries(line).filter(([name]) => Object.hasOwn(known, name)));
}

function diverged(index: number, expected: Line, got: object): JournalError {
  return new JournalError({
    code: "diverged",
    what: `measurement ${index}`,
    expected: `as recorded, ${canonicalJson(partOf(expected, got))}`,
    got: canonicalJson(got),
    remedy: "The record comes from other code; move it away, or run with --fresh.",
  });
}
