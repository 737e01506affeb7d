/** What a record says was measured, computed again from the problem alone. The strategy is not asked. */
import { type Config, type Job, trialId } from "@caviar-hpo/core";
import type { Arena, ArenaRun, EvaluationLine, TrainingLine } from "../arena/arena.ts";
import { configAt } from "../arena/point.ts";
import { canonicalWire } from "../record/canonical.ts";
import type { RecordLine } from "../run/transcript.ts";
import { askedIn, isMeasurement } from "./measurements.ts";

/** A line of a record that should be another one. Lines count from 0, behind the head. */
export type LineFault = { readonly line: number; readonly expected: string; readonly got: string };

/** The measurements and recommendations that come out differently, in any bit. */
export function recompute(lines: readonly RecordLine[], arena: Arena): readonly LineFault[] {
  const course = arena.begin();
  const again = recomputer(arena, course);
  try {
    return lines.flatMap((line, index) => {
      const got = canonicalWire(line);
      const expected = textOf(() => again(line, index));
      return expected === got ? [] : [{ line: index, expected, got }];
    });
  } finally {
    course.close?.();
  }
}

/** Of the lines of a run one after another. Measurements come first, so their places are those among all lines. */
function recomputer({ initial, problem, score }: Arena, course: ArenaRun): (line: RecordLine, index: number) => object {
  const configs = new Map<number, Config>();
  /** Which point a strategy recommends is its own decision. */
  const recommendation = (line: EvaluationLine | TrainingLine): Pick<EvaluationLine, "recommended"> => {
    if (!("x" in line) || !line.recommended) return "recommended" in line ? { recommended: null } : {};
    const { x } = line.recommended;
    return { recommended: { x, value: score(configAt(problem.space, x)) } };
  };
  return (line, index) => {
    if (!isMeasurement(line)) {
      const config = configs.get(line.trial);
      return { ...line, value: config === undefined ? NaN : score(config) };
    }
    const { trial, config, fidelity, resource } = askedIn(line, index, problem);
    configs.set(trial, config);
    // Every run begins with the same design.
    const job = { trial: trialId(trial), config: initial[trial] ?? config } as Job;
    return { ...course.request(job, fidelity, resource), ...course.answer(job, fidelity), ...recommendation(line) };
  };
}

/** A point outside the problem's box has no value: what the problem says of it stands in its place. */
function textOf(compute: () => object): string {
  try {
    return canonicalWire(compute());
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
