/** Row A11 of the fault matrix: clocks that say what they should not, and a study that is run under them. */
import type { Clock, Event } from "@caviar-hpo/core";
import { openStudyOn } from "../src/log/openStudy.ts";
import { readStudyOn } from "../src/log/readStudy.ts";
import { emptyDisk, faultyDisk } from "../src/testing/faultyDisk.ts";
import { folder, machineOf, type RunOptions } from "./durableRun.ts";

const yearMs = 365 * 24 * 3_600_000;

/** What a clock says at its n-th reading. */
export const clocks: readonly (readonly [name: string, nowMs: (reading: number) => number])[] = [
  ["a year behind", (reading) => reading - yearMs],
  ["a year ahead", (reading) => reading + yearMs],
  ["running backwards", (reading) => -reading * 1000],
  ["standing still", () => 5],
  ["falling back by an hour in autumn", (reading) => (reading < 10 ? reading : reading - 3_600_000)],
  ["past 2^31 milliseconds", (reading) => 2 ** 31 - 3 + reading],
  ["broken", () => NaN],
];

/** The events of a study under a clock of the machine and of optimize, without their times. It is closed and opened again half-way. */
export async function eventsUnder(nowMs: (reading: number) => number, options: RunOptions): Promise<readonly Event[]> {
  let readings = 0;
  const clock: Clock = { nowMs: () => nowMs(readings++), after: () => () => {} };
  const events: Event[] = [];
  const disk = faultyDisk(emptyDisk);
  for (const trials of [4, 8]) {
    const machine = { ...machineOf(trials), nowMs: clock.nowMs };
    const study = await openStudyOn({ disk, machine }, folder, { ...options, onEvent: (event) => events.push(event) });
    await study.optimize(async ({ config, until }) => Number((config as { learningRate: number }).learningRate) / until, {
      trials,
      workers: 2,
      clock,
    });
    study.annotate(0, { trials });
    readStudyOn(disk, folder);
    study.close();
  }
  return events.map(timeless);
}

function timeless(event: Event): Event {
  const still = { ...event, atMs: 0 };
  if (still.kind === "failed") return { ...still, costSeconds: 0 };
  return "measurement" in still ? { ...still, measurement: { ...still.measurement, costSeconds: 0 } } : still;
}
