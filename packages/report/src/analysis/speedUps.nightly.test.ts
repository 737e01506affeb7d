import { derive, root } from "@caviar-hpo/core";
import { expect, it } from "vitest";
import { copiesOfRandom } from "../../testing/copies.ts";
import { speedUps } from "./speedUps.ts";

const key = root("nightly speed-ups");

it.each([
  { strategies: 8, problems: 8, seeds: 10, budget: 30 },
  { strategies: 3, problems: 4, seeds: 20, budget: 30 },
  { strategies: 6, problems: 1, seeds: 14, budget: 30 },
])("at most 6.4 % of 500 campaigns of $strategies copies on $problems problems with $seeds seeds show a speed-up", (shape) => {
  let wrong = 0;
  for (let index = 0; index < 500; index++) {
    const { overall } = speedUps(copiesOfRandom(derive(key, JSON.stringify(shape), index), shape), 0)!;
    if (overall.some(({ share: { interval } }) => interval!.high < 1)) wrong++;
  }
  expect(wrong / 500).toBeLessThanOrEqual(0.064);
});
