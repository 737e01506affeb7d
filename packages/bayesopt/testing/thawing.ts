/** A small scheduler that asks the sampler each time: it continues the paused trial that the sampler prefers, or starts a new one. */
import type { Fidelity, Scheduler, TrialId } from "@caviar-hpo/core";

/** `paused` has for each paused trial the number of the rung that it has reached, by its id. */
export type ThawingState = { readonly rungs: readonly number[]; readonly paused: { [trial: string]: number } };

export const thawing: Scheduler<ThawingState> = {
  name: "thawing",
  version: 1,
  init: ({ min, max }: Fidelity) => ({
    rungs: [min, max / 9, max / 3, max].filter((rung, at, all) => rung > (all[at - 1] ?? 0)),
    paused: {},
  }),
  rungs: ({ rungs }) => rungs,
  next: ({ rungs, paused }, _context, open, prefer) => {
    const waiting = Object.entries(paused).map(([trial, rung]) => ({ trial: Number(trial) as TrialId, until: rungs[rung + 1]! }));
    const preferred = open && waiting.length > 0 ? (prefer?.(waiting) ?? null) : (waiting[0]?.trial ?? null);
    if (preferred === null) return open ? { kind: "fill", slot: { until: rungs[0]!, bracket: 0, rung: 0, below: [] } } : { kind: "done" };
    const until = rungs[paused[preferred]! + 1]!;
    delete paused[preferred];
    return { kind: "resume", trial: preferred, until };
  },
  filled: () => {},
  tell: ({ rungs, paused }, _context, report) => {
    if (report.kind !== "finished") return [];
    const rung = rungs.indexOf(report.measurement.fidelity);
    if (rung >= 0 && rung < rungs.length - 1) paused[report.trial] = rung;
    return [];
  },
};
