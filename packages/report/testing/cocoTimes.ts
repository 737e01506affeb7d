/** What readers of COCO's data must find: the expected running times that reports compute, at 51 precisions from 100 to 1e-8. */
import { precisions } from "../src/analysis/targets.ts";
import type { CocoRun } from "../src/neighbours/coco/cocoFiles.ts";
import { expectedRunningTime } from "../src/statistics/runningTime.ts";
import { firstHit, traceOf } from "../src/statistics/trace.ts";

export type CocoTimes = {
  readonly function: number;
  readonly dimension: number;
  readonly evaluations: readonly number[];
  readonly expected: readonly (number | "Infinity")[];
};

const card = { label: "a", name: "a", version: 1, options: {}, evaluationsPerStep: 1 };

export function cocoTimes(runs: readonly CocoRun[]): readonly CocoTimes[] {
  const names = [...new Set(runs.map((run) => `${run.function} ${run.dimension}`))];
  return names.map((name) => {
    const group = runs.filter((run) => `${run.function} ${run.dimension}` === name);
    const traces = group.map(({ evaluations, optimum }) => {
      const values = evaluations.map(({ value }) => (Number.isFinite(value) ? value - optimum : null));
      return traceOf(card, { problem: "p", strategy: "a", seed: 1, values }, values.length);
    });
    const ends = Float64Array.from(traces, ({ end }) => end);
    const expected = precisions.map((precision) => {
      const time = expectedRunningTime(
        Float64Array.from(traces, (trace) => firstHit(trace, precision)),
        ends,
      );
      return time === Infinity ? "Infinity" : time;
    });
    return { function: group[0]!.function, dimension: group[0]!.dimension, evaluations: [...ends], expected };
  });
}
