/**
 * The fault matrix of durable studies at night: all points of runs with 175 records for each strategy that fits no model, and all points of
 * shorter runs for those that do. Every fourth point continues to the end of its run.
 */
import { describe, expect, it } from "vitest";
import { allLightSubjects, extendedModel, extendedSubjects, lightSubjects, modelSubjects, type Subject } from "../../testing/durableRun.ts";
import {
  crashes,
  damages,
  type Extent,
  failedSyncs,
  fullDisk,
  lostChanges,
  repeatedRecords,
  shortWrites,
  tornAppends,
} from "../../testing/faultRows.ts";

const everyByte = (length: number): readonly number[] => Array.from({ length: length - 1 }, (_, cut) => cut + 1);
const eighths = (length: number): readonly number[] =>
  Array.from({ length: 8 }, (_, eighth) => 1 + Math.floor((eighth * (length - 2)) / 7));

const rows = {
  "A1: a crash before or after an operation of the disk": crashes,
  "A2: a torn append": (subject: Subject, extent: Extent) => tornAppends(subject, extent, eighths),
  "A3: a short write": shortWrites,
  "A4: a record that is written twice": repeatedRecords,
  "A5: a full disk": fullDisk,
  "A6: a failed sync that loses data": failedSyncs,
  "A7: any of the changes that were not synced survive": lostChanges,
} as const;

const extents = new Map<Subject, Extent>([
  ...allLightSubjects.map((subject) => [subject, { events: 175 }] as const),
  ...extendedSubjects.map((subject) => [subject, { events: 120 }] as const),
  ...[...modelSubjects, extendedModel].map((subject) => [subject, { events: 81 }] as const),
  ...modelSubjects.filter(({ name }) => name === "bayesopt").map((subject) => [subject, { events: 20, every: 5 }] as const),
]);

describe.each(Object.entries(rows))("%s", (_name, run) => {
  it.each([...extents])("$name", async (subject, extent) => {
    expect((await run(subject, { continueEvery: 4, ...extent })).failures).toEqual([]);
  });
});

it.each(lightSubjects)("A2: an append is torn at every byte, $name", async (subject) => {
  expect((await tornAppends(subject, { events: 30, continueEvery: 20 }, everyByte)).failures).toEqual([]);
});

it.each(lightSubjects)("A8: every byte of every file is flipped, dropped and zeroed, $name", async (subject) => {
  const { points, failures } = await damages(subject, { events: 60 }, (path) => !path.includes("lock"));
  expect(failures).toEqual([]);
  expect(points).toBeGreaterThan(20_000);
});
