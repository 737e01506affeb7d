import { describe, expect, it } from "vitest";
import { loadDigits } from "./digits.ts";
import { split } from "./split.ts";

const [large, small] = [await loadDigits({ size: 28 }), await loadDigits({ size: 14 })];

describe("the digits", () => {
  it("are ten thousand, with the counts of the first 10,000 training images of MNIST", () => {
    expect([large.n, large.d, large.classes, large.inputs.length]).toEqual([10_000, 784, 10, 7_840_000]);
    const counts = Array.from({ length: 10 }, (_, digit) => large.labels.filter((label) => label === digit).length);
    expect(counts).toEqual([1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]);
    expect(large.inputs.every((grey) => grey >= 0 && grey <= 1)).toBe(true);
  });

  it("have one shuffled order that never changes, the same at both sizes", () => {
    expect([...large.labels.slice(0, 20)]).toEqual([5, 9, 3, 3, 4, 8, 7, 5, 0, 9, 7, 2, 3, 0, 1, 0, 6, 6, 5, 8]);
    expect(small.labels).toEqual(large.labels);
    const { train, validation } = split(small, { train: 8000, validation: 2000 }, null);
    for (let digit = 0; digit < 10; digit++) {
      const share = (labels: Float32Array): number => labels.filter((label) => label === digit).length / labels.length;
      expect(Math.abs(share(train.labels) - share(validation.labels))).toBeLessThan(0.03);
    }
  });

  it("at 14 x 14 are the means of 2 x 2 pixels", () => {
    expect([small.n, small.d]).toEqual([10_000, 196]);
    for (const [row, y, x] of [
      [0, 6, 7],
      [17, 3, 9],
      [9999, 10, 5],
    ] as const) {
      const pixel = (dy: number, dx: number): number => large.inputs[row * 784 + (2 * y + dy) * 28 + 2 * x + dx]!;
      expect(small.inputs[row * 196 + y * 14 + x]).toBeCloseTo((pixel(0, 0) + pixel(0, 1) + pixel(1, 0) + pixel(1, 1)) / 4, 6);
    }
  });

  it("come in no other size", async () => {
    await expect(loadDigits({ size: 20 as 28 })).rejects.toThrow(/size of loadDigits: expected 28 or 14, got 20/);
  });
});
