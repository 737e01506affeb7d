import { describe, expect, it } from "vitest";
import { uniforms } from "../../testing/kernelLaws.ts";
import { outputWarps } from "../warp/outputWarps.ts";
import { warpValues } from "./warpedValues.ts";

describe("warped values", () => {
  const y = uniforms(30, 1).map((value) => Math.exp(5 * value));

  it("have mean 0 and deviation 1, and tell by how much values were stretched", () => {
    for (const warp of outputWarps(y)) {
      const { z, mean, sd, logJacobian } = warpValues(warp, y, null);
      expect(z.reduce((sum, one) => sum + one / 30, 0)).toBeCloseTo(0, 12);
      expect(z.reduce((sum, one) => sum + (one * one) / 30, 0)).toBeCloseTo(1, 12);
      z.forEach((one, row) => {
        expect(warp.inverse(mean + sd * one)).toBeCloseTo(y[row]!, 8);
      });
      if (warp.name === "halfRankLog" || warp.name === "winsorised") continue;
      const slopes = y.map((value) => {
        const [above, below] = warp.forward(Float64Array.of(value * (1 + 1e-6), value * (1 - 1e-6)));
        return Math.log((above! - below!) / (2e-6 * value) / sd);
      });
      expect(logJacobian).toBeCloseTo(
        slopes.reduce((sum, one) => sum + one, 0),
        4,
      );
    }
  });

  it("are all 0 where all values are the same, under every warp", () => {
    for (const value of [0.1, 1e308, -3, 5e-324])
      for (const warp of outputWarps(new Float64Array(7).fill(value))) {
        const { z, sd, logJacobian } = warpValues(warp, new Float64Array(7).fill(value), null);
        expect([...z]).toEqual([0, 0, 0, 0, 0, 0, 0]);
        expect(sd).toBe(1);
        expect(Number.isFinite(logJacobian)).toBe(true);
      }
  });

  it("take known variances along: in the same proportion for the identity, as the warp's slope squared else", () => {
    const known = y.map((value) => (1e-4 * value) ** 2);
    for (const warp of outputWarps(y).slice(0, 4)) {
      const { variance, sd } = warpValues(warp, y, known);
      y.forEach((value, row) => {
        if (warp.name === "winsorised") return;
        const [above, below] = warp.forward(Float64Array.of(value * (1 + 1e-6), value * (1 - 1e-6)));
        const slope = (above! - below!) / (2e-6 * value) / sd;
        expect(variance![row]! / (known[row]! * slope * slope)).toBeCloseTo(1, 3);
      });
    }
  });
});
