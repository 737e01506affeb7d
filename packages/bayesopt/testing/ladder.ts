/**
 * A small scheduler: every trial is trained a little, the best of every three continues, and the better of every two of those runs to the
 * end.
 */
import type { Fidelity, Scheduler, TrialId } from "@caviar-hpo/core";

export type LadderState = {
  readonly rungs: readonly number[];
  /** Trials that wait on the first and second rung, and values by trial. */
  readonly waiting: readonly [TrialId[], TrialId[]];
  readonly values: { [trial: string]: number };
};

export const ladder: Scheduler<LadderState> = {
  name: "ladder",
  version: 1,
  init: (fidelity) => ({ rungs: rungsOf(fidelity), waiting: [[], []], values: {} }),
  rungs: ({ rungs }) => rungs,
  next: ({ rungs, waiting, values }, _context, open) => {
    for (const [rung, size] of [
      [1, 2],
      [0, 3],
    ] as const) {
      const until = rungs[rung + 1];
      if (until === undefined || waiting[rung].length < size) continue;
      const [best] = waiting[rung].splice(0, size).sort((a, b) => values[a]! - values[b]!);
      return { kind: "resume", trial: best!, until };
    }
    return open ? { kind: "fill", slot: { until: rungs[0]!, bracket: 0, rung: 0, below: [] } } : { kind: "done" };
  },
  filled: () => {},
  tell: ({ rungs, waiting, values }, _context, report) => {
    if (report.kind !== "finished") return [];
    values[report.trial] = report.measurement.values[0]!;
    const rung = rungs.indexOf(report.measurement.fidelity);
    if (rung === 0 || rung === 1) waiting[rung].push(report.trial);
    return [];
  },
};

/** A ninth, a third and all of the most fidelity, as far as the least allows. */
function rungsOf({ min, max, whole }: Fidelity): readonly number[] {
  const rungs = [max / 9, max / 3, max].map((at) => Math.max(min, whole ? Math.floor(at) : at));
  return rungs.filter((rung, index) => rung > (rungs[index - 1] ?? 0));
}
