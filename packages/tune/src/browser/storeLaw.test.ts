/** The law of stores, on studies in the database of a browser. Folders keep the same law (`runtime/src/log/storeLaw.test.ts`). */
import type { Event } from "@caviar-hpo/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { freshName, logOf, seamsHere, tamper } from "../../testing/browserRun.ts";
import { isOwn, type LogEntry } from "../stored/index.ts";
import { brokenPromises, courseActions, type StoreAtWork } from "../testing/index.ts";
import { type BrowserSeams, type BrowserStudy, openBrowserStudyOn } from "./openBrowserStudy.ts";
import { deleteBrowserStudyOn, readBrowserStudyOn } from "./readBrowserStudy.ts";

function browserStore(seams: BrowserSeams, name: string, strategy: string): StoreAtWork {
  let opened = 0;
  return {
    open: (space) => {
      const nowMs = (): number => 1000 * opened;
      opened++;
      return openBrowserStudyOn(seams, name, { space, strategy, extend: true, takeOver: true, nowMs });
    },
    read: async (study) => {
      await (study as BrowserStudy<unknown>).saved();
      return readBrowserStudyOn(seams.databases, name);
    },
    events: async () =>
      (await logOf(seams, name)).map((text) => JSON.parse(text) as LogEntry).filter((entry): entry is Event => !isOwn(entry)),
    forgetSnapshots: () => tamper(seams, name, "study", (store) => store.delete("snapshot")),
  };
}

test.each([
  ["random", 12],
  ["differentialEvolution", 4],
] as const)("a browser with a study over %s keeps the law of stores in any course of events", async (strategy, numRuns) => {
  const seams = await seamsHere();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(courseActions * 24 - 1), { maxLength: 30, size: "max" }), async (course) => {
      const name = freshName();
      await deleteBrowserStudyOn(seams, name);
      expect(await brokenPromises(browserStore(seams, name, strategy), course)).toEqual([]);
    }),
    { seed: 5, numRuns },
  );
});
