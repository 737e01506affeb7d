import { logNormalCdf, normalHazard } from "@caviar-hpo/numerics";
import { describe, expect, it } from "vitest";
import golden from "./improvement.golden.json" with { type: "json" };
import { type Improvement, writeImprovement } from "./improvement.ts";

function improvement(u: number): Improvement {
  const out = { log: NaN, slope: NaN, spread: NaN };
  writeImprovement(u, out);
  return out;
}
const logImprovement = (u: number): number => improvement(u).log;
const logImprovementSlope = (u: number): number => improvement(u).slope;
const spreadSlope = (u: number): number => improvement(u).spread;

const rows = golden as unknown as readonly (readonly [u: number, ...exact: string[]])[];
const columns = [
  ["log h", logImprovement],
  ["(log h)'", logImprovementSlope],
  ["phi / h", spreadSlope],
  ["log Phi", logNormalCdf],
  ["phi / Phi", normalHazard],
] as const;

describe("on 1,000 points u from -1e100 to 37.5, also next to the branches and the zero of log h, within 2e-15, relative, of mpmath at 60 digits", () => {
  it.each(columns.map(([name, f], column) => [name, f, column] as const))("is %s", (_, f, column) => {
    expect(rows.length).toBe(1000);
    for (const [u, ...exact] of rows) {
      const value = Number(exact[column]);
      expect(Math.abs(f(u) - value), `at ${u}`).toBeLessThanOrEqual(2e-15 * Math.abs(value));
    }
  });
});

describe("the improvement in standard deviations", () => {
  it("has its limits at Infinity and at the largest doubles", () => {
    expect(improvement(Infinity)).toEqual({ log: Infinity, slope: 0, spread: 0 });
    expect(improvement(-Number.MAX_VALUE)).toEqual({ log: -Infinity, slope: Infinity, spread: Infinity });
    expect(improvement(Number.MAX_VALUE)).toEqual({ log: Math.log(Number.MAX_VALUE), slope: 1 / Number.MAX_VALUE, spread: 0 });
  });

  it("is 1 standard deviation at u = 0.8994715612537435", () => {
    expect(Math.abs(logImprovement(0.8994715612537435))).toBeLessThan(1e-16);
  });

  it("passes its branches without a step", () => {
    for (const edge of [-5, -1, 1, 5, 0.64947156125374, 1.14947156125374]) {
      for (const f of [logImprovement, logImprovementSlope, spreadSlope]) {
        expect(f(edge * (1 - 1e-15)) / f(edge * (1 + 1e-15))).toBeCloseTo(1, 12);
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
