import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resultAt, sameFidelity, settleFidelity } from "./fidelity.ts";
import type { Problem } from "./problem.ts";

const fractions: Pick<Problem, "fidelity"> = { fidelity: { unit: "fraction", min: 0.001, max: 1000, whole: false } };
const counts: Pick<Problem, "fidelity"> = { fidelity: { unit: "step", min: 1, max: 2 ** 53, whole: true } };

/** `count` steps, added one by one. */
function sum(step: number, count: number): number {
  let total = 0;
  for (let index = 0; index < count; index++) total += step;
  return total;
}

describe("a reported fidelity", () => {
  it.each([
    [0.1 + 0.1 + 0.1, 0.3],
    [0.30000000000000004, 0.3],
    [sum(0.1, 10), 1],
    [sum(1e-6, 1_000_000), 1],
    [sum(0.1, 1_000_000) / 1000, 100],
  ])("of %d is the rung at %d, because only the rounding of a sum parts them", (reported, rung) => {
    expect(reported).not.toBe(rung);
    expect(settleFidelity(fractions, reported, [0.1, rung, 900])).toBe(rung);
  });

  it("is the rung whose decimal it is, however many steps were added up to it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999 }),
        fc.constantFrom(10, 100, 1000),
        fc.integer({ min: 1, max: 5000 }),
        (step, parts, count) => {
          const decimal = Number(`${step * count}e-${String(parts).length - 1}`);
          expect(settleFidelity(fractions, sum(step / parts, count), [decimal])).toBe(decimal);
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });

  it("stays what it is where it is another fraction: neighbours a millionth apart are not one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (index) => {
        const [one, next] = [index / 1e6, (index + 1) / 1e6];
        expect(settleFidelity(fractions, one, [next, 1])).toBe(one === 1 ? 1 : one);
        expect(sameFidelity(one, next)).toBe(false);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("is a whole number where fidelities are whole, also next to no rung", () => {
    expect(settleFidelity(counts, 2.9999999999999996, [1, 9])).toBe(3);
    expect(settleFidelity(counts, sum(0.1, 70), [1, 9])).toBe(7);
    expect(settleFidelity(counts, 2.5, [1, 9])).toBe(2.5);
  });

  it("is never another whole number, however large: a count of samples may be beyond 10^9", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer({ min: 1, max: 5 }), (count, more) => {
        expect(settleFidelity(counts, count, [count + more])).toBe(count);
        expect(sameFidelity(count, count + more)).toBe(false);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it.each([NaN, Infinity, "3", null, undefined, 3n, Symbol("three"), { valueOf: () => 3 }])(
    "that is no number is left to the checks: %o",
    (given) => {
      for (const problem of [fractions, counts]) expect(settleFidelity(problem, given as number, [3])).toBe(given);
    },
  );
});

describe("the result of a trial at a rung", () => {
  const curve = [2, 4, 10].map((fidelity) => ({ fidelity, values: [fidelity], constraints: [], costSeconds: 0, atMilestone: false }));
  const results = (rungs: readonly number[]): readonly (number | undefined)[] =>
    rungs.map((_, index) => resultAt(curve, rungs, index)?.fidelity);

  it("is its first measurement at or past the rung and before the next one", () => {
    expect(results([1, 3, 9, 27])).toEqual([2, 4, 10, undefined]);
    expect(results([2, 4, 10])).toEqual([2, 4, 10]);
    expect(results([1, 2, 5, 9])).toEqual([undefined, 2, undefined, 10]);
  });
});
