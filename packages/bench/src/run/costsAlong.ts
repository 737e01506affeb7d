/**
 * What a run had spent on every axis at each of its measurements. Records hold the new resource. The rest follows from it, and the totals
 * at the end of the record say whether it does.
 */
import { root } from "@caviar-hpo/core";
import type { RunCosts } from "@caviar-hpo/report";
import type { Arena, TrainingLine } from "../arena/arena.ts";
import type { CellBudget } from "../plan/cells.ts";

/** In units of fidelity. `time` is null where records do not tell it. */
export type CostsSoFar = Omit<RunCosts, "time"> & { readonly time: number | null };

/**
 * One entry per measurement.
 *
 * @param spent all that the run has spent, in units of fidelity.
 */
export function costsAlong(
  lines: readonly TrainingLine[],
  { problem: { resumable }, seconds }: Pick<Arena, "problem" | "seconds">,
  { spent, budget }: { readonly spent: RunCosts; readonly budget: CellBudget },
): readonly CostsSoFar[] {
  const starts = startsOf(lines);
  const saved = resumable ? savedAlong(lines, spent.scratch - spent.resource) : lines.map(() => 0);
  const times = budget.workers === 1 && budget.stragglerSigma === 0 ? timesAlong(lines, starts, seconds) : null;
  // A run may end while a trial trains, so its last measurement may come earlier.
  const isKnown = times !== null && (times.at(-1) ?? 0) <= spent.time * (1 + 1e-9);
  return lines.map(({ resource }, place) => ({
    evaluations: place + 1,
    resource,
    scratch: resource + saved[place]!,
    time: isKnown ? times[place]! : null,
  }));
}

/** The fidelity from which each measurement trained: that of the trial's last one, or 0 if it began again. */
function startsOf(lines: readonly TrainingLine[]): readonly number[] {
  const reached = new Map<number, number>();
  let before = 0;
  return lines.map(({ trial, fidelity, resource }) => {
    const last = reached.get(trial) ?? 0;
    reached.set(trial, fidelity);
    const added = resource - before;
    before = resource;
    return Math.abs(added - (fidelity - last)) <= 1e-9 * fidelity ? last : 0;
  });
}

const noKey = root("seconds");

function timesAlong(lines: readonly TrainingLine[], starts: readonly number[], seconds: Arena["seconds"]): readonly number[] {
  let time = 0;
  return lines.map(({ config, fidelity }, place) => {
    time += seconds(config, starts[place]!, fidelity, noKey);
    return time;
  });
}

/**
 * The resource that checkpoints have saved by each measurement. The total is known. When it was saved is not quite known: a record does not
 * tell a trial that one job trains through several rungs from one that is promoted at once. Of both readings, the function takes the one
 * whose total is nearer, and scales it to the total.
 */
function savedAlong(lines: readonly TrainingLine[], total: number): readonly number[] {
  const readings = [false, true].map((always) => savedIn(lines, always));
  const end = (reading: readonly number[]): number => reading.at(-1) ?? 0;
  const [passing, promoted] = readings as [readonly number[], readonly number[]];
  const nearer = Math.abs(end(promoted) - total) <= Math.abs(end(passing) - total) ? promoted : passing;
  const scale = end(nearer) > 0 ? total / end(nearer) : 0;
  return nearer.map((saved) => saved * scale);
}

/** @param always whether a measurement directly after one of the same trial is a job of its own. */
function savedIn(lines: readonly TrainingLine[], always: boolean): readonly number[] {
  const reached = new Map<number, number>();
  let saved = 0;
  return lines.map(({ trial, fidelity }, place) => {
    if (always || lines[place - 1]?.trial !== trial) saved += reached.get(trial) ?? 0;
    reached.set(trial, fidelity);
    return saved;
  });
}
