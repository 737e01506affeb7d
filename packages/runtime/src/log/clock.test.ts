/** Row A11 of the fault matrix: no decision depends on a clock. Times are recorded, and nothing else. */
import type { Clock, Event, Strategy } from "@caviar-hpo/core";
import { createStrategy } from "@caviar-hpo/tune";
import { describe, expect, it } from "vitest";
import { folder, lightSubjects, machineOf, modelSubjects, optionsOf, type RunOptions, type Subject } from "../../testing/durableRun.ts";
import { emptyDisk, faultyDisk } from "../testing/faultyDisk.ts";
import { openStudyOn } from "./openStudy.ts";
import { readStudyOn } from "./readStudy.ts";

const yearMs = 365 * 24 * 3_600_000;

/** What a clock says at its n-th reading. */
const clocks: readonly (readonly [name: string, nowMs: (reading: number) => number])[] = [
  ["a year behind", (reading) => reading - yearMs],
  ["a year ahead", (reading) => reading + yearMs],
  ["running backwards", (reading) => -reading * 1000],
  ["standing still", () => 5],
  ["falling back by an hour in autumn", (reading) => (reading < 10 ? reading : reading - 3_600_000)],
  ["past 2^31 milliseconds", (reading) => 2 ** 31 - 3 + reading],
  ["broken", () => NaN],
];

/** The events of a study under a clock of the machine and of optimize, without their times. It is closed and opened again half-way. */
async function eventsUnder(nowMs: (reading: number) => number, options: RunOptions): Promise<readonly Event[]> {
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

describe.each(clocks)("a clock %s", (_name, nowMs) => {
  it.each([...lightSubjects, ...modelSubjects.slice(0, 1)])("does not change what $name does", async (subject: Subject) => {
    expect(await eventsUnder(nowMs, optionsOf(subject))).toEqual(await eventsUnder(() => 0, optionsOf(subject)));
  });
});

it("finds a strategy that reads the clock", async () => {
  const random = createStrategy("random");
  let readings = 0;
  const timed = (nowMs: (reading: number) => number): Strategy => ({
    ...random,
    ask: (state, context, want, next) => random.ask(state, context, nowMs(readings++) > 1e6 ? 1 : want, next),
  });
  const options = optionsOf(lightSubjects[0]!);
  const [, ahead] = clocks[1]!;
  const straight = await eventsUnder(() => 0, { ...options, strategy: timed(() => 0) });
  expect(await eventsUnder(ahead, { ...options, strategy: timed(ahead) })).not.toEqual(straight);
});
