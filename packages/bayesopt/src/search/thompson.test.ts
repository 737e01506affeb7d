import { createSpace, derive, real, root } from "@caviar-hpo/core";
import { normalCdf } from "@caviar-hpo/numerics";
import { describe, expect, it } from "vitest";
import { exactly, processAt, somePoints } from "../../testing/problemModels.ts";
import { coordinatesOf, featuresOf } from "../features.ts";
import type { Process } from "../process/process.ts";
import { sampleBest } from "./thompson.ts";

const features = featuresOf(createSpace({ x: real(0, 1) }));
const at = (...points: readonly number[]) => points.map((x) => Float64Array.of(x));
const key = (index: number) => derive(root("thompson"), index);

/** How often each of two candidates comes first. */
function shareOfFirst(process: Process, rounds: number): number {
  const units = at(0.3, 0.8);
  let count = 0;
  for (let round = 0; round < rounds; round++) {
    process.forget();
    if (sampleBest({ features: features, process: process, conditions: [] }, units, key(round))[0]!.unit === units[0]) count++;
  }
  return count / rounds;
}

describe("a candidate", () => {
  it("comes first as often as it is the best one", () => {
    const process = processAt(features, at(0.1, 0.5, 0.95), [0.3, -0.2, 0.1]);
    const [mean, variance, whitened] = [new Float64Array(2), new Float64Array(2), new Float64Array(6)];
    process.predict({ z: coordinatesOf(features, at(0.3, 0.8)), m: 2 }, { mean, variance });
    process.whiten({ z: coordinatesOf(features, at(0.3, 0.8)), m: 2 }, whitened);
    const prior = new Float64Array(2);
    const r = Math.sqrt(5) * (0.5 / 0.4);
    process.priorVariance({ z: coordinatesOf(features, at(0.3, 0.8)), m: 2 }, prior);
    let covariance = prior[0]! * (1 + r + (r * r) / 3) * Math.exp(-r);
    for (let row = 0; row < 3; row++) covariance -= whitened[2 * row]! * whitened[2 * row + 1]!;
    const expected = normalCdf((mean[1]! - mean[0]!) / Math.sqrt(variance[0]! + variance[1]! - 2 * covariance));
    const rounds = 2000;
    expect(expected).toBeGreaterThan(0.05);
    expect(expected).toBeLessThan(0.95);
    expect(Math.abs(shareOfFirst(process, rounds) - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / rounds));
  });

  it("is worth its draw with the sign changed, the best one first", () => {
    const process = processAt(features, at(0.1, 0.5, 0.95), [0.3, -0.2, 0.1]);
    const found = sampleBest({ features: features, process: process, conditions: [] }, somePoints(features, 60, 3), key(0));
    expect(found.length).toBeGreaterThan(20);
    expect(found.map(({ value }) => value)).toEqual(found.map(({ value }) => value).sort((a, b) => b - a));
  });

  it("that has been measured without noise is worth its value, whatever is drawn elsewhere", () => {
    const process = processAt(features, at(0.1, 0.5, 0.95), [0.3, -0.2, 0.1]);
    for (let round = 0; round < 5; round++) {
      process.forget();
      const found = sampleBest({ features: features, process: process, conditions: [] }, at(0.2, 0.5, 0.7), key(round));
      const known = found.find(({ unit }) => unit[0] === 0.5);
      if (known !== undefined) expect(known.value).toBeCloseTo(0.2, 5);
      expect(found.length).toBeGreaterThanOrEqual(2);
    }
  });

  it("is drawn together with the points that are imagined already", () => {
    const process = processAt(features, at(0.1), [0]);
    process.imagine(coordinatesOf(features, at(0.4, 0.6)), 2, false);
    const found = sampleBest({ features: features, process: process, conditions: [] }, at(0.2, 0.5, 0.8), key(1));
    expect(found.length).toBe(3);
    expect(process.imagined).toBe(5);
  });

  it("that is infeasible in the draw comes after those that are feasible", () => {
    const process = processAt(features, at(0.1, 0.9), [1, -1]);
    const condition = { process: processAt(features, at(0, 0.25, 0.5, 0.75, 1), [-2, -1, 0, 1, 2]), threshold: 0, ...exactly };
    for (let round = 0; round < 20; round++) {
      process.forget();
      const found = sampleBest(
        { features: features, process: process, conditions: [condition] },
        at(0.05, 0.15, 0.2, 0.8, 0.95),
        key(round),
      );
      expect(new Set(found.slice(0, 3).map(({ unit }) => unit[0]))).toEqual(new Set([0.05, 0.15, 0.2]));
      expect(found.slice(3).map(({ unit }) => unit[0])).toEqual([0.8, 0.95]);
    }
    expect(condition.process.imagined).toBe(0);
  });
});
