/** Failures at the edge of half-spaces, balls and slabs in 1, 2 and 5 parameters: how rare they are, and what is found nevertheless. */
import { describe, expect, it } from "vitest";
import { failureProblems } from "../bench/failureProblems.mjs";
import { type FailingRun, runFailing } from "../testing/failing.ts";

const seeds = Array.from({ length: 20 }, (_, seed) => `night ${seed}`);
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

describe.each(failureProblems.map((problem) => [problem.id, problem] as const))("%s", (_, problem) => {
  it.each(["threw", "constraint"] as const)(
    "told as %s: at most 35 %% of the trials after the 20th fail, and in no run more than 50 %%",
    (failing) => {
      const runs = seeds.map((seed): FailingRun => runFailing(problem, failing, seed));
      const shares = runs.map(({ share }) => share);
      expect(shares.reduce((sum, share) => sum + share / shares.length, 0)).toBeLessThanOrEqual(0.35);
      expect(Math.max(...shares)).toBeLessThanOrEqual(0.5);
      expect(median(runs.map(({ gap }) => gap))).toBeLessThan(problem.d < 5 ? 0.01 : 0.03);
    },
  );
});
