import { describe, expect, it } from "vitest";
import { integrate } from "./integrate.ts";

describe("adaptive quadrature", () => {
  it("is exact for polynomials of degree nine", () => {
    expect(integrate((x) => 10 * x ** 9 - 3 * x ** 2 + 1, -1, 2, 1e-10)).toBeCloseTo(1023 - 9 + 3, 9);
  });

  it.each<readonly [string, (x: number) => number, number, number, number]>([
    ["a kink", (x) => Math.abs(x - 0.3), 0, 1, 0.29],
    ["a spike", (x) => 1 / (1e-6 + x * x), -1, 1, 2 * 1e3 * Math.atan(1e3)],
    ["a root", Math.sqrt, 0, 1, 2 / 3],
  ])("finds %s", (_name, f, low, high, exact) => {
    expect(Math.abs(integrate(f, low, high, 1e-11) - exact)).toBeLessThan(1e-9);
  });
});
