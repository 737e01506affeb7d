import { logNormalCdf, normalHazard } from "@caviar/numerics";
import { describe, expect, it } from "vitest";
import golden from "./improvement.golden.json" with { type: "json" };
import { logImprovement, logImprovementSlope, spreadSlope } from "./improvement.ts";

const rows = golden as unknown as readonly (readonly [u: number, ...exact: string[]])[];
const columns = [
  ["log h", logImprovement],
  ["(log h)'", logImprovementSlope],
  ["phi / h", spreadSlope],
  ["log Phi", logNormalCdf],
  ["phi / Phi", normalHazard],
] as const;

describe("on 1,000 points u from -1e100 to 37.5, beside the branches and the zero of log h too, within 1e-13, relative, of mpmath at 60 digits", () => {
  it.each(columns.map(([name, f], column) => [name, f, column] as const))("is %s", (_, f, column) => {
    expect(rows.length).toBe(1000);
    for (const [u, ...exact] of rows) {
      const value = Number(exact[column]);
      expect(Math.abs(f(u) - value), `at ${u}`).toBeLessThanOrEqual(1e-13 * Math.abs(value) + Number.MIN_VALUE);
    }
  });
});

describe("the improvement in standard deviations", () => {
  it("has its limits at the infinities and is NaN for NaN", () => {
    expect([-Infinity, Infinity, NaN].map(logImprovement)).toEqual([-Infinity, Infinity, NaN]);
    expect([-Infinity, Infinity, NaN].map(logImprovementSlope)).toEqual([Infinity, 0, NaN]);
    expect([-Infinity, Infinity, NaN].map(spreadSlope)).toEqual([Infinity, 0, NaN]);
  });

  it("is 1 standard deviation at u = 0.8994715612537435", () => {
    expect(Math.abs(logImprovement(0.8994715612537435))).toBeLessThan(1e-16);
  });

  it("passes its branches without a step", () => {
    for (const edge of [-6, -1, 0.64947156125374, 1.14947156125374]) {
      for (const f of [logImprovement, logImprovementSlope, spreadSlope]) {
        expect(f(edge * (1 - 1e-15)) / f(edge * (1 + 1e-15))).toBeCloseTo(1, 13);
      }
    }
  });

  it("has the asymptotes its comments state", () => {
    expect(logImprovementSlope(-1e4) - 1e4).toBeCloseTo(2e-4, 9);
    expect(spreadSlope(-1e3) - 1e6).toBeCloseTo(3, 4);
    expect(logImprovement(1e5)).toBeCloseTo(Math.log(1e5), 14);
    expect(logImprovementSlope(1e5)).toBeCloseTo(1e-5, 18);
  });
});
