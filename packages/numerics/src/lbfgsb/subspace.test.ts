import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DenseModel, denseModel, dot, draws, solve, times } from "../../testing/denseModel.ts";
import { longestStep } from "./box.ts";
import { type CauchyPoint, cauchyPoint, findCauchyPoint } from "./cauchyPoint.ts";
import { factorMiddle, forget, remember } from "./limitedMemory.ts";
import { minimiseInSubspace, subspace } from "./subspace.ts";

/** Z^T B Z d = -Z^T (g + B (x^cp - x)) by elimination, then the projection or, where that does not descend, as far as the box allows. */
function naive({ B, x, g, bounds }: DenseModel, { point, free }: CauchyPoint): Float64Array {
  const n = x.length;
  const inner = [...x.keys()].filter((i) => free[i] === 1);
  const z = x.map((one, i) => point[i]! - one);
  const r = times(B, z);
  const reduced = Float64Array.from(inner.flatMap((i) => inner.map((j) => B[i * n + j]!)));
  const step = solve(
    reduced,
    Float64Array.from(inner, (i) => -g[i]! - r[i]!),
  );
  const d = new Float64Array(n);
  inner.forEach((i, k) => (d[i] = step[k]!));
  const into = (v: Float64Array) => v.map((one, i) => Math.min(Math.max(one, bounds.lower[i]!), bounds.upper[i]!));
  const projected = into(point.map((one, i) => one + d[i]!));
  const descends =
    dot(
      g,
      projected.map((one, i) => one - x[i]!),
    ) <= 0;
  const alpha = longestStep(point, d, bounds, 1);
  return descends ? projected : into(point.map((one, i) => one + alpha * d[i]!));
}

describe("the subspace minimiser", () => {
  it("is that of the model written out, over the coordinates the Cauchy point leaves free", () => {
    let some = 0;
    let every = 0;
    fc.assert(
      fc.property(
        fc.record({ seed: fc.integer(), n: fc.integer({ min: 1, max: 12 }), pairs: fc.integer({ min: 1, max: 7 }) }),
        ({ seed, n, pairs }) => {
          const model = denseModel(seed, n, 5, pairs);
          const { memory, x, g, bounds } = model;
          fc.pre(memory.size > 0);
          const cauchy = cauchyPoint(n, 5);
          findCauchyPoint(cauchy, x, g, bounds, memory, false);
          const space = subspace(n, 5);
          expect(minimiseInSubspace(space, cauchy, x, g, bounds, memory)).toBe(true);
          const expected = cauchy.freeCount === 0 ? cauchy.point : naive(model, cauchy);
          expected.forEach((one, i) => expect(Math.abs(space.point[i]! - one)).toBeLessThan(1e-6));
          if (cauchy.freeCount === n) every++;
          else if (cauchy.freeCount > 0) some++;
        },
      ),
      { seed: 1, numRuns: 300 },
    );
    expect(some).toBeGreaterThan(20);
    expect(every).toBeGreaterThan(5);
  });

  it("has the same bits with stored products and with new ones", () => {
    fc.assert(
      fc.property(
        fc.record({ seed: fc.integer(), n: fc.integer({ min: 2, max: 9 }), steps: fc.integer({ min: 1, max: 9 }) }),
        ({ seed, n, steps }) => {
          const { memory, x, g, bounds } = denseModel(seed, n, 4, 2);
          const draw = draws(seed + 1);
          const cauchy = cauchyPoint(n, 4);
          const kept = subspace(n, 4);
          for (let step = 0; step < steps; step++) {
            // Mostly the same coordinates stay free, now and then others.
            if (draw() < 0.2) g[Math.floor(draw() * n)]! *= -1;
            if (draw() < 0.8) {
              const s = x.map(() => draw() - 0.5);
              remember(
                memory,
                s,
                s.map((one, i) => one * (1 + i)),
              );
            }
            if (draw() < 0.1) forget(memory);
            if (memory.size === 0) continue;
            factorMiddle(memory);
            findCauchyPoint(cauchy, x, g, bounds, memory, false);
            const fresh = subspace(n, 4);
            expect(minimiseInSubspace(kept, cauchy, x, g, bounds, memory)).toBe(minimiseInSubspace(fresh, cauchy, x, g, bounds, memory));
            expect(kept.point).toEqual(fresh.point);
          }
        },
      ),
    );
  });

  it("refuses a model that cannot be factored", () => {
    const { memory, x, g, bounds } = denseModel(3, 3, 2, 2);
    const cauchy = cauchyPoint(3, 2);
    findCauchyPoint(cauchy, x, g, bounds, memory, false);
    cauchy.free.set([1, 1, 0]);
    cauchy.freeCount = 2;
    memory.SY[0] = NaN;
    expect(minimiseInSubspace(subspace(3, 2), cauchy, x, g, bounds, memory)).toBe(false);
  });
});
