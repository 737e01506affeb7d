/** Jobs in figures: what their tooltips say, and their cells of data. */
import type { DataCell } from "../../render/csv.ts";
import type { ShownJob } from "../shownStudy.ts";

export function jobWords({ trial, outcome, from, until }: ShownJob): string {
  return `trial ${trial}, ${from === null ? "" : `from ${from.fidelity} `}up to ${until}: ${outcome}`;
}

export const jobColumns: readonly string[] = ["trial", "from", "until", "started", "ended", "outcome"];

/** One per column. `started` and `ended` are in milliseconds since 1970. */
export function jobCells({ trial, from, until, startedAtMs, endedAtMs, outcome }: ShownJob): readonly DataCell[] {
  return [trial, from?.fidelity ?? 0, until, startedAtMs, endedAtMs, outcome];
}
