import { derive, root, stream } from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ProblemFacts } from "../results.ts";
import { anytimeScore } from "./anytime.ts";
import { boundedMean } from "./boundedMean.ts";
import { affordableFrom, logRegretCurve, valueCurve } from "./curve.ts";
import { hodgesLehmann } from "./hodgesLehmann.ts";
import { holm } from "./holm.ts";
import { logRegret } from "./logRegret.ts";
import { averageRanks } from "./ranks.ts";
import { signedRank } from "./signedRank.ts";

const value = fc.double({ min: -100, max: 100, noNaN: true });
const differences = fc.array(fc.oneof(fc.integer({ min: -4, max: 4 }), value), { minLength: 1, maxLength: 10 });

describe("curves", () => {
  const values = fc.array(fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { nil: null }), { minLength: 1, maxLength: 24 });
  const curveOf = (run: readonly (number | null)[], perStep: number, budget: number): Float64Array => {
    const problem: ProblemFacts = { id: "p", title: "", dimensions: 1, optimum: 0, tolerance: 0, tags: [], source: "", budget };
    const strategy = { label: "s", name: "s", version: 1, options: {}, evaluationsPerStep: perStep };
    const positions = Array.from({ length: budget }, (_, step) => step + 1);
    return logRegretCurve(problem, valueCurve(strategy, { problem: "p", strategy: "s", seed: 1, values: run }, positions));
  };

  it("never rise, and never use an evaluation after the step", () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 3 }), fc.nat(), value, (run, perStep, at, replacement) => {
        const budget = Math.ceil(run.length / perStep);
        const curve = curveOf(run, perStep, budget);
        for (let step = 1; step < budget; step++) expect(curve[step]! <= curve[step - 1]!).toBe(true);
        const step = 1 + (at % budget);
        const changed = run.map((own, index) => (index < step * perStep ? own : Math.abs(replacement)));
        expect(curveOf(changed, perStep, budget).slice(0, step)).toEqual(curve.slice(0, step));
      }),
    );
  });

  const amount = fc.integer({ min: 0, max: 40 }).map((steps) => steps / 4);
  const recommendation = fc.record({ wait: amount, left: fc.integer({ min: 0, max: 4 }).map((steps) => steps / 4), value: fc.nat(99) });

  it("of recommendations are what one finds by looking for the last in time; with its rest, none is earlier than it can be", () => {
    const problem: ProblemFacts = { id: "p", title: "", dimensions: 1, optimum: 0, tolerance: 0, tags: [], source: "", budget: 8 };
    fc.assert(
      fc.property(
        fc.array(recommendation, { maxLength: 8 }),
        fc.array(amount, { minLength: 1 }),
        fc.integer({ min: 1, max: 3 }),
        (made, places, k) => {
          const positions = [...places].sort((a, b) => a - b);
          const strategy = { label: "s", name: "s", version: 1, options: {}, evaluationsPerStep: k };
          const from = made.map((_, index) => made.slice(0, index + 1).reduce((sum, { wait }) => sum + wait, 0));
          const left = made.map((one) => one.left);
          const values = made.map((one) => one.value);
          const run = { problem: "p", strategy: "s", seed: 1, values, training: { from, left, spent: 9, measurements: 9, failures: 0 } };
          const found = (had: readonly number[]): Float64Array =>
            Float64Array.from(positions, (position) => {
              const last = had.reduce((latest, spent, index) => (spent <= k * position ? index : latest), -1);
              return last < 0 ? Infinity : logRegret(problem, values[last]!);
            });
          expect(logRegretCurve(problem, valueCurve(strategy, run, positions))).toEqual(found(from));
          const afford = affordableFrom(run.training);
          afford.forEach((spent, index) => {
            const later = from.slice(index).map((begun, place) => begun + left[index + place]!);
            expect(spent).toBe(later.reduce((a, b) => Math.min(a, b)));
          });
        },
      ),
    );
  });

  it("have the constant as the score of a constant curve, and no more for repeating each step", () => {
    fc.assert(
      fc.property(value, fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 60 }), (level, length, initial) => {
        expect(anytimeScore(new Float64Array(length).fill(level), initial)).toBeCloseTo(level, 10);
      }),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 20 }), (curve) => {
        const refined = Float64Array.from(curve.flatMap((level) => [level, level]));
        expect(anytimeScore(refined, 0)).toBeCloseTo(anytimeScore(Float64Array.from(curve), 0), 10);
      }),
    );
  });
});

describe("ranks", () => {
  it("sum to k (k + 1) / 2 and follow a permutation of the scores", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer({ min: 0, max: 3 }), value), { minLength: 1, maxLength: 12 }), (scores) => {
        const ranks = averageRanks(scores);
        expect(ranks.reduce((a, b) => a + b, 0)).toBe((scores.length * (scores.length + 1)) / 2);
        expect(averageRanks([...scores].reverse())).toEqual([...ranks].reverse());
      }),
    );
  });

  it("do not change under an increasing transform", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 1, maxLength: 12 }), (scores) => {
        expect(averageRanks(scores.map((score) => score * score * score + 5 * score - 7))).toEqual(averageRanks(scores));
      }),
    );
  });
});

describe("the Hodges-Lehmann estimate", () => {
  it("is the median of all Walsh averages written out", () => {
    const sample = fc.oneof(
      fc.array(value, { minLength: 1, maxLength: 40 }),
      fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 1, maxLength: 40 }),
      fc.array(fc.constantFrom(-1000, 0, 1e-300, 1e-12, 0.5, 1000), { minLength: 1, maxLength: 40 }),
      fc.array(fc.oneof(fc.constant(0), value), { minLength: 30, maxLength: 60 }),
    );
    fc.assert(
      fc.property(sample, (values) => {
        const sums = values.flatMap((a, i) => values.slice(i).map((b) => a + b)).sort((a, b) => a - b);
        const middle = sums.length / 2;
        const oracle = sums.length % 2 === 1 ? sums[Math.floor(middle)]! / 2 : (sums[middle - 1]! + sums[middle]!) / 4;
        expect(hodgesLehmann(Float64Array.from(values))).toBeCloseTo(oracle, 12);
      }),
      { numRuns: 500 },
    );
  });
});

describe("the signed-rank test", () => {
  it("agrees with the enumeration of all signs, zeros and ties included", () => {
    fc.assert(
      fc.property(differences, (sample) => {
        expect(signedRank(sample).p).toBeCloseTo(enumeratedP(sample), 12);
      }),
      { numRuns: 200 },
    );
  });

  it("does not care for the sign of all", () => {
    fc.assert(
      fc.property(differences, (sample) => {
        expect(signedRank(sample.map((d) => -d)).p).toBe(signedRank(sample).p);
      }),
    );
  });
});

/** P(W+ is at least as extreme as seen) over all 2^n sign patterns of the differences that are not zero. */
function enumeratedP(sample: readonly number[]): number {
  const exact = sample.map((d) => (Math.abs(d) <= 1e-9 ? 0 : d));
  const ranks = averageRanks(exact.map(Math.abs)).filter((_, index) => exact[index] !== 0);
  const signs = exact.filter((d) => d !== 0);
  const seen = signs.reduce((sum, d, index) => sum + (d > 0 ? ranks[index]! : 0), 0);
  const total = ranks.reduce((a, b) => a + b, 0);
  const limit = Math.min(seen, total - seen);
  let extreme = 0;
  for (let pattern = 0; pattern < 2 ** ranks.length; pattern++) {
    const plus = ranks.reduce((sum, rank, index) => sum + ((pattern >> index) & 1) * rank, 0);
    if (plus <= limit) extreme++;
  }
  return Math.min(1, (2 * extreme) / 2 ** ranks.length);
}

describe("Holm's correction", () => {
  it("rejects what the step-down procedure rejects", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }), (pValues) => {
        const adjusted = holm(pValues);
        const sorted = [...pValues].sort((a, b) => a - b);
        const stop = sorted.findIndex((p, place) => p * (sorted.length - place) > 0.05);
        const rejected = stop === -1 ? sorted.length : stop;
        expect(adjusted.filter((p) => p <= 0.05).length).toBe(rejected);
      }),
    );
  });
});

describe("the interval", () => {
  it.each([5, 20])("of mean ranks covers the true one of %d seeds on 3 problems about as often as it says", (seeds) => {
    const trials = 400;
    let covered = 0;
    for (let trial = 0; trial < trials; trial++) {
      const source = stream(derive(root("coverage"), trial));
      // Three strategies alike: the true mean rank is 2. Strata are the ranks of the first.
      const sample = Array.from({ length: 3 }, () =>
        Array.from({ length: seeds }, () => averageRanks([source.normal(), source.normal(), source.normal()])[0]!),
      );
      const { low, high } = boundedMean(sample, 1, 3).interval!;
      if (low <= 2 && 2 <= high) covered++;
    }
    // The standard deviation of a share of 400 is 0.011.
    expect(covered / trials).toBeGreaterThan(0.92);
    expect(covered / trials).toBeLessThan(0.985);
  });
});
