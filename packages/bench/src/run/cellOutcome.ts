/** What a campaign keeps of a cell's record, and what the results say of it. */
import type { Problem } from "@caviar-hpo/core";
import { isFeasible } from "@caviar-hpo/core/contract";
import type { RunCosts, RunFailure, RunResult, RunTraining } from "@caviar-hpo/report";
import type { Arena, EvaluationLine, TrainingLine } from "../arena/arena.ts";
import type { CampaignCell } from "../plan/cells.ts";
import type { RunEnd } from "../record/record.ts";
import { type CostsSoFar, costsAlong } from "./costsAlong.ts";
import { type RecommendationLine, type RecordLine, toldIn } from "./transcript.ts";

/** The end of the record, and what the report needs of its lines; `training` is null where evaluations are counted. */
export type CellOutcome = Pick<RunResult, "values" | "recommended"> & { readonly end: RunEnd; readonly training: CellTraining | null };

/**
 * In units of fidelity: when each value was recommended, how far it had been trained then, and what the run had spent by then. `costs` is
 * absent for a record of format 1.
 */
export type CellTraining = Pick<RunTraining, "from" | "spent" | "measurements" | "failures"> & {
  readonly fidelities: readonly number[];
  readonly costs?: readonly CostsSoFar[];
};

/** @param open opens the arena of the cell. It is called where resource is counted. */
export function outcomeOf(cell: CampaignCell, end: RunEnd, lines: readonly RecordLine[], open: () => Arena): CellOutcome {
  const { arena } = cell;
  if (arena.kind === "points" || arena.kind === "own") {
    const evaluations = lines.flatMap((line) => ("x" in line ? [line] : []));
    const values = evaluations.map(({ value, constraints = [] }) => (isFeasible({ constraints }) ? finiteOrNull(value) : null));
    return { end, values, ...recommendationsIn(evaluations), training: null };
  }
  const recommended = lines.flatMap((line) => ("from" in line ? [line] : []));
  const measured = lines.flatMap((line) => ("resource" in line ? [line] : []));
  return {
    end,
    values: recommended.map(({ value }) => finiteOrNull(value)),
    training: {
      from: recommended.map(({ from }) => from),
      fidelities: recommended.map(({ fidelity }) => fidelity),
      spent: measured.at(-1)?.resource ?? 0,
      measurements: measured.length,
      failures: measured.filter((line) => !Number.isFinite(toldIn(line))).length,
      ...(end.spent !== null && {
        costs: costsOf(recommended, measured, costsAlong(measured, open(), { spent: end.spent, budget: cell.budget })),
      }),
    },
  };
}

/** What the run had spent when it made each recommendation: what its last measurement until then says. */
function costsOf(
  recommended: readonly RecommendationLine[],
  measured: readonly TrainingLine[],
  costs: readonly CostsSoFar[],
): readonly CostsSoFar[] {
  let next = 0;
  return recommended.map(({ from }) => {
    while (next < measured.length && measured[next]!.resource <= from) next++;
    return costs[next - 1] ?? { evaluations: 0, resource: 0, scratch: 0, time: null };
  });
}

/**
 * Only noisy runs have them. Records of earlier versions do not say what the strategy recommended. Then it is the feasible point with the
 * best value that the strategy was told.
 */
function recommendationsIn(lines: readonly EvaluationLine[]): Pick<CellOutcome, "recommended"> {
  if (lines.every(({ told, recommended }) => told === undefined && recommended === undefined)) return {};
  let best: EvaluationLine | null = null;
  return {
    recommended: lines.map((line) => {
      const heard = toldIn(line);
      if (heard < (best === null ? Infinity : toldIn(best)) && isFeasible({ constraints: line.constraints ?? [] })) best = line;
      const recommended = line.recommended === undefined ? best : line.recommended;
      return finiteOrNull(recommended?.value ?? NaN);
    }),
  };
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Resource becomes full trainings, and each fidelity the part of a full training that was left. */
export function runResult(
  { name }: CampaignCell,
  { end, values, recommended, training }: CellOutcome,
  { fidelity, resumable }: Problem,
): RunResult {
  const max = fidelity?.max ?? 1;
  const { problem, strategy, seed } = name;
  const run = { problem, strategy, seed, values, ...(recommended !== undefined && { recommended }), ...ending(end, max) };
  if (training === null) return run;
  const { from, fidelities, costs, spent, ...counts } = training;
  const left = (reached: number): number => (resumable || reached === max ? (max - reached) / max : 1);
  return {
    ...run,
    training: {
      ...counts,
      from: from.map((resource) => resource / max),
      left: fidelities.map(left),
      spent: spent / max,
      ...(costs !== undefined && {
        costs: costs.map(({ evaluations, scratch, time }) => ({ evaluations, scratch: scratch / max, time })),
      }),
    },
  };
}

/** @param max the highest fidelity. */
function ending({ failed, spent }: RunEnd, max: number): { readonly failed?: RunFailure; readonly spent?: RunCosts } {
  return {
    ...(failed !== null && { failed }),
    ...(spent !== null && { spent: { ...spent, resource: spent.resource / max, scratch: spent.scratch / max } }),
  };
}
