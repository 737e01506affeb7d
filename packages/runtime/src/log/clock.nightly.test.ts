/** Row A11 of the fault matrix with every strategy. */
import { describe, expect, it } from "vitest";
import { clocks, eventsUnder } from "../../testing/clockRows.ts";
import { allLightSubjects, modelSubjects, optionsOf } from "../../testing/durableRun.ts";

describe.each(clocks)("a clock %s", (_name, nowMs) => {
  it.each([...allLightSubjects, ...modelSubjects])("does not change what $name does", async (subject) => {
    expect(await eventsUnder(nowMs, optionsOf(subject))).toEqual(await eventsUnder(() => 0, optionsOf(subject)));
  });
});
