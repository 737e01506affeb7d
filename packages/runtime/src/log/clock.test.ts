/** Row A11 of the fault matrix: no decision depends on a clock. Times are recorded, and nothing else. */
import type { Strategy } from "@caviar-hpo/core";
import { createStrategy } from "@caviar-hpo/tune";
import { describe, expect, it } from "vitest";
import { clocks, eventsUnder } from "../../testing/clockRows.ts";
import { lightSubjects, modelSubjects, optionsOf, type Subject } from "../../testing/durableRun.ts";

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
