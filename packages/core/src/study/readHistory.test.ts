import fc from "fast-check";
import { expect, test } from "vitest";
import { CaviarError } from "../contract/errors.ts";
import { jobId, trialId } from "../contract/ids.ts";
import type { Problem } from "../contract/problem.ts";
import { real } from "../space/param.ts";
import { createSpace } from "../space/space.ts";
import type { Event } from "./events.ts";
import { readHistory } from "./readHistory.ts";

const problem: Problem = {
  space: createSpace({ x: real(0, 1) }),
  objectives: [{ name: "value", goal: "minimize" }],
  constraints: [],
  fidelity: { unit: "epochs", min: 1, max: 9, whole: true },
  resumable: true,
};
const asked = (id: number, trial: number, from: { trial: number; fidelity: number } | null = null): Event => ({
  kind: "asked",
  want: 1,
  jobs: [
    {
      id: jobId(id),
      trial: trialId(trial),
      config: { x: 0.5 },
      from: from && { ...from, trial: trialId(from.trial) },
      until: 9,
      milestones: [9],
    },
  ],
  directives: [],
  then: "more",
  atMs: 0,
});
const told = (job: number, fidelity: number, directives: readonly object[] = []): Event =>
  ({
    kind: "told",
    job: jobId(job),
    measurement: { fidelity, values: [1], constraints: [], costSeconds: 0, atMilestone: true },
    last: fidelity === 9,
    directives,
    atMs: 0,
  }) as unknown as Event;

const log: readonly Event[] = [
  asked(0, 0),
  asked(1, 1),
  told(0, 3, [{ kind: "pause", job: 0 }]),
  told(1, 9),
  told(1, 9),
  asked(2, 0, { trial: 0, fidelity: 3 }),
  told(2, 9, [{ kind: "discard", trial: 1 }]),
];

test("a log tells its history, a late report included", () => {
  const { trials, running } = readHistory(problem, log);
  expect(trials.map(({ status, curve }) => [status, curve.length])).toEqual([
    ["finished", 2],
    ["discarded", 1],
  ]);
  expect(running).toEqual([]);
});

test.each<readonly [string, readonly Event[], number]>([
  ["a report of a job that was never handed out", [asked(0, 0), told(1, 3)], 1],
  ["a report before any job", [told(0, 3)], 0],
  ["a job with the number of another", [asked(0, 0), asked(0, 1)], 1],
  ["a job with a number too high", [asked(5, 0)], 0],
  ["a trial that leaves some out", [asked(0, 2)], 0],
  ["a checkpoint of a trial that does not exist", [asked(0, 0, { trial: 3, fidelity: 1 })], 0],
  ["a stop of a job that has ended", [asked(0, 0), told(0, 9, [{ kind: "stop", job: 0 }])], 1],
  ["a pause of an unknown job", [asked(0, 0), told(0, 3, [{ kind: "pause", job: 9 }])], 1],
  [
    "the same stop twice",
    [
      asked(0, 0),
      told(0, 3, [
        { kind: "stop", job: 0 },
        { kind: "stop", job: 0 },
      ]),
    ],
    1,
  ],
  ["a discard of an unknown trial", [asked(0, 0), told(0, 3, [{ kind: "discard", trial: 7 }])], 1],
])("a log with %s is corrupt, and the error names the event", (_name, events, index) => {
  expect(() => readHistory(problem, events)).toThrow(expect.objectContaining({ code: "corrupt", what: `event ${index} of the log` }));
});

test("a log whose events were dropped, doubled or swapped is read, or refused by a typed error", () => {
  const shuffled = fc.array(fc.nat({ max: log.length - 1 }), { maxLength: 12 }).map((places) => places.map((place) => log[place]!));
  let read = 0;
  fc.assert(
    fc.property(shuffled, (events) => {
      try {
        readHistory(problem, events);
        read++;
      } catch (error) {
        if (!(error instanceof CaviarError)) throw error;
      }
    }),
    { seed: 1, numRuns: 500 },
  );
  expect(read).toBeGreaterThan(10);
});
