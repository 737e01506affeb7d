/**
 * The fault matrix of durable studies, rows A1 to A8: whatever the disk does, a study continues with the bits that it would have had, or it
 * refuses and says where the damage is. `faults.nightly.test.ts` runs all points, and strategies that fit models in full.
 */
import { describe, expect, it } from "vitest";
import {
  extendedModel,
  extendedSubjects,
  hyperband,
  lightSubjects,
  modelSubjects,
  random,
  type Subject,
} from "../../testing/durableRun.ts";
import {
  crashes,
  damages,
  type Extent,
  failedSyncs,
  fullDisk,
  lostChanges,
  type Outcome,
  repeatedRecords,
  shortWrites,
  tornAppends,
} from "../../testing/faultRows.ts";
import {
  countsRecords,
  hidesFailedAppends,
  ignoresShortWrites,
  neverCuts,
  neverSyncs,
  syncsAgain,
  trustsChecksums,
} from "../testing/plantedDisks.ts";

const full: Extent = { events: 66, continueEvery: 10 };
/**
 * Strategies that fit models (tpe, bohb, bayesopt, and tpe in an extended study) run a tenth of the points of a shorter run, bayesopt with
 * the least effort for each ask.
 */
const tenth: Extent = { events: 24, continueEvery: 10, every: 10 };
/** Enough for a planted bug to show. */
const few: Extent = { events: 16, every: 5 };

/** Studies that are extended run every fourth point. */
const everyOf = ({ extended }: Subject): number => (extended ? 4 : 1);
const subjects = [...lightSubjects, ...extendedSubjects];
/** A study that is extended has twenty-one records when its run begins. */
const longer = (extent: Extent, { extended }: Subject): Extent => (extended ? { ...extent, events: extent.events + 21 } : extent);

const sixCuts = (length: number): readonly number[] => [1, length >> 2, length >> 1, length - 20, length - 2, length - 1];
const isLog = (path: string): boolean => path.endsWith("log");
const isHead = (path: string): boolean => path.endsWith("head.json");
const isSnapshot = (path: string): boolean => path.includes("snapshot-");

type Row = {
  readonly name: string;
  readonly run: (subject: Subject, extent: Extent) => Promise<Outcome>;
  /** The points of a light strategy, at least. There are six, so that row A1 has 1,440 points and row A2 2,160. */
  readonly points: number;
  readonly bug: string;
  readonly wrap: NonNullable<Extent["wrap"]>;
};

const rows: readonly Row[] = [
  {
    name: "A1: a crash before or after an operation of the disk",
    run: crashes,
    points: 240,
    bug: "does not sync its log",
    wrap: neverSyncs(/log$/),
  },
  {
    name: "A2: a torn append",
    run: (subject, extent) => tornAppends(subject, extent, sixCuts),
    points: 360,
    bug: "leaves the torn record where it is",
    wrap: neverCuts,
  },
  { name: "A3: a short write", run: shortWrites, points: 60, bug: "does not look at how much was written", wrap: ignoresShortWrites },
  { name: "A5: a full disk", run: fullDisk, points: 120, bug: "takes a failed append for a good one", wrap: hidesFailedAppends },
  { name: "A6: a failed sync that loses data", run: failedSyncs, points: 60, bug: "syncs again after a failure", wrap: syncsAgain },
];

/** The rows of a subject follow each other, so that they share its undisturbed run. */
describe.each(subjects)("$name continues with the bits of the undisturbed run", (subject) => {
  it.each(rows)("$name", async ({ run, points }) => {
    const every = everyOf(subject);
    const outcome = await run(subject, longer({ ...full, every }, subject));
    expect(outcome.failures).toEqual([]);
    expect(outcome.points).toBeGreaterThanOrEqual(points / every);
  });
});

describe.each([...modelSubjects, extendedModel])("$name does so too, at a tenth of the points", (subject) => {
  it.each(rows)("$name", async ({ run }) => {
    const outcome = await run(subject, longer({ ...tenth, ...(subject.name === "bayesopt" ? { events: 12 } : {}) }, subject));
    expect(outcome.failures).toEqual([]);
    expect(outcome.points).toBeGreaterThan(0);
  });
});

it.each(rows)("$name: finds a log that $bug", async ({ run, wrap }) => {
  expect((await run(random, { ...few, wrap })).failures).not.toEqual([]);
});

describe("A4: a record that is written twice, and an answer of several jobs that is written in part", () => {
  it.each([random, hyperband])("$name is not moved by the first, and has all jobs of the second or none", async (subject) => {
    const { points, failures } = await repeatedRecords(subject, { events: 30 });
    expect(failures).toEqual([]);
    expect(points).toBeGreaterThanOrEqual(60);
  });

  it("finds a reader that counts the records by itself", async () => {
    expect((await repeatedRecords(random, { ...few, wrap: countsRecords })).failures).not.toEqual([]);
  });
});

describe("A7: any of the changes that were not synced survive a power loss", () => {
  it.each([random, hyperband])("$name has the old snapshot or the new one, and the log decides", async (subject) => {
    const synced = await lostChanges(subject, { ...full, every: 2 });
    expect(synced.failures).toEqual([]);
    expect(synced.points).toBeGreaterThanOrEqual(200);
  });

  it.each(["group", "close"] as const)("the study continues from what is left, also if events are synced later (%s)", async (sync) => {
    const { failures, points } = await lostChanges(random, { events: 30, continueEvery: 5, every: 10, options: { sync } });
    expect(failures).toEqual([]);
    expect(points).toBeGreaterThanOrEqual(60);
  });

  it("finds a snapshot that is moved into its place before it is synced", async () => {
    expect((await lostChanges(random, { events: 20, every: 3, wrap: neverSyncs(/snapshot.*tmp$/) })).failures).not.toEqual([]);
  });
});

describe("A8: a flipped bit, a dropped byte, a block of zeros", () => {
  it.each([
    ["the log", isLog, 9, 1900],
    ["the head", isHead, 5, 200],
    ["a snapshot", isSnapshot, 7, 40],
  ] as const)("in %s stops the study with the offset, is cut off as torn, or costs the snapshot", async (_file, pick, every, least) => {
    const { points, failures } = await damages(hyperband, { events: 30, every }, pick);
    expect(failures).toEqual([]);
    expect(points).toBeGreaterThanOrEqual(least);
  });

  it("finds a reader that does not check checksums", async () => {
    expect((await damages(random, { events: 20, every: 101, wrap: trustsChecksums }, isLog)).failures).not.toEqual([]);
  });
});
