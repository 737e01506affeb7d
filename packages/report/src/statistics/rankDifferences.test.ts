import { derive, root, stream } from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rankDifferences } from "./rankDifferences.ts";
import { averageRanks } from "./ranks.ts";

const key = root("rank differences");

type Ranks = readonly (readonly Float64Array[])[];

/** Ranks of scores[problem][block][strategy]. */
function ranksOf(scores: readonly (readonly (readonly number[])[])[]): Ranks {
  return scores.map((blocks) => blocks.map((row) => Float64Array.from(averageRanks(row))));
}

/** Two strategies on one problem; the first wins `wins` of `n` blocks. */
function duel(wins: number, n: number): Ranks {
  return ranksOf([Array.from({ length: n }, (_, block) => (block < wins ? [0, 1] : [1, 0]))]);
}

function ahead(ranks: Ranks, one: number, other: number): boolean {
  const { interval } = rankDifferences(ranks, 0.05, key).between(other, one);
  return interval !== null && interval.low > 0;
}

/** The largest |t| of all pairs, written out. */
function largest(ranks: readonly (readonly (readonly number[])[])[]): number {
  const count = ranks[0]![0]!.length;
  let most = 0;
  for (let one = 0; one < count; one++) {
    for (let other = 0; other < one; other++) {
      let mean = 0;
      let variance = 0;
      for (const blocks of ranks) {
        const differences = blocks.map((row) => row[one]! - row[other]!);
        const own = differences.reduce((a, b) => a + b, 0) / differences.length;
        const squares = differences.reduce((sum, value) => sum + (value - own) ** 2, 0);
        mean += own / ranks.length;
        variance += squares / (differences.length - 1) / differences.length / ranks.length ** 2;
      }
      if (Math.abs(mean) > 1e-9) most = Math.max(most, variance < 1e-12 ? Infinity : Math.abs(mean) / Math.sqrt(variance));
    }
  }
  return most;
}

/** The largest |t| of every combination of signs. */
function everyFlip(ranks: Ranks): readonly number[] {
  const blocks = ranks.reduce((sum, problem) => sum + problem.length, 0);
  return Array.from({ length: 2 ** blocks }, (_, signs) => {
    let at = 0;
    return largest(
      ranks.map((problem) =>
        problem.map((row) => {
          const sign = (signs >> at++) & 1 ? -1 : 1;
          return Array.from(row, (rank) => sign * rank);
        }),
      ),
    );
  });
}

describe("two strategies on one problem", () => {
  // The chance that a fair coin gives so many wins or losses, or more: binomtest(9, 10).pvalue is 0.0215, and so on.
  it.each([
    [9, 10, true, 0.0215],
    [8, 10, false, 0.1094],
    [6, 6, true, 0.0313],
    [5, 5, false, 0.0625],
    [15, 20, true, 0.0414],
    [14, 20, false, 0.1153],
  ])("%d wins out of %d: ahead is %s, as the sign test has p = %d", (wins, n, expected) => {
    expect(ahead(duel(wins, n), 0, 1)).toBe(expected);
    expect(ahead(duel(n - wins, n), 1, 0)).toBe(expected);
    expect(ahead(duel(wins, n), 1, 0)).toBe(false);
  });
});

describe("the critical value", () => {
  const source = stream(derive(key, "scores"));
  const draw = (problems: number, blocks: number, count: number, values: number): Ranks =>
    ranksOf(
      Array.from({ length: problems }, () =>
        Array.from({ length: blocks }, () => Array.from({ length: count }, () => Math.floor(values * source.uniform()))),
      ),
    );

  it.each([
    ["one problem", draw(1, 10, 4, 1e9)],
    ["one problem with ties", draw(1, 10, 3, 3)],
    ["three problems", draw(3, 4, 3, 1e9)],
    ["two problems with ties", draw(2, 5, 4, 2)],
  ])("is exceeded by at most 5 %% of all flips, and by no fewer than the next lower value would be: %s", (_, ranks) => {
    const { critical } = rankDifferences(ranks, 0.05, key);
    const all = everyFlip(ranks);
    const share = (bound: number): number => all.filter((value) => value > bound).length / all.length;
    expect(critical).toBeLessThan(Infinity);
    expect(share(critical)).toBeLessThanOrEqual(0.05);
    const lower = all.reduce((next, value) => (value < critical * (1 - 1e-6) ? Math.max(next, value) : next), 0);
    // Twice the random error of 10,000 flips is 0.0044; the allowance for it takes another 0.0044.
    expect(share(lower)).toBeGreaterThan(0.05 - 2 * 0.0044);
  });

  it("allows no claim where equal strategies often agree on all seeds", () => {
    expect(rankDifferences(ranksOf([Array(4).fill([1, 2, 3])]), 0.05, key).critical).toBe(Infinity);
    expect(rankDifferences(ranksOf(Array(6).fill(Array(2).fill([1, 2, 3]))), 0.05, key).critical).toBeLessThan(Infinity);
  });
});

const blocks = fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 7 });
const campaigns = fc.array(blocks, { minLength: 1, maxLength: 3 });

describe("laws of rank differences", () => {
  it("never make a claim where a problem has one seed", () => {
    fc.assert(
      fc.property(campaigns, blocks, (problems, last) => {
        const ranks = ranksOf([...problems, last.slice(0, 1)]);
        expect(rankDifferences(ranks, 0.05, key).between(1, 0).interval).toBeNull();
      }),
      { numRuns: 10 },
    );
  });

  it("exchange with the strategies", () => {
    fc.assert(
      fc.property(campaigns, (problems) => {
        const there = rankDifferences(ranksOf(problems), 0.05, key);
        const exchanged = problems.map((rows) => rows.map(([a, b, c]) => [c!, b!, a!]));
        const back = rankDifferences(ranksOf(exchanged), 0.05, key);
        for (const [one, other] of [
          [0, 1],
          [0, 2],
          [1, 2],
        ] as const) {
          const first = there.between(one, other);
          const second = back.between(2 - one, 2 - other);
          expect(second.value).toBeCloseTo(first.value, 10);
          if (first.interval === null) expect(second.interval).toBeNull();
          else {
            expect(second.interval!.low).toBeCloseTo(first.interval.low, 8);
            expect(second.interval!.high).toBeCloseTo(first.interval.high, 8);
          }
        }
      }),
      { numRuns: 6 },
    );
  });

  it("claim at most one direction of a pair", () => {
    fc.assert(
      fc.property(campaigns, (problems) => {
        const ranks = ranksOf(problems);
        const differences = rankDifferences(ranks, 0.05, key);
        const { low, high } = differences.between(0, 1).interval ?? { low: 0, high: 0 };
        const opposite = differences.between(1, 0).interval ?? { low: 0, high: 0 };
        expect(opposite.low).toBeCloseTo(-high, 10);
        expect(opposite.high).toBeCloseTo(-low, 10);
      }),
      { numRuns: 6 },
    );
  });
});
