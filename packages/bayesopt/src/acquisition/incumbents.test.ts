import { describe, expect, it } from "vitest";
import { bestPosteriorMean, incumbentsOfDraws } from "./incumbents.ts";

describe("incumbents", () => {
  it("are the least of each draw", () => {
    expect([...incumbentsOfDraws(Float64Array.of(3, 1, 2, -1, 0, 5), 3)]).toEqual([1, -1]);
  });

  it("are no more than the best value known", () => {
    expect([...incumbentsOfDraws(Float64Array.of(3, 1, -1, 0), 2, 0.5)]).toEqual([0.5, -1]);
  });

  it("are the best posterior mean in the plug-in form, Infinity where nothing was measured", () => {
    expect(bestPosteriorMean(Float64Array.of(2, -3, 1))).toBe(-3);
    expect(bestPosteriorMean(new Float64Array(0))).toBe(Infinity);
  });
});
