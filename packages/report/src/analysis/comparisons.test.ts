import { describe, expect, it } from "vitest";
import { comparisons } from "./comparisons.ts";

const ascending = (pairs: number): readonly number[] => Array.from({ length: pairs }, (_, pair) => 1 + pair);
const zeros = (pairs: number): readonly number[] => Array(pairs).fill(0);

describe("comparisons with the reference", () => {
  it("are corrected over all problems and strategies together", () => {
    const problem = [zeros(8), ascending(8), ascending(8)];
    const table = comparisons([problem, problem], 0);
    // Every one of the four has p = 2^-7; Holm multiplies the least by 4, and the others may not fall below it.
    for (const row of table) {
      expect(row[0]).toBeNull();
      for (const entry of row.slice(1)) expect(entry).toMatchObject({ p: 2 ** -7, pHolm: 2 ** -5 });
    }
  });

  it("are not tested where the seeds are too few for the size of the family", () => {
    const pHolm = (pairs: number): unknown =>
      comparisons([[zeros(pairs), ascending(pairs), ascending(pairs)]], 0)[0]!.map((entry) => entry?.pHolm);
    // The least p is 2^(1 - n): twice 2^-5 is above 0.05, twice 2^-6 below.
    expect(pHolm(6)).toEqual([undefined, null, null]);
    expect(pHolm(7)).toEqual([undefined, 2 ** -5, 2 ** -5]);
  });

  it("are not tested where too few pairs differ, though the seeds suffice", () => {
    const [, entry] = comparisons([[zeros(8), [...zeros(3), ...ascending(5)]]], 0)[0]!;
    expect(entry).toMatchObject({ p: 2 ** -4, pHolm: null, record: { wins: 0, ties: 3, losses: 5 } });
  });
});
