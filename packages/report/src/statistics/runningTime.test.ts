import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RunResult, StrategyCard } from "../results.ts";
import { expectedRunningTime } from "./runningTime.ts";
import { firstHit, traceOf } from "./trace.ts";

const single: StrategyCard = { label: "s", name: "s", version: 1, options: {}, evaluationsPerStep: 1 };
const run: RunResult = { problem: "p", strategy: "s", seed: 1, values: [5, null, 7, 3, 3, 1] };

describe("the trace of a run", () => {
  it("has the improvements, with the first position of each", () => {
    expect(traceOf(single, run, 6)).toEqual({ at: [1, 4, 6], values: [5, 3, 1], end: 6 });
    expect(traceOf({ ...single, evaluationsPerStep: 2 }, run, 3)).toEqual({ at: [1, 2, 3], values: [5, 3, 1], end: 3 });
    expect(traceOf({ ...single, evaluationsPerStep: 3 }, run, 2)).toEqual({ at: [1, 2], values: [5, 1], end: 2 });
  });

  it("is of the recommendations where the strategy was told noisy values", () => {
    expect(traceOf(single, { ...run, recommended: [5, 5, 7, 7, 3, 4] }, 6)).toEqual({ at: [1, 5], values: [5, 3], end: 6 });
  });

  it("counts a training from when its recommendation has been trained in full, and nothing beyond the budget", () => {
    const training = { from: [0.5, 1, 3.5], left: [1, 0, 1], spent: 4, measurements: 9, failures: 0 };
    expect(traceOf(single, { ...run, values: [9, 4, 2], training }, 4)).toEqual({ at: [1], values: [4], end: 4 });
  });

  it("hits a target at the first position with that value or a better one", () => {
    const trace = traceOf(single, run, 6);
    expect([6, 5, 4, 3, 1, 0.5].map((target) => firstHit(trace, target))).toEqual([1, 1, 4, 4, 6, Infinity]);
  });
});

describe("the expected running time", () => {
  it("is what all runs spend over the number of successes: (4 + 10 + 2 + 10) / 2", () => {
    expect(expectedRunningTime(Float64Array.of(4, Infinity, 2, Infinity), Float64Array.of(10, 10, 10, 10))).toBe(13);
    expect(expectedRunningTime(Float64Array.of(Infinity), Float64Array.of(10))).toBe(Infinity);
    // A run that ended early without a success adds what it spent.
    expect(expectedRunningTime(Float64Array.of(4, Infinity), Float64Array.of(10, 3))).toBe(7);
  });

  const times = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 20 });

  it("is the mean where all runs succeed", () => {
    fc.assert(
      fc.property(times, (hits) => {
        const mean = hits.reduce((sum, time) => sum + time, 0) / hits.length;
        expect(expectedRunningTime(Float64Array.from(hits), new Float64Array(hits.length).fill(100))).toBeCloseTo(mean, 9);
      }),
    );
  });

  it("is the same where each run counts twice", () => {
    const outcome = fc.option(fc.integer({ min: 1, max: 100 }), { nil: Infinity });
    fc.assert(
      fc.property(fc.array(outcome, { minLength: 1, maxLength: 20 }), (hits) => {
        const ends = hits.map(() => 100);
        const expected = expectedRunningTime(Float64Array.from(hits), Float64Array.from(ends));
        expect(expectedRunningTime(Float64Array.of(...hits, ...hits), Float64Array.of(...ends, ...ends))).toBe(expected);
      }),
    );
  });
});
