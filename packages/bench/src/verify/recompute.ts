/** What a record says was measured, computed again from the problem alone. The strategy is not asked. */
import { type Config, type Job, trialId } from "@caviar-hpo/core";
import { type Arena, type EvaluationLine, finiteOrNull, type TrainingLine } from "../arena/arena.ts";
import { canonicalJson } from "../record/canonical.ts";
import type { RecordLine } from "../run/transcript.ts";

/** A line of a record that should be another one. Lines count from 0, behind the head. */
export type LineFault = { readonly line: number; readonly expected: string; readonly got: string };

/** The measurements and recommendations that come out differently, in any bit. */
export function recompute(lines: readonly RecordLine[], arena: Arena): readonly LineFault[] {
  const again = recomputer(arena);
  return lines.flatMap((line, index) => {
    const got = canonicalJson(line);
    const expected = textOf(() => again(line, index));
    return expected === got ? [] : [{ line: index, expected, got }];
  });
}

function recomputer(arena: Arena): (line: RecordLine, index: number) => object {
  const { initial, score, problem } = arena;
  const course = arena.begin();
  const names = problem.space.params.map(([name]) => name);
  const configs = new Map<number, Config>();
  const measureAgain = (line: EvaluationLine | TrainingLine, index: number): object => {
    const { trial, config, fidelity, resource } = "x" in line ? evaluationOf(line, index, names) : line;
    configs.set(trial, config);
    // Every run begins with the same design.
    const job = { trial: trialId(trial), config: initial[trial] ?? config } as Job;
    return { ...course.request(job, fidelity, resource), ...course.answer(job, fidelity) };
  };
  return (line, index) => {
    if (!("from" in line)) return measureAgain(line, index);
    const config = configs.get(line.trial);
    return { ...line, value: config === undefined || score === null ? null : finiteOrNull(score(config)) };
  };
}

/** A point is a trial by itself, and costs one evaluation. */
function evaluationOf({ x }: EvaluationLine, index: number, names: readonly string[]): Omit<TrainingLine, "told"> {
  const config = Object.fromEntries(names.map((name, at) => [name, x[at]!]));
  return { trial: index, config, fidelity: 1, resource: index + 1 };
}

/** What a point outside the problem's box makes it say. */
function textOf(compute: () => object): string {
  try {
    return canonicalJson(compute());
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
