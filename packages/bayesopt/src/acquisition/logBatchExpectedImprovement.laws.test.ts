import { root } from "@caviar-hpo/core";
import { log } from "@caviar-hpo/numerics";
import { cholesky } from "@caviar-hpo/numerics/linear";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quasiNormals } from "./jointDraws.ts";
import { logBatchExpectedImprovement } from "./logBatchExpectedImprovement.ts";

type Batch = { readonly incumbent: number; readonly mean: readonly number[]; readonly covariance: readonly (readonly number[])[] };

const number = (low: number, high: number) => fc.integer({ min: 0, max: 2 ** 20 }).map((cell) => low + ((high - low) * cell) / 2 ** 20);

/** Draws of a tail say little: below this the average over draws is left out of what they have to show. */
const leastTold = log(0.05);

/** Two to eight points, some of them correlated. */
const batches: fc.Arbitrary<Batch> = fc.integer({ min: 2, max: 8 }).chain((q) =>
  fc
    .record({
      incumbent: number(-0.5, 1.5),
      mean: fc.array(number(-0.5, 1.5), { minLength: q, maxLength: q }),
      common: fc.array(number(-0.8, 0.8), { minLength: q, maxLength: q }),
      own: fc.array(number(0.2, 0.8), { minLength: q, maxLength: q }),
    })
    .map(({ incumbent, mean, common, own }) => ({
      incumbent,
      mean,
      covariance: common.map((a, i) => common.map((b, j) => a * b + (i === j ? own[i]! ** 2 : 0))),
    })),
);

const normals = new Map<string, Float64Array>();

/** The first dimensions of the draws are the same for all counts of points. */
function normalsFor(q: number, draws: number): Float64Array {
  const name = `${q} ${draws}`;
  const known = normals.get(name) ?? (q === 1 ? new Float64Array(0) : quasiNormals(draws, q - 1, root("laws")));
  normals.set(name, known);
  return known;
}

function utilityOf({ incumbent, mean, covariance }: Batch, draws = 128): number {
  const q = mean.length;
  const factor = Float64Array.from(covariance.flat());
  expect(cholesky(factor, q).kind).toBe("factored");
  const out = { value: NaN, byMean: new Float64Array(q), byFactor: new Float64Array(q * q) };
  logBatchExpectedImprovement(incumbent, q, normalsFor(q, draws))(Float64Array.from(mean), factor, out);
  return out.value;
}

const holds = (law: (batch: Batch) => void): void => {
  fc.assert(fc.property(batches, law), { numRuns: 50, seed: 1 });
};

describe("log expected improvement of a batch", () => {
  it("does not fall with another point", () => {
    holds(({ incumbent, mean, covariance }) => {
      const less = { incumbent, mean: mean.slice(0, -1), covariance: covariance.slice(0, -1).map((row) => row.slice(0, -1)) };
      expect(utilityOf({ incumbent, mean, covariance })).toBeGreaterThanOrEqual(utilityOf(less) - 1e-12);
    });
  });

  it("is at least that of each of its points", () => {
    holds((batch) => {
      fc.pre(utilityOf(batch) > leastTold);
      batch.mean.forEach((mean, j) => {
        const alone = { ...batch, mean: [mean], covariance: [[batch.covariance[j]![j]!]] };
        expect(utilityOf(batch)).toBeGreaterThanOrEqual(utilityOf(alone) - 0.1);
      });
    });
  });

  it("grows with the value to improve upon", () => {
    holds((batch) => {
      expect(utilityOf({ ...batch, incumbent: batch.incumbent + 0.25 })).toBeGreaterThan(utilityOf(batch));
    });
  });

  it("grows by ln 4 if all values are four times as large", () => {
    holds(({ incumbent, mean, covariance }) => {
      const larger = {
        incumbent: 4 * incumbent,
        mean: mean.map((one) => 4 * one),
        covariance: covariance.map((row) => row.map((one) => 16 * one)),
      };
      expect(utilityOf(larger)).toBeCloseTo(utilityOf({ incumbent, mean, covariance }) + log(4), 10);
    });
  });

  it("hardly depends on the order of the points", () => {
    holds(({ incumbent, mean, covariance }) => {
      fc.pre(utilityOf({ incumbent, mean, covariance }) > leastTold);
      const reversed = { incumbent, mean: [...mean].reverse(), covariance: covariance.map((row) => [...row].reverse()).reverse() };
      expect(Math.abs(utilityOf(reversed, 1024) - utilityOf({ incumbent, mean, covariance }, 1024))).toBeLessThan(0.15);
    });
  });
});
