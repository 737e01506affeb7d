import fc from "fast-check";
import { describe, expect, it } from "vitest";
import golden from "../learningCurves/learningCurves.golden.json" with { type: "json" };
import { kendallTau } from "./kendall.ts";

describe("Kendall's tau", () => {
  it.each(golden.kendall.map((row) => [row.a.length, row] as const))("of %d pairs is SciPy's", (_, { a, b, tau }) => {
    expect(kendallTau(Float64Array.from(a), Float64Array.from(b))).toBeCloseTo(tau, 14);
  });

  it("is what counting all pairs gives, ties and all", () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: -3, max: 3 })), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(pairs, (list) => {
        const [a, b] = [Float64Array.from(list, ([x]) => x), Float64Array.from(list, ([, y]) => y)];
        const before = [...a, ...b];
        const tau = kendallTau(a, b);
        expect([...a, ...b]).toEqual(before);
        const expected = byCounting(a, b);
        if (Number.isNaN(expected)) expect(tau).toBe(NaN);
        else expect(tau).toBeCloseTo(expected, 12);
      }),
    );
  });

  it("is 1 for one order, -1 for the reverse, undefined for a constant", () => {
    const up = Float64Array.of(-2, 0, 1, 5, 7);
    expect(kendallTau(up, up)).toBeCloseTo(1, 14);
    expect(kendallTau(up, up.slice().reverse())).toBeCloseTo(-1, 14);
    expect(kendallTau(up, new Float64Array(5))).toBe(NaN);
    expect(kendallTau(Float64Array.of(1), Float64Array.of(1))).toBe(NaN);
  });

  it("takes infinities in their places", () => {
    expect(kendallTau(Float64Array.of(-Infinity, 0, Infinity), Float64Array.of(1, 2, 3))).toBeCloseTo(1, 14);
    expect(kendallTau(Float64Array.of(Infinity, Infinity, 0), Float64Array.of(3, 2, 1))).toBeCloseTo(2 / Math.sqrt(6), 14);
  });
});

function byCounting(a: Float64Array, b: Float64Array): number {
  let [sum, inA, inB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < i; j++) {
      const [x, y] = [Math.sign(a[i]! - a[j]!), Math.sign(b[i]! - b[j]!)];
      sum += x * y;
      inA += Math.abs(x);
      inB += Math.abs(y);
    }
  }
  return sum / Math.sqrt(inA * inB);
}
