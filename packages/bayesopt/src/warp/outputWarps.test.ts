import { describe, expect, it } from "vitest";
import { outputWarp, outputWarps } from "./outputWarps.ts";

describe("output warps", () => {
  it("are the same seven, in the same order, whatever the data", () => {
    const names = ["identity", "winsorised", "yeoJohnson", "shiftedLog(0.1)", "shiftedLog(0.01)", "shiftedLog(0.001)", "halfRankLog"];
    expect(outputWarps(Float64Array.of(3, 1, 2)).map((warp) => warp.name)).toEqual(names);
    expect(outputWarps(Float64Array.of(7)).map((warp) => warp.name)).toEqual(names);
  });

  it("come back from their stored parameters with the same bits", () => {
    const y = Float64Array.of(3, -1, 2, 2, 700, 1e-9, 14);
    for (const warp of outputWarps(y)) {
      const restored = outputWarp(JSON.parse(JSON.stringify(warp.parameters)));
      expect(restored.name).toBe(warp.name);
      expect(restored.logJacobian).toBe(warp.logJacobian);
      expect(restored.forward(y)).toEqual(warp.forward(y));
      expect(restored.inverse(0.3)).toBe(warp.inverse(0.3));
    }
  });
});
