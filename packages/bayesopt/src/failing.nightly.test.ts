/** Failures at the edge of half-spaces, balls and slabs in 1, 2 and 5 parameters: how rare they are, and what is found nevertheless. */
import { describe, expect, it } from "vitest";
import { failureProblems } from "../bench/failureProblems.mjs";
import { type FailingRun, runFailing } from "../testing/failing.ts";

const seeds = Array.from({ length: 20 }, (_, seed) => `night ${seed}`);
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe.each(failureProblems.map((problem) => [problem.id, problem] as const))("%s", (_, problem) => {
  it.each(["threw", "constraint"] as const)("told as %s: few trials after the 20th fail, and the edge is found", (failing) => {
    const runs = seeds.map((seed): FailingRun => runFailing(problem, failing, seed));
    expect(mean(runs.map(({ share }) => share))).toBeLessThanOrEqual(0.35);
    // In the slab of 5 parameters, where 91 % of blind points fail, one run in twenty is above one half.
    const above = runs.filter(({ informedShare }) => informedShare > 0.5).length;
    expect(above).toBeLessThanOrEqual(problem.id === "slab-5" ? 1 : 0);
    expect(median(runs.map(({ gap }) => gap))).toBeLessThan(problem.d < 5 ? 0.01 : 0.03);
  });
});
