/** The time in which jobs ran. Pauses, in which no job ran, are left out. */
import { linearTicks, type Tick } from "../../svg/scale.ts";
import type { ShownJob } from "../shownStudy.ts";

export type BusyTime = {
  readonly name: string;
  /** From 0 to 1. */
  readonly at: (ms: number) => number;
  readonly ticks: readonly Tick[];
  /** How many pauses were left out, and where they were, from 0 to 1. */
  readonly pauses: readonly number[];
  /** When a running job is shown to end: the last moment that the log knows. */
  readonly nowMs: number;
};

type Stretch = { from: number; to: number };

/** A pause of at least this share of the busy time is left out. */
const leastPause = 0.5;

/** @param jobs at least one. */
export function busyTime(jobs: readonly ShownJob[]): BusyTime {
  const nowMs = jobs.reduce((last, { startedAtMs, endedAtMs }) => Math.max(last, startedAtMs, endedAtMs ?? 0), 0);
  const stretches = joined(
    jobs.map(({ startedAtMs, endedAtMs }) => ({ from: startedAtMs, to: Math.max(startedAtMs, endedAtMs ?? nowMs) })),
    0,
  );
  const busyMs = stretches.reduce((sum, { from, to }) => sum + to - from, 0);
  const shown = joined(stretches, leastPause * busyMs);
  const wholeMs = Math.max(
    1,
    shown.reduce((sum, { from, to }) => sum + to - from, 0),
  );
  const starts: number[] = [];
  shown.reduce((sum, { from, to }) => {
    starts.push(sum);
    return sum + to - from;
  }, 0);
  const at = (ms: number): number => {
    const index = Math.max(0, shown.filter(({ from }) => from <= ms).length - 1);
    const { from, to } = shown[index]!;
    return (starts[index]! + Math.max(0, Math.min(ms, to) - from)) / wholeMs;
  };
  const { unit, ms } = unitOf(wholeMs);
  const ticks = linearTicks([0, wholeMs / ms], 9).map(({ at: place, label }) => ({ at: (place * ms) / wholeMs, label }));
  return { name: `${unit} in which jobs ran`, at, ticks, pauses: starts.slice(1).map((start) => start / wholeMs), nowMs };
}

/** The sentence about what is left out; empty if nothing is. */
export function pauseWords({ pauses }: BusyTime): string {
  return pauses.length > 0 ? " Pauses in which no job ran are left out; the dashed lines are where they were." : "";
}

/** Stretches in order, those that are at most `gap` apart as one. */
function joined(stretches: readonly Stretch[], gap: number): readonly Stretch[] {
  const found: Stretch[] = [];
  for (const { from, to } of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = found.at(-1);
    if (last !== undefined && from - last.to <= gap) last.to = Math.max(last.to, to);
    else found.push({ from, to });
  }
  return found;
}

function unitOf(wholeMs: number): { readonly unit: string; readonly ms: number } {
  if (wholeMs < 5_000) return { unit: "milliseconds", ms: 1 };
  if (wholeMs < 300_000) return { unit: "seconds", ms: 1000 };
  return wholeMs < 18_000_000 ? { unit: "minutes", ms: 60_000 } : { unit: "hours", ms: 3_600_000 };
}
