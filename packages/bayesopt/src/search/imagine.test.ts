import { createSpace, real } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { processAt, somePoints } from "../../testing/problemModels.ts";
import { coordinatesOf, featuresOf } from "../features.ts";
import { imagine } from "./imagine.ts";

const features = featuresOf(createSpace({ a: real(0, 1), b: real(0, 1) }));
const units = somePoints(features, 10, 1);
const y = units.map((_, row) => row / 10);

describe("imagined points", () => {
  it("come with their posterior means, however many there are", () => {
    const process = processAt(features, units, y);
    const points = somePoints(features, 130, 2);
    const x = coordinatesOf(features, points);
    const means = new Float64Array(points.length);
    points.forEach((_, row) => {
      process.predict({ z: x.subarray(2 * row, 2 * row + 2), m: 1 }, { mean: means.subarray(row, row + 1) });
    });
    expect(imagine(process, x, 130, false)).toEqual({ rows: points.map((_, row) => row), means: [...means] });
    expect(process.imagined).toBe(130);
  });

  it("are taken in one by one where rounding leaves nothing of some", () => {
    const smooth = { choice: { family: "squaredExponential", warp: "identity", noise: "none", input: "none" } as const, length: 4 };
    const process = processAt(features, units.slice(0, 2), y.slice(0, 2), smooth);
    const points = [...somePoints(features, 120, 2), ...somePoints(features, 120, 2)];
    const { rows, means } = imagine(process, coordinatesOf(features, points), points.length, false);
    expect(process.imagined).toBe(rows.length);
    expect(rows.length).toBeLessThan(points.length);
    expect(rows.slice(0, 3)).toEqual([0, 1, 2]);
    const alone = processAt(features, units.slice(0, 2), y.slice(0, 2), smooth);
    const all = imagine(alone, coordinatesOf(features, points.slice(0, 3)), 3, false).means;
    expect(means.slice(0, 3)).toEqual(all);
    expect(means.length).toBe(rows.length);
  });

  it("all fit where measurements are noisy, repeated or not", () => {
    const process = processAt(features, units, y, { choice: { family: "matern52", warp: "identity", noise: "learned", input: "none" } });
    expect(imagine(process, coordinatesOf(features, [units[4]!, units[4]!]), 2, true).rows).toEqual([0, 1]);
  });

  it("are empty without running trials", () => {
    const process = processAt(features, units, y);
    expect(imagine(process, new Float64Array(0), 0, false)).toEqual({ rows: [], means: [] });
    expect(process.imagined).toBe(0);
  });
});
