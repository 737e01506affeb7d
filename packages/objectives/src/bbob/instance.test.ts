import { describe, expect, it } from "vitest";
import { optimalPoint, optimalValue, seedOf } from "./instance.ts";

describe("an instance", () => {
  it("shares its seed between the Rastrigins 3 and 4 and between the Schaffers 17 and 18, and with no other function", () => {
    const seeds = Array.from({ length: 24 }, (_, k) => seedOf(k + 1, 7));
    expect(seeds[3]).toBe(seeds[2]);
    expect(seeds[17]).toBe(seeds[16]);
    expect(new Set(seeds).size).toBe(22);
  });

  it("has an optimal value in hundredths, clamped to 1000", () => {
    let clamped = 0;
    for (let instance = 1; instance <= 300; instance++) {
      for (let functionNumber = 1; functionNumber <= 24; functionNumber++) {
        const value = optimalValue(seedOf(functionNumber, instance));
        expect(Math.abs(value)).toBeLessThanOrEqual(1000);
        expect(Math.round(value * 100) / 100).toBe(value);
        if (Math.abs(value) === 1000) clamped++;
      }
    }
    expect(clamped).toBeGreaterThan(0);
  });

  it("has its optimum on a grid of 0.0008 in [-4, 4], never on zero", () => {
    const point = optimalPoint(40, seedOf(1, 3));
    for (const coordinate of point) {
      expect(Math.abs(coordinate)).toBeLessThanOrEqual(4);
      expect(coordinate).not.toBe(0);
      expect(Math.abs(coordinate / 0.0008 - Math.round(coordinate / 0.0008))).toBeLessThan(1e-10);
    }
  });
});
