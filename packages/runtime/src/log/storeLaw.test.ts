/** The law of stores, on studies in folders. The store in a browser keeps the same law (`tune/src/browser/storeLaw.test.ts`). */
import type { Event } from "@caviar-hpo/core";
import { isOwn } from "@caviar-hpo/tune/stored";
import { brokenPromises, courseActions, type StoreAtWork } from "@caviar-hpo/tune/testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { folder, machineOf } from "../../testing/durableRun.ts";
import { emptyDisk, faultyDisk, filesOf, withFiles } from "../testing/faultyDisk.ts";
import { readLog } from "./events.ts";
import { readHead } from "./head.ts";
import { openStudyOn } from "./openStudy.ts";
import { readStudyOn } from "./readStudy.ts";
import { verifyStudyOn } from "./verifyStudy.ts";

function folderStore(strategy: string): StoreAtWork {
  let disk = faultyDisk(emptyDisk);
  let pid = 0;
  return {
    open: async (space) => {
      pid++;
      const machine = { ...machineOf(pid), nowMs: () => 1000 * pid };
      return openStudyOn({ disk, machine }, folder, { space, strategy, extend: true, snapshotEvery: 5 });
    },
    read: async () => readStudyOn(disk, folder),
    events: async () => {
      const events: Event[] = [];
      readLog(disk, folder, readHead(disk, folder)!, (_record, entry) => {
        if (entry !== null && !isOwn(entry)) events.push(entry);
      });
      return events;
    },
    forgetSnapshots: async () => {
      verifyStudyOn(disk, folder);
      const state = disk.state();
      const snapshots = Object.keys(filesOf(state)).filter((path) => path.includes("snapshot-"));
      disk = faultyDisk(withFiles(state, Object.fromEntries(snapshots.map((path) => [path, null]))));
    },
  };
}

it.each([
  ["random", 20],
  ["differentialEvolution", 6],
] as const)("a folder with a study over %s keeps the law of stores, and verifies, in any course of events", async (strategy, numRuns) => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(courseActions * 24 - 1), { maxLength: 30, size: "max" }), async (course) => {
      expect(await brokenPromises(folderStore(strategy), course)).toEqual([]);
    }),
    { seed: 5, numRuns },
  );
});
