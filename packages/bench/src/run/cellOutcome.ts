/** What a campaign keeps of a cell's record, and what the results say of it. */
import type { Problem } from "@caviar-hpo/core";
import type { RunCosts, RunFailure, RunResult, RunTraining } from "@caviar-hpo/report";
import type { CampaignCell } from "../plan/cells.ts";
import type { RunEnd } from "../record/record.ts";
import { type RecordLine, toldIn } from "./transcript.ts";

/** The end of the record, and what the report needs of its lines; `training` is null where evaluations are counted. */
export type CellOutcome = { readonly end: RunEnd; readonly values: RunResult["values"]; readonly training: CellTraining | null };

/** In units of fidelity: when each value was recommended, and how far it had been trained then. */
export type CellTraining = Pick<RunTraining, "from" | "spent" | "measurements" | "failures"> & { readonly fidelities: readonly number[] };

export function outcomeOf({ arena }: CampaignCell, end: RunEnd, lines: readonly RecordLine[]): CellOutcome {
  if (arena.kind === "points") {
    return { end, values: lines.flatMap((line) => ("value" in line ? [finiteOrNull(line.value)] : [])), training: null };
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
    },
  };
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Resource becomes full trainings, and each fidelity the part of a full training that was left. */
export function runResult({ name }: CampaignCell, { end, values, training }: CellOutcome, { fidelity, resumable }: Problem): RunResult {
  const max = fidelity?.max ?? 1;
  const { problem, strategy, seed } = name;
  const run = { problem, strategy, seed, values, ...ending(end, max) };
  if (training === null) return run;
  const { from, fidelities, spent, ...counts } = training;
  const left = (reached: number): number => (resumable || reached === max ? (max - reached) / max : 1);
  return { ...run, training: { ...counts, from: from.map((resource) => resource / max), left: fidelities.map(left), spent: spent / max } };
}

/** @param max the highest fidelity. */
function ending({ failed, spent }: RunEnd, max: number): { readonly failed?: RunFailure; readonly spent?: RunCosts } {
  return {
    ...(failed !== null && { failed }),
    ...(spent !== null && { spent: { ...spent, resource: spent.resource / max, scratch: spent.scratch / max } }),
  };
}
