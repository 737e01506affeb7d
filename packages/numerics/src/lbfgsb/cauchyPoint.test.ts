import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DenseModel, denseModel, dot, times } from "../../testing/denseModel.ts";
import { cauchyPoint, findCauchyPoint } from "./cauchyPoint.ts";
import { transposedTimes } from "./limitedMemory.ts";

/** Piece by piece along P(x - t g) with B written out: the first minimiser of the model. */
function naive({ B, x, g, bounds: { lower, upper } }: DenseModel): Float64Array {
  const until = g.map((slope, i) => (slope > 0 ? (x[i]! - lower[i]!) / slope : slope < 0 ? (x[i]! - upper[i]!) / slope : Infinity));
  const at = (t: number) => x.map((one, i) => (t >= until[i]! ? (g[i]! > 0 ? lower[i]! : upper[i]!) : g[i] === 0 ? one : one - t * g[i]!));
  let t = 0;
  for (const next of [...until].sort((a, b) => a - b).concat(Infinity)) {
    if (next === t) continue;
    const d = g.map((slope, i) => (until[i]! > t ? -slope : 0));
    const z = at(t).map((one, i) => one - x[i]!);
    const f1 = dot(g, d) + dot(d, times(B, z));
    const f2 = dot(d, times(B, d));
    if (!(f1 < 0)) return at(t);
    if (t - f1 / f2 < next) return at(t - f1 / f2);
    t = next;
  }
  return at(t);
}

describe("the generalised Cauchy point", () => {
  it("is the first minimiser of the model along the projected gradient path", () => {
    fc.assert(
      fc.property(
        fc.record({ seed: fc.integer(), n: fc.integer({ min: 1, max: 12 }), pairs: fc.integer({ min: 0, max: 7 }) }),
        ({ seed, n, pairs }) => {
          const model = denseModel(seed, n, 5, pairs);
          const { memory, x, g, bounds } = model;
          const cauchy = cauchyPoint(n, 5);
          expect(findCauchyPoint(cauchy, x, g, bounds, memory, false)).toBe(true);
          naive(model).forEach((one, i) => expect(Math.abs(cauchy.point[i]! - one)).toBeLessThan(1e-7));
          // What the subspace minimisation takes over from it: W^T (x^cp - x), and who is free.
          const c = new Float64Array(10);
          transposedTimes(
            memory,
            x.map((one, i) => cauchy.point[i]! - one),
            c,
          );
          for (let k = 0; k < 2 * memory.size; k++) expect(Math.abs(cauchy.c[k]! - c[k]!)).toBeLessThan(1e-7);
          expect(cauchy.freeCount).toBe(cauchy.free.reduce((sum, one) => sum + one, 0));
          cauchy.free.forEach((free, i) => {
            const atBound = cauchy.point[i] === bounds.lower[i] || cauchy.point[i] === bounds.upper[i];
            if (free === 0) expect(atBound).toBe(true);
          });
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  it("is the steepest descent's to the first bound it meets, by hand", () => {
    // B = I, x = (0, 0), g = (-1, -2) in [0, 1] x [0, 0.5]: x2 stops at t = 0.25, x1 continues until the model's minimum at t = 1.
    const model = denseModel(1, 2, 1, 0);
    const cauchy = cauchyPoint(2, 1);
    const bounds = { lower: Float64Array.of(0, 0), upper: Float64Array.of(3, 0.5) };
    findCauchyPoint(cauchy, new Float64Array(2), Float64Array.of(-1, -2), bounds, model.memory, false);
    expect([...cauchy.point]).toEqual([1, 0.5]);
    expect([...cauchy.free]).toEqual([1, 0]);
  });
});
