import { emptyDisk, faultyDisk } from "@caviar-hpo/runtime/testing";
import { expect, test } from "vitest";
import { attempt, watchedRandom } from "../../testing/memoryCampaign.ts";
import { resolvePlan } from "../plan/cells.ts";
import { readPlan } from "../plan/plan.ts";

const strategies = Array.from({ length: 30 }, (_, index) => ({ name: "watched", label: `copy ${index}` }));
const problems = ["branin", "sphere-d2", "booth", "matyas", "ackley-d2", "bbob-f1-d2-i{seed}"];
const plan = readPlan({ name: "large", seeds: { count: 100_000 }, budget: 3, strategies, problems });

test("a plan of 18 million cells makes each of them when it is asked for", () => {
  const cards = [watchedRandom("watched", () => {})];
  const { cells, cellCount } = resolvePlan(plan, { cards });
  expect(cellCount).toBe(18_000_000);
  for (const index of [0, 29, 30, 2_999_999, 3_000_000, 17_999_999]) expect(cells.indexOf(cells.at(index).name)).toBe(index);
  expect(cells.at(17_999_999).name).toEqual({ problem: problems[5], strategy: "copy 29", seed: 100_000 });
  const [first] = cells;
  expect(first).toEqual(cells.at(0));
});

test("the same plan begins its first run after a few looks at the disk, not after one for each cell, also if it continues", async () => {
  for (const runs of [0, 2]) {
    let looks = 0;
    const stop = new Error("far enough");
    const disk = faultyDisk(emptyDisk);
    const counted = { ...disk, list: counting(disk.list), size: counting(disk.size), read: counting(disk.read) };
    let trials = 0;
    let looksAtFirst = 0;
    const cards = [
      watchedRandom("watched", () => {
        if (trials++ === 0) looksAtFirst = looks;
      }),
    ];
    const onProgress = ({ done }: { readonly done: number }): void => {
      if (done > runs) throw stop;
    };
    await expect(attempt(counted, plan, { cards, onProgress })).rejects.toBe(stop);
    expect(trials).toBe(3 * (runs + 1));
    expect(looksAtFirst).toBeLessThan(300);
    function counting<A extends readonly unknown[], R>(call: (...given: A) => R): (...given: A) => R {
      return (...given) => {
        looks++;
        return call(...given);
      };
    }
  }
});
