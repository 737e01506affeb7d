import { describe, expect, it } from "vitest";
import golden from "./warp.golden.json" with { type: "json" };
import { fitFence, winsorise } from "./winsorise.ts";

describe("winsorising", () => {
  it.each(golden.samples)("is the double logarithm beyond NumPy's quartiles: $name", ({ scaled, winsorised }) => {
    const { forward } = winsorise(fitFence(Float64Array.from(scaled).sort()));
    scaled.forEach((x, i) => {
      expect(Math.abs(forward(x) - winsorised[i]!)).toBeLessThanOrEqual(1e-13 * Math.max(1, Math.abs(winsorised[i]!)));
    });
  });

  it("puts the fence where Tukey does: half as far again as the quartiles are apart", () => {
    expect(fitFence(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9))).toEqual({ fence: 13, width: 4 });
  });

  it("leaves the good tail alone, however long", () => {
    const { forward, inverse } = winsorise(fitFence(Float64Array.of(-1e9, -1, 0, 1, 1.5)));
    expect(forward(-1e9)).toBe(-1e9);
    expect(inverse(-1e9)).toBe(-1e9);
  });

  it("lets no double further out than 6.5 widths", () => {
    const { forward } = winsorise({ fence: 0, width: 1 });
    expect(forward(Number.MAX_VALUE)).toBeCloseTo(Math.log(1 + Math.log(Number.MAX_VALUE)), 12);
    expect(forward(Number.MAX_VALUE)).toBeLessThan(6.6);
  });

  it("takes a scaled unit for the width where the quartiles meet", () => {
    expect(fitFence(Float64Array.of(0, 0, 0, 0, 1))).toEqual({ fence: 0, width: 1 });
    expect(fitFence(Float64Array.of(0, 0, 0, 1e-300, 1)).width).toBe(1);
  });
});
