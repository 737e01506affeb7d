/**
 * A study as JSON, a line per trial.
 *
 * | key | value |
 * |---|---|
 * | `format` | `"caviar study"` |
 * | `version` | 1 |
 * | `name`, `seed`, `strategy` | of the study. `seed` and `strategy` are null if they are not known |
 * | `annotations` | the user's own attributes of the study, by name |
 * | `problem` | as in the wire format |
 * | `trials` | a list of trials |
 *
 * A trial has `id`, `config`, `parent`, `status`, `curve` and, if it failed, `failure`, as in the wire format. It also has `startedAtMs`,
 * `endedAtMs`, `durationSeconds`, `worker` and `annotations`. Times and workers that are not known are null. Numbers that JSON lacks are
 * written as `{"$num":"NaN"}`.
 */
import type { Json } from "@caviar-hpo/core";
import { encodeProblem, stringifyWire } from "@caviar-hpo/core/wire";
import type { ExportedStudy, ExportedTrial } from "./exportedStudy.ts";

/**
 * The study as JSON text.
 *
 * @throws what `encodeProblem` and `stringifyWire` throw.
 */
export function studyJson({ name, seed, strategy = null, annotations = {}, problem, trials }: ExportedStudy): string {
  const head = { format: "caviar study", version: 1, name, seed: seed ?? null, strategy, annotations, problem: encodeProblem(problem) };
  const members = Object.entries(head).map(([key, value]) => `"${key}": ${stringifyWire(value)},`);
  const list = trials.map((trial) => `\n${stringifyWire(trialForm(trial))}`).join(",");
  return `{\n${members.join("\n")}\n"trials": [${list}\n]\n}\n`;
}

function trialForm(trial: ExportedTrial): Json {
  const {
    id,
    config,
    parent,
    status,
    curve,
    failure,
    startedAtMs = null,
    endedAtMs = null,
    durationSeconds = null,
    worker = null,
    annotations = {},
  } = trial;
  return {
    id,
    config,
    parent,
    status,
    curve,
    ...(failure !== undefined && { failure }),
    startedAtMs,
    endedAtMs,
    durationSeconds,
    worker,
    annotations,
  };
}
