import { describe, expect, it } from "vitest";
import { learningCurvesSvg } from "./learningCurves.ts";

const svg = learningCurvesSvg({
  id: "c",
  title: "t",
  description: "d",
  fidelities: [1, 3, 9],
  unit: "epochs",
  value: "loss",
  panels: [
    {
      title: "now",
      curves: [
        {
          points: [
            [1, 4],
            [3, 2],
            [9, 0],
          ],
          expected: null,
        },
        { points: [[1, 3]], expected: { mean: 2, sd: 0.5 } },
        {
          points: [
            [1, 4],
            [3, 3],
          ],
          expected: { mean: 1, sd: 0.25 },
        },
      ],
    },
  ],
});

describe("the picture of learning curves", () => {
  it("has equal steps for equal factors of the fidelity", () => {
    const drawn = [...svg.matchAll(/class="curve" d="M([^"]+)"/g)].map(([, d]) =>
      d!.split("L").map((point) => point.split(" ").map(Number)),
    );
    const [a, b, c] = drawn.find((points) => points.length === 3)!;
    expect(b![0]! - a![0]!).toBeCloseTo(c![0]! - b![0]!, 1);
    expect(b![1]! - a![1]!).toBeCloseTo(c![1]! - b![1]!, 1);
  });

  it("draws two standard deviations around the mean of each paused trial, the best first", () => {
    const bars = [...svg.matchAll(/<line x1="([\d.]+)" y1="([\d.]+)" x2="[\d.]+" y2="([\d.]+)" class="curve"/g)].map((found) =>
      found.slice(1).map(Number),
    );
    expect(bars).toHaveLength(2);
    const [first, second] = bars as [number[], number[]];
    expect(first[0]!).toBeLessThan(second[0]!);
    const length = (bar: readonly number[]): number => Math.abs(bar[1]! - bar[2]!);
    expect(length(second) / length(first)).toBeCloseTo(2, 1);
    expect((first[1]! + first[2]!) / 2).toBeGreaterThan((second[1]! + second[2]!) / 2);
  });
});
