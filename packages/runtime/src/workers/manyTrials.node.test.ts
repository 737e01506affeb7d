/** Four worker processes at once: no trial is lost, none runs twice, and a killed study continues with the bits of its recorded order. */
import { expect, it } from "vitest";
import { differs, miscounted, strategies } from "../../testing/workerStudies.ts";

it("4 worker processes run each of 2,000 trials once", async () => {
  expect(await miscounted(2000, 4)).toEqual([]);
});

const few = strategies.filter(({ name }) => ["random", "hyperband"].includes(name));

it.each(few)("a study over $name with 4, 2 and 1 workers that is killed and moved has the bits of its recorded order", async (strategy) => {
  expect(await differs(strategy, 1)).toBeNull();
});
