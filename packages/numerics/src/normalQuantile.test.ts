import { describe, expect, it } from "vitest";
import { probabilities } from "../testing/points.ts";
import golden from "./normalQuantile.golden.json" with { type: "json" };
import { normalQuantile } from "./normalQuantile.ts";

const rows = golden as unknown as readonly (readonly [p: string, z: string])[];

describe("the normal quantile", () => {
  it("is within 2e-15, relative, of mpmath on 610 probabilities from 5e-324 to 1 - 2^-53", () => {
    expect(rows.length).toBe(610);
    for (const [digits, z] of rows) {
      const p = fromHex(digits);
      const exact = Number(z);
      expect(Math.abs(normalQuantile(p) - exact), `at ${p}`).toBeLessThanOrEqual(2e-15 * Math.abs(exact));
    }
  });

  it("has the check values published with AS 241", () => {
    expect(normalQuantile(0.25)).toBeCloseTo(-0.6744897501960817, 15);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167814, 14);
    expect(normalQuantile(1e-20)).toBeCloseTo(-9.262340089798409, 14);
  });

  it("is antisymmetric about 1/2 if 1 - p is exact", () => {
    for (const p of probabilities(10_000)) {
      const above = 1 - p;
      expect(normalQuantile(above)).toBe(normalQuantile(1 - above) === 0 ? 0 : -normalQuantile(1 - above));
    }
  });

  it("rises over steps of a millionth", () => {
    const normal = probabilities(10_000).filter((p) => p > 1e-307 && p < 0.999999);
    for (const p of normal) expect(normalQuantile(p * (1 + 1e-6)), `above ${p}`).toBeGreaterThan(normalQuantile(p));
  });

  it.each([
    [NaN, NaN],
    [0, -Infinity],
    [-0, -Infinity],
    [1, Infinity],
    [0.5, 0],
    [-Number.MIN_VALUE, NaN],
    [1 + Number.EPSILON, NaN],
    [-1, NaN],
    [Infinity, NaN],
    [-Infinity, NaN],
  ])("of %d is %d", (p, z) => {
    expect(normalQuantile(p)).toBe(z);
  });
});

function fromHex(digits: string): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(`0x${digits}`));
  return view.getFloat64(0);
}
