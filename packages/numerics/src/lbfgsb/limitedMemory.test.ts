import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { denseModel, times } from "../../testing/denseModel.ts";
import { factorMiddle, forget, limitedMemory, middleTimes, remember, transposedTimes } from "./limitedMemory.ts";
import { inverseTimes } from "./twoLoop.ts";

const cases = {
  seed: fc.integer(),
  n: fc.integer({ min: 1, max: 12 }),
  capacity: fc.integer({ min: 1, max: 6 }),
  pairs: fc.integer({ min: 0, max: 9 }),
};

describe("the limited memory", () => {
  it("is the BFGS matrix of the pairs it holds: theta v - W M W^T v = B v", () => {
    fc.assert(
      fc.property(fc.record(cases), ({ seed, n, capacity, pairs }) => {
        const { memory, B, g } = denseModel(seed, n, capacity, pairs);
        const { size, theta, S, Y } = memory;
        const p = new Float64Array(2 * capacity);
        const q = new Float64Array(2 * capacity);
        transposedTimes(memory, g, p);
        middleTimes(memory, p, q);
        const expected = times(B, g);
        for (let k = 0; k < n; k++) {
          let product = theta * g[k]!;
          for (let i = 0; i < size; i++) product -= Y[i * n + k]! * q[i]! + theta * S[i * n + k]! * q[size + i]!;
          expect(Math.abs(product - expected[k]!)).toBeLessThan(1e-8 * (1 + Math.abs(expected[k]!)));
        }
      }),
      { seed: 1 },
    );
  });

  it("is undone by the two loops: B B^-1 v = v", () => {
    fc.assert(
      fc.property(fc.record(cases), ({ seed, n, capacity, pairs }) => {
        const { memory, B, g } = denseModel(seed, n, capacity, pairs);
        const v = g.slice();
        inverseTimes(memory, v, new Float64Array(capacity));
        times(B, v).forEach((one, k) => expect(Math.abs(one - g[k]!)).toBeLessThan(1e-8 * (1 + Math.max(...v.map(Math.abs)))));
      }),
      { seed: 1 },
    );
  });

  it("holds the newest pairs, counts all, and forgets them at once", () => {
    const memory = limitedMemory(2, 3);
    for (let i = 1; i <= 5; i++) remember(memory, Float64Array.of(i, 0), Float64Array.of(2 * i, i));
    expect(memory).toMatchObject({ size: 3, taken: 5, theta: 2.5 });
    expect([...memory.S]).toEqual([3, 0, 4, 0, 5, 0]);
    expect([...memory.SY].map((one, k) => (k % 3 <= Math.floor(k / 3) ? one : 0))).toEqual([18, 0, 0, 24, 32, 0, 30, 40, 50]);
    forget(memory);
    expect(memory).toMatchObject({ size: 0, taken: 5, theta: 1 });
  });

  it("says so where the middle matrix cannot be factored", () => {
    const memory = limitedMemory(2, 2);
    remember(memory, Float64Array.of(1e200, 0), Float64Array.of(1e200, 0));
    expect(factorMiddle(memory)).toBe(false);
  });
});
