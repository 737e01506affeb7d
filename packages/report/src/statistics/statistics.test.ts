import { describe, expect, it } from "vitest";
import type { ProblemFacts, RunResult, StrategyCard } from "../results.ts";
import { anytimeScore } from "./anytime.ts";
import { criticalDifference } from "./criticalDifference.ts";
import { logRegretCurve, valueCurve } from "./curve.ts";
import { hodgesLehmann } from "./hodgesLehmann.ts";
import { holm } from "./holm.ts";
import { logRegret, regretFloor } from "./logRegret.ts";
import { beyondAnyDifference, pairedDifference } from "./pairedDifference.ts";
import { quartiles } from "./quartiles.ts";
import { averageRanks } from "./ranks.ts";
import { signedRank, smallestP } from "./signedRank.ts";
import { winTieLoss } from "./winTieLoss.ts";

const infinity = Infinity;
const problem: ProblemFacts = { id: "p", title: "P", dimensions: 1, optimum: 1, tolerance: 0, tags: [], source: "here", budget: 4 };
const single: StrategyCard = { label: "s", name: "s", version: 1, options: {}, evaluationsPerStep: 1 };
const double: StrategyCard = { ...single, evaluationsPerStep: 2 };

function curveOf(strategy: StrategyCard, values: readonly (number | null)[]): readonly number[] {
  return regretsOf(strategy, { problem: "p", strategy: "s", seed: 1, values }, [1, 2, 3, 4]);
}

function regretsOf(strategy: StrategyCard, run: RunResult, positions: readonly number[]): readonly number[] {
  return [...logRegretCurve(problem, valueCurve(strategy, run, positions))].map((y) => Math.round(y * 1e9) / 1e9);
}

describe("log regret", () => {
  it("is floored at the larger of 1e-10 and ten times the tolerance", () => {
    expect(regretFloor(problem)).toBe(1e-10);
    expect(regretFloor({ ...problem, tolerance: 1e-6 })).toBeCloseTo(1e-5, 15);
    expect(logRegret(problem, 1)).toBeCloseTo(-10, 12);
    expect(logRegret(problem, 0.5)).toBeCloseTo(-10, 12);
    expect(logRegret(problem, 101)).toBeCloseTo(2, 12);
  });

  it("is infinite without a success", () => {
    expect(logRegret(problem, infinity)).toBe(infinity);
    // The regret is 3e308, which is beyond the doubles; its logarithm is not.
    expect(logRegret({ ...problem, optimum: -1.5e308 }, 1.5e308)).toBeCloseTo(308.4771, 4);
    expect(regretFloor({ ...problem, tolerance: 1e308 })).toBe(Number.MAX_VALUE);
  });
});

describe("the regret curve", () => {
  it("keeps the best so far", () => {
    expect(curveOf(single, [101, 11, 1001, 2])).toEqual([2, 1, 1, 0]);
  });

  it("counts k evaluations a step", () => {
    expect(curveOf(double, [101, 11, 1001, 2, 2, 2, 1.1, 1.01])).toEqual([1, 0, 0, -2]);
  });

  it("takes a failure as no improvement, and nothing as known before the first success", () => {
    expect(curveOf(single, [null, 11, null, 2])).toEqual([infinity, 1, 1, 0]);
    expect(curveOf(single, [null, null, null, null])).toEqual([infinity, infinity, infinity, infinity]);
  });

  it("keeps the incumbent of a strategy that is done, also in the middle of a step", () => {
    expect(curveOf(single, [101, 11])).toEqual([2, 1, 1, 1]);
    expect(curveOf(double, [101, 1001, 11])).toEqual([2, 1, 1, 1]);
    expect(curveOf(single, [])).toEqual([infinity, infinity, infinity, infinity]);
  });
});

describe("the curve of what a run recommends", () => {
  const positions = [0.5, 1, 2, 4];
  const run = (from: readonly number[], values: readonly (number | null)[], left = from.map(() => 0)): RunResult => ({
    problem: "p",
    strategy: "s",
    seed: 1,
    values,
    training: { from, left, spent: 4, measurements: 9, failures: 0 },
  });

  it("is of the last recommendation at each amount of resource, be it better or worse", () => {
    expect(regretsOf(single, run([0.5, 0.75, 2], [2, 101, 11]), positions)).toEqual([0, 2, 1, 1]);
    expect(regretsOf(single, run([1.01], [2]), positions)).toEqual([infinity, infinity, 0, 0]);
    expect(regretsOf(single, run([], []), positions)).toEqual([infinity, infinity, infinity, infinity]);
  });

  it("is without success where what is recommended is worth nothing", () => {
    expect(regretsOf(single, run([0.5, 2], [2, null]), positions)).toEqual([0, 0, infinity, infinity]);
  });

  it("counts k times the resource", () => {
    expect(regretsOf(double, run([1, 2, 8], [101, 11, 2]), positions)).toEqual([2, 1, 1, 0]);
  });

  it("keeps the last value where nothing better is recommended", () => {
    expect(regretsOf(single, run([0.5, 0.75, 2], [11, 11, 11]), positions)).toEqual([1, 1, 1, 1]);
  });
});

describe("the curve of a run that was told noisy values", () => {
  const noisyRun = (recommended: readonly (number | null)[]): RunResult => ({
    problem: "p",
    strategy: "s",
    seed: 1,
    values: [2, 101, 1.01, 11],
    recommended,
  });

  it("is of what the strategy recommends, and not of the best point that it evaluated without knowing", () => {
    expect(regretsOf(single, noisyRun([2, 101, 101, 11]), [1, 2, 3, 4])).toEqual([0, 2, 2, 1]);
    expect(regretsOf(double, noisyRun([2, 101, 101, 11]), [1, 2])).toEqual([2, 1]);
  });

  it("is without success where nothing is recommended, and keeps the last recommendation of a strategy that is done", () => {
    expect(regretsOf(single, noisyRun([null, null, 2]), [1, 2, 3, 4])).toEqual([infinity, infinity, 0, 0]);
    expect(regretsOf(single, noisyRun([]), [1, 2])).toEqual([infinity, infinity]);
  });
});

describe("the anytime score", () => {
  it("is the mean over the steps after the shared design", () => {
    expect(anytimeScore(Float64Array.of(9, 9, 3, 1), 2)).toBe(2);
    expect(anytimeScore(Float64Array.of(4, 2, 0), 0)).toBe(2);
  });

  it("is the last value where the design takes the whole budget", () => {
    expect(anytimeScore(Float64Array.of(4, 2), 2)).toBe(2);
    expect(anytimeScore(Float64Array.of(4, 2), 7)).toBe(2);
  });
});

describe("quartiles", () => {
  it("interpolate between order statistics", () => {
    expect(quartiles([4, 1, 3, 2])).toEqual({ n: 4, lower: 1.75, median: 2.5, upper: 3.25 });
    expect(quartiles([7])).toEqual({ n: 1, lower: 7, median: 7, upper: 7 });
  });

  it("are infinite, never NaN, where they fall on runs without success", () => {
    expect(quartiles([infinity, 1, infinity, 2])).toEqual({ n: 4, lower: 1.75, median: infinity, upper: infinity });
    expect(quartiles([infinity, infinity])).toEqual({ n: 2, lower: infinity, median: infinity, upper: infinity });
  });
});

describe("average ranks", () => {
  it("share the mean of their places among ties", () => {
    expect(averageRanks([3, 1, 2])).toEqual([3, 1, 2]);
    expect(averageRanks([1, 2, 1, 3])).toEqual([1.5, 3, 1.5, 4]);
    expect(averageRanks([5, 5, 5])).toEqual([2, 2, 2]);
  });

  it("tie what rounding alone tells apart, and runs without success", () => {
    expect(averageRanks([1, 1 + 1e-12, 1 + 1e-6])).toEqual([1.5, 1.5, 3]);
    expect(averageRanks([infinity, 0, infinity])).toEqual([2.5, 1, 2.5]);
  });

  it("measure a tie from the smallest of the group, so that ties do not chain", () => {
    expect(averageRanks([0, 0.8e-9, 1.6e-9])).toEqual([1.5, 1.5, 3]);
  });
});

describe("the Hodges-Lehmann estimate", () => {
  it("is the median of the Walsh averages", () => {
    expect(hodgesLehmann(Float64Array.of(7))).toBe(7);
    expect(hodgesLehmann(Float64Array.of(1, 3))).toBe(2);
    // Averages 1, 1.5, 2, 3, 3.5, 5: the median is 2.5.
    expect(hodgesLehmann(Float64Array.of(1, 2, 5))).toBe(2.5);
  });
});

describe("paired differences", () => {
  it("stay finite without success", () => {
    expect(pairedDifference(infinity, infinity)).toBe(0);
    expect(pairedDifference(infinity, 3)).toBe(beyondAnyDifference);
    expect(pairedDifference(3, infinity)).toBe(-beyondAnyDifference);
    expect(pairedDifference(3, 1)).toBe(2);
  });
});

describe("the signed-rank test", () => {
  // Wilcoxon's own example as in scipy.stats.wilcoxon's documentation (Zea mays): W+ = 96 of 120, exact two-sided p 0.041259765625.
  const zeaMays = [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75];

  it("gives the published value for Darwin's maize", () => {
    const test = signedRank(zeaMays);
    expect(test.positive).toBe(96);
    expect(test.p).toBe(0.041259765625);
  });

  it("gives 2^(1 - n) when all signs agree", () => {
    for (let n = 1; n <= 12; n++) {
      expect(signedRank(Array.from({ length: n }, (_, index) => index + 1)).p).toBe(2 ** (1 - n));
      expect(smallestP(n)).toBe(2 ** (1 - n));
    }
  });

  it("says nothing where nothing differs", () => {
    expect(signedRank([0, 0, 1e-12])).toEqual({ p: 1, differing: 0, positive: 0 });
    expect(smallestP(0)).toBe(1);
  });

  it("ranks zeros and then drops them, as Pratt does", () => {
    // |d| = 0, 1, 2, 3 has ranks 1 to 4; the zero's rank leaves; W+ = 9, W- = 0, two of eight sign patterns are as extreme.
    expect(signedRank([0, 1, 2, 3])).toEqual({ p: 0.25, differing: 3, positive: 9 });
  });
});

describe("Holm's correction", () => {
  it("multiplies the j-th smallest by m - j + 1 and never decreases", () => {
    const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
    expect(adjusted.map((p) => Number(p.toFixed(12)))).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(holm([0.5, 0.9])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });
});

describe("wins, ties and losses", () => {
  it("count with the ties of the ranks", () => {
    expect(winTieLoss([1, 2, 3, infinity], [2, 2 + 1e-12, 1, infinity])).toEqual({ wins: 1, ties: 2, losses: 1 });
  });
});

describe("the critical difference", () => {
  it("is that of Demsar's example: 4 classifiers on 14 data sets, 1.25", () => {
    expect(criticalDifference(4, 14)).toBeCloseTo(1.25, 2);
  });

  it("is not given outside its table", () => {
    expect(criticalDifference(1, 5)).toBeNull();
    expect(criticalDifference(21, 5)).toBeNull();
    expect(criticalDifference(20, 6)).toBeCloseTo(3.5438 * Math.sqrt(420 / 36), 4);
  });
});
