import { describe, expect, it } from "vitest";
import { shiftedLog } from "./shiftedLog.ts";
import golden from "./warp.golden.json" with { type: "json" };

describe("the shifted logarithm", () => {
  it.each(golden.samples)("is ln(x - min + offset) less ln(offset): $name", ({ scaled, shiftedLog: cases }) => {
    for (const { offset, images } of cases) {
      const { forward } = shiftedLog({ minimum: Math.min(...scaled), offset });
      scaled.forEach((x, i) => {
        expect(forward(x) + Math.log(offset)).toBeCloseTo(images[i]!, 12);
      });
    }
  });

  it.each(golden.samples)("has the likelihood of SciPy's Box-Cox transformation at power 0: $name", ({ scaled, shiftedLog: cases }) => {
    for (const { offset, likelihood } of cases) {
      const { forward, logSlope } = shiftedLog({ minimum: Math.min(...scaled), offset });
      const z = scaled.map(forward);
      const mean = z.reduce((sum, value) => sum + value, 0) / z.length;
      const variance = z.reduce((sum, value) => sum + (value - mean) ** 2, 0) / z.length;
      const logJacobian = scaled.reduce((sum, x) => sum + logSlope(x), 0);
      expect((-z.length / 2) * Math.log(variance) + logJacobian).toBeCloseTo(likelihood, 10);
    }
  });

  it("continues below the minimum by its tangent, as far as one likes", () => {
    const { forward, inverse, logSlope } = shiftedLog({ minimum: 5, offset: 0.5 });
    expect(forward(5)).toBe(0);
    expect(forward(4)).toBe(-2);
    expect(inverse(-2)).toBe(4);
    expect(forward(-1e9)).toBe(-2000000010);
    expect(logSlope(4)).toBe(Math.log(2));
    expect(logSlope(5)).toBe(Math.log(2));
  });
});
