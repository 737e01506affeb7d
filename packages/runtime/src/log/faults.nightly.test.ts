/**
 * The fault matrix of durable studies at night: all points, for every strategy. Those that fit no model have three runs of 70 records, and
 * random search and Hyperband also one of 175; those that fit models have shorter ones. Every eighth point continues to the end of its run.
 */
import { describe, expect, it } from "vitest";
import {
  allLightSubjects,
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
  readerFaults,
  repeatedRecords,
  shortWrites,
  tornAppends,
} from "../../testing/faultRows.ts";
import { trustsChecksums } from "../testing/plantedDisks.ts";

const everyByte = (length: number): readonly number[] => Array.from({ length: length - 1 }, (_, cut) => cut + 1);
const fourPlaces = (length: number): readonly number[] => [1, length >> 1, length - 2, length - 1];

const rows = {
  "A1: a crash before or after an operation of the disk": crashes,
  "A2: a torn append": (subject: Subject, extent: Extent) => tornAppends(subject, extent, fourPlaces),
  "A3: a short write": shortWrites,
  "A4: a record that is written twice": repeatedRecords,
  "A5: a full disk": fullDisk,
  "A6: a failed sync that loses data": failedSyncs,
  "A7: any of the changes that were not synced survive": lostChanges,
} as const;

/** Runs of other seeds end jobs in another order. */
const seeds = ["first", "second", "third"];
const lightRuns = allLightSubjects.flatMap((subject) =>
  seeds.map((seed): Subject => ({ ...subject, seed, name: `${subject.name}, ${seed} seed` })),
);

const extents = new Map<Subject, Extent>([
  ...[random, hyperband].map((subject) => [subject, { events: 175 }] as const),
  ...lightRuns.map((subject) => [subject, { events: 70 }] as const),
  ...extendedSubjects.map((subject) => [subject, { events: 120 }] as const),
  ...[...modelSubjects, extendedModel].map((subject) => [subject, { events: 60 }] as const),
  ...modelSubjects.filter(({ name }) => name === "bayesopt").map((subject) => [subject, { events: 20, every: 5 }] as const),
]);

/** What a row has at night, at least. */
const least: { readonly [row in keyof typeof rows]: number } = {
  "A1: a crash before or after an operation of the disk": 16_800,
  "A2: a torn append": 16_000,
  "A3: a short write": 4200,
  "A4: a record that is written twice": 4200,
  "A5: a full disk": 8400,
  "A6: a failed sync that loses data": 4200,
  "A7: any of the changes that were not synced survive": 20_000,
};
const counted = new Map<string, number>();

describe.each([...extents].map(([subject, extent]) => ({ name: subject.name, subject, extent })))("$name", ({ subject, extent }) => {
  it.each(Object.entries(rows))("%s", async (name, run) => {
    const { points, failures } = await run(subject, { continueEvery: 8, ...extent });
    expect(failures).toEqual([]);
    counted.set(name, (counted.get(name) ?? 0) + points);
  });
});

it.each(Object.entries(least))("%s: these are at least %i points", (name, points) => {
  expect(counted.get(name)).toBeGreaterThanOrEqual(points);
});

it.each(lightSubjects.slice(0, 3))("A2: an append is torn at every byte, $name", async (subject) => {
  expect((await tornAppends(subject, { events: 20, continueEvery: 20 }, everyByte)).failures).toEqual([]);
});

it.each([random, hyperband])("A8: every second change of a byte of any file: flipped, dropped or zeroed, $name", async (subject) => {
  const { points, failures } = await damages(subject, { events: 60, every: 2 }, (path) => !path.includes("lock"));
  expect(failures).toEqual([]);
  expect(points).toBeGreaterThan(15_000);
});

it.each(lightSubjects)(
  "A2, A8: every record is cut at every byte, and every bit is flipped, for the reader of logs, $name",
  async (subject) => {
    const { points, failures } = await readerFaults(subject, { events: 40 });
    expect(failures).toEqual([]);
    expect(points).toBeGreaterThan(40_000);
  },
);

it("A2, A8: a reader that does not check checksums is found", async () => {
  expect((await readerFaults(random, { events: 5, wrap: trustsChecksums })).failures).not.toEqual([]);
});
