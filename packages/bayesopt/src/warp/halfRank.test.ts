import { describe, expect, it } from "vitest";
import { fitHalfRank, halfRank } from "./halfRank.ts";
import { shiftedLog } from "./shiftedLog.ts";
import golden from "./warp.golden.json" with { type: "json" };

const quartile = 0.6744897501960817;

describe("half-rank", () => {
  it.each(golden.samples)("then the logarithm with c = 2 is what Vizier does, turned round: $name", ({ scaled, halfRankLog }) => {
    const { forward } = halfRank(fitHalfRank(Float64Array.from(scaled).sort()));
    const halved = scaled.map(forward);
    const minimum = Math.min(...halved);
    const log = shiftedLog({ minimum, offset: 2 * (Math.max(...halved) - minimum) });
    halved.forEach((x, i) => {
      expect(log.forward(x) / Math.log(1.5) - 0.5).toBeCloseTo(halfRankLog[i]!, 12);
    });
  });

  it("keeps the better half as it is", () => {
    const { forward, inverse } = halfRank(fitHalfRank(Float64Array.of(-7, -1, 0, 2, 100)));
    for (const x of [-1e9, -7, -3, -1, 0]) {
      expect(forward(x)).toBe(x);
      expect(inverse(x)).toBe(x);
    }
  });

  it("places the worse half by rank alone: two of them at the normal quantiles of 0.7 and 0.9", () => {
    for (const worse of [
      [2, 100],
      [1e-5, 1e9],
    ] as const) {
      const fitted = fitHalfRank(Float64Array.of(-3, -3, 0, ...worse));
      expect(fitted).toEqual({ worse, deviation: Math.sqrt(4.5), denominator: 2.5 });
      expect(halfRank(fitted).forward(worse[0]) / Math.sqrt(4.5)).toBeCloseTo(0.5244005127080407, 14);
      expect(halfRank(fitted).forward(worse[1]) / Math.sqrt(4.5)).toBeCloseTo(1.2815515655446004, 14);
    }
  });

  it("interpolates between the values, and past the worst continues as before it", () => {
    const { forward, inverse, logSlope } = halfRank(fitHalfRank(Float64Array.of(-1, 3)));
    expect(forward(3)).toBeCloseTo(quartile, 14);
    expect(forward(1.5)).toBeCloseTo(quartile / 2, 14);
    expect(forward(9)).toBeCloseTo(3 * quartile, 14);
    expect(inverse(3 * quartile)).toBeCloseTo(9, 13);
    expect(logSlope(9)).toBeCloseTo(Math.log(quartile / 3), 14);
  });

  it("at a corner takes the mean of the log-slopes next to it", () => {
    const { logSlope } = halfRank(fitHalfRank(Float64Array.of(-3, -3, 0, 2, 100)));
    expect(logSlope(0)).toBeCloseTo(logSlope(1) / 2, 14);
    expect(logSlope(2)).toBeCloseTo((logSlope(1) + logSlope(50)) / 2, 14);
    expect(logSlope(-1)).toBe(0);
  });

  it("takes the width of all values where the better half has none, and does nothing where none is worse", () => {
    expect(fitHalfRank(Float64Array.of(0, 0, 0, 1)).deviation).toBe(Math.SQRT1_2);
    expect(fitHalfRank(Float64Array.of(0, 0))).toEqual({ worse: [], deviation: 1, denominator: 0.5 });
    expect(halfRank(fitHalfRank(Float64Array.of(-1, 0, 0))).forward(5)).toBe(5);
  });
});
