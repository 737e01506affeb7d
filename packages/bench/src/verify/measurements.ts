/** The measurements of a record in one form, whether its campaign counts evaluations or resource. */
import type { Problem } from "@caviar-hpo/core";
import type { EvaluationLine, TrainingLine } from "../arena/arena.ts";
import { configAt } from "../arena/point.ts";
import type { RecordLine } from "../run/transcript.ts";

/** What was asked: a configuration of a trial at a fidelity, when `resource` was spent. */
export type AskedMeasurement = Omit<TrainingLine, "told">;

/** A point is a trial by itself, has the fidelity 1 and costs one evaluation. @param index counts the measurements of the run from 0. */
export function askedIn(line: EvaluationLine | TrainingLine, index: number, { space }: Problem): AskedMeasurement {
  if ("config" in line) return line;
  return { trial: index, config: configAt(space, line.x), fidelity: 1, resource: index + 1 };
}

export function isMeasurement(line: RecordLine): line is EvaluationLine | TrainingLine {
  return !("from" in line);
}
