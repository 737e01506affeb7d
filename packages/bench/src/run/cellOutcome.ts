/** What a campaign keeps of a cell's record, and what the results say of it. */
import type { Problem } from "@caviar-hpo/core";
import { isFeasible } from "@caviar-hpo/core/contract";
import type { RunResult, RunTraining } from "@caviar-hpo/report";
import type { EvaluationLine } from "../arena/arena.ts";
import type { CampaignCell } from "../plan/cells.ts";
import { type RecordLine, toldIn } from "./transcript.ts";

/** The record's hash, and what the report needs of it; `training` is null where evaluations are counted. */
export type CellOutcome = Pick<RunResult, "values" | "recommended"> & { readonly hash: string; readonly training: CellTraining | null };

/** In units of fidelity: when each value was recommended, and how far it had been trained then. */
export type CellTraining = Pick<RunTraining, "from" | "spent" | "measurements" | "failures"> & { readonly fidelities: readonly number[] };

export function outcomeOf({ arena }: CampaignCell, hash: string, lines: readonly RecordLine[]): CellOutcome {
  if (arena.kind === "points") {
    const evaluations = lines.flatMap((line) => ("x" in line ? [line] : []));
    return {
      hash,
      values: evaluations.map(({ value, constraints = [] }) => (isFeasible({ constraints }) ? value : null)),
      ...recommendationsIn(evaluations),
      training: null,
    };
  }
  const recommended = lines.flatMap((line) => ("from" in line ? [line] : []));
  const measured = lines.flatMap((line) => ("resource" in line ? [line] : []));
  return {
    hash,
    values: recommended.map(({ value }) => value),
    training: {
      from: recommended.map(({ from }) => from),
      fidelities: recommended.map(({ fidelity }) => fidelity),
      spent: measured.at(-1)?.resource ?? 0,
      measurements: measured.length,
      failures: measured.filter((line) => toldIn(line) === null).length,
    },
  };
}

/** Only noisy runs have them, and not those that earlier versions recorded. */
function recommendationsIn(lines: readonly EvaluationLine[]): Pick<CellOutcome, "recommended"> {
  const recommended = lines.flatMap((line) => (line.recommended === undefined ? [] : [line.recommended]));
  return recommended.length === lines.length ? { recommended } : {};
}

/** Resource becomes full trainings, and each fidelity the part of a full training that was left. */
export function runResult(
  { name }: CampaignCell,
  { values, recommended, training }: CellOutcome,
  { fidelity, resumable }: Problem,
): RunResult {
  const run = {
    problem: name.problem,
    strategy: name.strategy,
    seed: name.seed,
    values,
    ...(recommended !== undefined && { recommended }),
  };
  if (training === null) return run;
  const { max } = fidelity!;
  const { from, fidelities, spent, ...counts } = training;
  const left = (reached: number): number => (resumable || reached === max ? (max - reached) / max : 1);
  return { ...run, training: { ...counts, from: from.map((resource) => resource / max), left: fidelities.map(left), spent: spent / max } };
}
