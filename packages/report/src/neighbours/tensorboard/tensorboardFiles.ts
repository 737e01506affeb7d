/**
 * A study for TensorBoard: a folder per trial, whose event file has the trial's curves and hyperparameters, and an event file of the study,
 * which names them. TensorBoard finds a file by the `tfevents` in its name.
 */
import { type ExportedStudy, type ExportedTrial, type FidelitySteps, stepsOf, timesOf } from "../exportedStudy.ts";
import { eventFile, type SummaryEvent, scalar } from "./eventFile.ts";
import { constraintTag, experiment, sessionEnd, sessionStart } from "./hparams.ts";

/** A file of an export. `path` is relative to the folder of the export, with slashes. */
export type ExportedFile = { readonly path: string; readonly bytes: Uint8Array };

/**
 * The event files. Curves are drawn over the fidelity. Trials of equal configurations are one session group. How a trial ended is the
 * hyperparameter `caviar:status`.
 */
export function tensorboardFiles(study: ExportedStudy): readonly ExportedFile[] {
  const { name, problem, trials } = study;
  const createdMs = trials.reduce((first, trial) => Math.min(first, timesOf(trial).startMs), trials.length === 0 ? 0 : Infinity);
  const statuses = trials.map(({ status }) => status);
  const studyEvent = { atMs: createdMs, step: 0, value: experiment(name, problem, statuses, createdMs) };
  const steps = stepsOf(study);
  const groups = new Map<string, string>();
  return [
    { path: fileName(createdMs), bytes: eventFile([studyEvent]) },
    ...trials.map((trial) => {
      const folder = `trial_${trial.id}`;
      const key = JSON.stringify(trial.config);
      const group = groups.get(key) ?? folder;
      groups.set(key, group);
      const { startMs, endMs } = timesOf(trial);
      const { config, status } = trial;
      const start = { atMs: startMs, step: 0, value: sessionStart(problem, { config, status, group, startMs }) };
      const end = endMs === null ? [] : [{ atMs: endMs, step: 0, value: sessionEnd(status === "failed", endMs) }];
      return { path: `${folder}/${fileName(startMs)}`, bytes: eventFile([start, ...scalars(study, trial, steps), ...end]) };
    }),
  ];
}

/** Only the times of the start and of the end are known. The last measurement was made at the end. */
function scalars({ problem }: ExportedStudy, trial: ExportedTrial, steps: FidelitySteps): readonly SummaryEvent[] {
  const { startMs, endMs } = timesOf(trial);
  return trial.curve.flatMap(({ fidelity, values, constraints }, index) => {
    const at = { atMs: index === trial.curve.length - 1 ? (endMs ?? startMs) : startMs, step: steps.of(fidelity) };
    return [
      ...problem.objectives.map(({ name }, objective) => ({ ...at, value: scalar(name, values[objective]!) })),
      ...problem.constraints.map((name, constraint) => ({ ...at, value: scalar(constraintTag(name), constraints[constraint]!) })),
    ];
  });
}

function fileName(ms: number): string {
  return `events.out.tfevents.${String(Math.floor(ms / 1000)).padStart(10, "0")}.caviar.0.0`;
}
