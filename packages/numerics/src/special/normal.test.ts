import { describe, expect, it } from "vitest";
import { logNormalCdf, logNormalPdf, normalCdf, normalHazard, normalPdf } from "./normal.ts";

describe.each([
  { name: "normalPdf", f: normalPdf, atMinusInfinity: 0, atMinusMax: 0, atMax: 0, atInfinity: 0 },
  { name: "logNormalPdf", f: logNormalPdf, atMinusInfinity: -Infinity, atMinusMax: -Infinity, atMax: -Infinity, atInfinity: -Infinity },
  { name: "normalCdf", f: normalCdf, atMinusInfinity: 0, atMinusMax: 0, atMax: 1, atInfinity: 1 },
  { name: "logNormalCdf", f: logNormalCdf, atMinusInfinity: -Infinity, atMinusMax: -Infinity, atMax: -0, atInfinity: -0 },
  { name: "normalHazard", f: normalHazard, atMinusInfinity: Infinity, atMinusMax: Number.MAX_VALUE, atMax: 0, atInfinity: 0 },
])("$name", ({ f, atMinusInfinity, atMinusMax, atMax, atInfinity }) => {
  it("has its limits at the infinities, and at the largest doubles too", () => {
    expect(f(-Infinity)).toBe(atMinusInfinity);
    expect(f(-Number.MAX_VALUE)).toBe(atMinusMax);
    expect(f(Number.MAX_VALUE)).toBe(atMax);
    expect(f(Infinity)).toBe(atInfinity);
  });

  it("is NaN for NaN", () => {
    expect(f(NaN)).toBeNaN();
  });
});

describe("the normal distribution", () => {
  it("has density 1 / sqrt(2 pi) and probability 1/2 at its mean", () => {
    expect(normalPdf(0)).toBe(1 / Math.sqrt(2 * Math.PI));
    expect(normalCdf(0)).toBe(0.5);
    expect(logNormalCdf(0)).toBeCloseTo(-Math.LN2, 15);
  });

  it("underflows below -38.5 in itself, and not in its logarithm until -x^2 / 2 overflows", () => {
    expect(normalCdf(-38.4)).toBeGreaterThan(0);
    expect(normalCdf(-38.5)).toBe(0);
    expect(logNormalCdf(-1e100)).toBeCloseTo(-5e199, -190);
    expect(logNormalCdf(-1e154)).toBeGreaterThan(-Infinity);
    expect(logNormalCdf(-2e154)).toBe(-Infinity);
  });
});
