/** As `manyTrials.node.test.ts`, with every strategy of the row and several seeds. */
import { expect, it } from "vitest";
import { differs, miscounted, strategies } from "../../testing/workerStudies.ts";

it.each([1, 2, 4, 8])("%d worker processes run each of 4,000 trials once", async (workers) => {
  expect(await miscounted(4000, workers)).toEqual([]);
});

it.each(strategies)(
  "a study over $name that is killed and moved has the bits of its recorded order, whenever it is killed",
  async (strategy) => {
    for (let seed = 0; seed < 6; seed++) expect([seed, await differs(strategy, seed)]).toEqual([seed, null]);
  },
);
