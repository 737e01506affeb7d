import { describe, expect, it } from "vitest";
import { minimiseOnInterval } from "./brent.ts";

/** Counts the calls. */
function counted(f: (x: number) => number): { readonly f: (x: number) => number; calls: number } {
  const counter = {
    calls: 0,
    f: (x: number): number => {
      counter.calls++;
      return f(x);
    },
  };
  return counter;
}

describe("Brent's minimiser", () => {
  it("finds the minimum of x^3 - 2 x - 5 at sqrt(2/3)", () => {
    expect(minimiseOnInterval((x) => x ** 3 - 2 * x - 5, 0, 1, 1e-9)).toBeCloseTo(Math.sqrt(2 / 3), 7);
  });

  it("takes one parabola for a parabola", () => {
    const { f, calls } = counted((x) => (x - 0.3) ** 2);
    expect(minimiseOnInterval(f, 0, 2, 1e-8)).toBeCloseTo(0.3, 8);
    expect(calls).toBeLessThan(12);
  });

  it("finds a kink, where no parabola fits, to the tolerance", () => {
    const counter = counted((x) => Math.abs(x - 1.234567));
    expect(Math.abs(minimiseOnInterval(counter.f, 0, 2, 1e-8) - 1.234567)).toBeLessThan(3e-8);
    expect(counter.calls).toBeLessThanOrEqual(100);
  });

  it("comes within the tolerance of an end if the function falls towards it", () => {
    expect(minimiseOnInterval((x) => x, 0, 2, 1e-8)).toBeLessThan(5e-8);
    expect(minimiseOnInterval((x) => -x, 0, 2, 1e-8)).toBeGreaterThan(2 - 5e-8);
  });

  it("stays inside, asks at most 100 times and ends, whatever the function says", () => {
    for (const wild of [() => 0, () => NaN, () => Infinity, (x: number) => Math.sin(1e6 * x)]) {
      const asked: number[] = [];
      const f = (x: number): number => {
        asked.push(x);
        return wild(x);
      };
      const found = minimiseOnInterval(f, -1, 2, 1e-12);
      expect(asked.length).toBeLessThanOrEqual(100);
      expect([found, ...asked].every((x) => x >= -1 && x <= 2)).toBe(true);
    }
  });
});
