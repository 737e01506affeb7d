import { describe, expect, it } from "vitest";
import { inset, kumaraswamy, type Warped } from "./kumaraswamy.ts";
import golden from "./warp.golden.json" with { type: "json" };

function at(x: number, logA: number, logB: number): Warped {
  const out = { value: NaN, byX: NaN, byLogA: NaN, byLogB: NaN };
  kumaraswamy(x, logA, logB, out);
  return out;
}

describe("Kumaraswamy's distribution function", () => {
  it("and its three derivatives are those of 50-digit arithmetic, to 1e-13 of each or 1e-15 in all", () => {
    expect(golden.kumaraswamy.length).toBe(140);
    for (const [x, logA, logB, ...expected] of golden.kumaraswamy as [number, number, number, ...number[]][]) {
      const { value, byX, byLogA, byLogB } = at(x, logA, logB);
      [value, byX, byLogA, byLogB].forEach((computed, i) => {
        const error = Math.abs(computed - expected[i]!);
        expect(error, `output ${i} at ${x}, ${logA}, ${logB}`).toBeLessThanOrEqual(1e-13 * Math.abs(expected[i]!) + 1e-15);
      });
    }
  });

  it("with a = b = 1 is the identity, except for the inset", () => {
    for (const x of [0, 0.25, 0.5, 1]) {
      expect(at(x, 0, 0).value).toBeCloseTo(inset + (1 - 2 * inset) * x, 14);
      expect(at(x, 0, 0).byX).toBeCloseTo(1 - 2 * inset, 14);
    }
  });

  it("rises with x, and stays in the unit interval", () => {
    for (const logA of [-3, 0, 3]) {
      for (const logB of [-3, 0, 3]) {
        const values = Array.from({ length: 101 }, (_, i) => at(i / 100, logA, logB).value);
        expect(values).toEqual([...values].sort((a, b) => a - b));
        expect(values[0]).toBeGreaterThanOrEqual(0);
        expect(values[100]).toBeLessThanOrEqual(1);
      }
    }
  });

  it("is finite with its derivatives at both ends, for shapes from e^-20 to e^20", () => {
    for (const x of [0, 1e-300, 0.5, 1]) {
      for (const logA of [-20, 0, 20]) {
        for (const logB of [-20, 0, 20]) expect(Object.values(at(x, logA, logB)).every(Number.isFinite), `${x} ${logA} ${logB}`).toBe(true);
      }
    }
  });
});
