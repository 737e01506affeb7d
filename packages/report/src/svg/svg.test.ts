import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linearScale, linearTicks, logTicks, plainLogTicks } from "./scale.ts";
import { clip, spread, stepBand, steps } from "./shapes.ts";

describe("scales and ticks", () => {
  it("map the domain onto the range, and an empty domain to its middle", () => {
    expect(linearScale([0, 10], [100, 200])(5)).toBe(150);
    expect(linearScale([3, 3], [100, 200])(3)).toBe(150);
  });

  it("label linear axes with 1, 2 and 5", () => {
    expect(linearTicks([1, 8], 10).map(({ label }) => label)).toEqual(["1", "2", "3", "4", "5", "6", "7", "8"]);
    expect(linearTicks([-5e-324, 5e-324], 6), "no power of ten is as small").toHaveLength(1);
    expect(linearTicks([-1.7e308, 1.7e308], 6), "the width is no double").toMatchObject([{ at: -1.7e308 }]);
    expect(linearTicks([0, 60], 6).map(({ label }) => label)).toEqual(["0", "10", "20", "30", "40", "50", "60"]);
    expect(linearTicks([0, 0.5], 5).map(({ label }) => label)).toEqual(["0.0", "0.1", "0.2", "0.3", "0.4", "0.5"]);
  });

  it("label long logarithmic axes with powers and short ones with plain numbers", () => {
    expect(logTicks([-3.2, 1.1], 7).map(({ label }) => label)).toEqual(["10⁻³", "10⁻²", "10⁻¹", "10⁰", "10¹"]);
    expect(logTicks([-10, 2], 4).map(({ label }) => label)).toEqual(["10⁻⁸", "10⁻⁴", "10⁰"]);
    expect(logTicks([-1.31, 0.7], 7).map(({ label }) => label)).toEqual(["0.05", "0.1", "0.2", "0.5", "1", "2", "5"]);
    expect(logTicks([-1.31, 0.7], 4).map(({ label }) => label)).toEqual(["0.1", "0.3", "1", "3"]);
    expect(logTicks([-0.75, 0.4], 7).map(({ label }) => label)).toEqual(["0.2", "0.5", "1", "2"]);
    expect(logTicks([-5.1, -4.2], 7).map(({ label }) => label)).toEqual(["10⁻⁵", "2×10⁻⁵", "5×10⁻⁵"]);
  });

  it("label amounts plainly where powers would be more than is needed", () => {
    expect(plainLogTicks([-1, 1.61], 6).map(({ label }) => label)).toEqual(["0.1", "0.3", "1", "3", "10", "30"]);
    expect(plainLogTicks([-1, 1.61], 3).map(({ label }) => label)).toEqual(["0.1", "1", "10"]);
    expect(plainLogTicks([-1, 9], 3)).toEqual([]);
  });

  it("keep every tick inside the domain", () => {
    const domain = fc.tuple(fc.double({ min: -30, max: 30, noNaN: true }), fc.double({ min: 1e-3, max: 100, noNaN: true }));
    fc.assert(
      fc.property(domain, ([low, width]) => {
        for (const ticks of [linearTicks([low, low + width], 6), logTicks([low, low + width], 6)]) {
          for (const { at } of ticks) expect(at >= low - 1e-6 * width && at <= low + width * (1 + 1e-6)).toBe(true);
          expect(ticks.length).toBeLessThan(20);
        }
      }),
    );
  });
});

describe("shapes", () => {
  it("draw steps that hold each value until the next", () => {
    expect(
      steps([
        [0, 5],
        [1, 5],
        [2, 3],
        [3, 3],
      ]),
    ).toBe("M0 5H2V3H3");
  });

  it("draw a band that reaches both ends of its edges", () => {
    expect(
      stepBand(
        [
          [0, 9],
          [1, 8],
          [2, 8],
        ],
        [
          [0, 5],
          [1, 5],
          [2, 5],
        ],
      ),
    ).toBe("M0 5H2V8H1V9H0Z");
  });

  it("keep labels apart, in order and inside", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 10 }), (wished) => {
        const placed = [...spread(wished, 10, 0, 100)];
        const sorted = [...placed].sort((a, b) => a - b);
        for (let index = 1; index < sorted.length; index++) expect(sorted[index]! - sorted[index - 1]!).toBeGreaterThan(10 - 1e-9);
        expect(sorted[0]).toBeGreaterThan(-1e-9);
        expect(sorted[sorted.length - 1]).toBeLessThan(100 + 1e-9);
        const order = wished.map((_, index) => index).sort((a, b) => wished[a]! - wished[b]! || a - b);
        expect(order.map((index) => placed[index]!)).toEqual(sorted);
      }),
    );
  });

  it("cut long names by columns, wide characters counting two, and stacked marks after four", () => {
    expect(clip("random", 6)).toBe("random");
    expect(clip("latin hypercube", 6)).toBe("latin…");
    expect(clip("漢字漢字", 6)).toBe("漢字…");
    expect([...clip(`z${"\u0301".repeat(50)}a`, 6)].length).toBe(6);
  });
});
