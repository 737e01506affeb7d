/** A study as CSV, a row per trial (RFC 4180). */
import type { Json } from "@caviar-hpo/core";
import { stringifyWire } from "@caviar-hpo/core/wire";
import { configCell } from "../configCell.ts";
import { csv, type DataCell } from "../render/csv.ts";
import { type ExportedStudy, type ExportedTrial, timesOf } from "./exportedStudy.ts";
import { isoTime } from "./isoTime.ts";

/**
 * The trials as CSV. Values, constraints and costs are those of the last measurement. Columns of names that a user has chosen begin with
 * `values_`, `constraints_`, `params_` or `annotations_`, so no two columns have one name. A cell is empty if there is no value. Control
 * characters are shown as their pictures. A text that a spreadsheet would run as a formula gets an apostrophe in front.
 */
export function studyCsv({ problem, trials }: ExportedStudy): string {
  const { space, objectives, constraints } = problem;
  const params = space.params.map(([name]) => name);
  const annotations = [...new Set(trials.flatMap((trial) => Object.keys(trial.annotations ?? {})))];
  const columns = [
    "trial",
    "status",
    "fidelity",
    ...objectives.map(({ name }) => `values_${name}`),
    ...constraints.map((name) => `constraints_${name}`),
    ...params.map((name) => `params_${name}`),
    "costSeconds",
    "started",
    "ended",
    "durationSeconds",
    "worker",
    "parent",
    "reason",
    "error",
    ...annotations.map((name) => `annotations_${name}`),
  ];
  const rows = trials.map((trial): readonly DataCell[] => {
    const { id, status, curve, config, worker, parent, failure } = trial;
    const last = curve.at(-1);
    return [
      id,
      status,
      last?.fidelity ?? null,
      ...objectives.map((_, index) => last?.values[index] ?? null),
      ...constraints.map((_, index) => last?.constraints[index] ?? null),
      ...params.map((name) => configCell(config, name)),
      last?.costSeconds ?? null,
      ...timeCells(trial),
      trial.durationSeconds ?? null,
      worker ?? null,
      parent,
      failure?.reason ?? null,
      failure?.error ?? null,
      ...annotations.map((name) => annotationCell(trial.annotations ?? {}, name)),
    ];
  });
  return csv({ columns, rows }, "\r\n");
}

/** Empty where no time was recorded. */
function timeCells(trial: ExportedTrial): readonly DataCell[] {
  const { startMs, endMs } = timesOf(trial);
  return [
    typeof trial.startedAtMs === "number" ? isoTime(startMs) : null,
    typeof trial.endedAtMs === "number" && endMs !== null ? isoTime(endMs) : null,
  ];
}

function annotationCell(annotations: { readonly [name: string]: Json }, name: string): DataCell {
  const value = Object.hasOwn(annotations, name) ? annotations[name]! : null;
  return value === null || typeof value === "string" || typeof value === "number" ? value : stringifyWire(value);
}
