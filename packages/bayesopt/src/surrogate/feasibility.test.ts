import { type Config, choice, createSpace, encode, real, root } from "@caviar-hpo/core";
import { logNormalCdf } from "@caviar-hpo/numerics";
import { describe, expect, it } from "vitest";
import { type KnownTrial, trialsOf } from "../../testing/problemModels.ts";
import { coordinatesOf, featuresOf } from "../features.ts";
import { type Condition, conditionsOf, newFeasibilityCache, newFeasibilityState } from "./feasibility.ts";

const space = createSpace({ x: real(0, 1), y: real(0, 1) });
const features = featuresOf(space);
const points = (count: number): readonly Config[] =>
  Array.from({ length: count }, (_, index) => ({ x: ((index + 1) * 0.618) % 1, y: ((index + 1) * 0.786) % 1 }));

function conditions(known: readonly KnownTrial[], failed: readonly Config[], constraints: number): readonly Condition[] {
  return conditionsOf(
    { features, trials: trialsOf(space, known, failed), constraints, extra: 0, key: root(1) },
    newFeasibilityState(),
    newFeasibilityCache(),
  );
}

/** The probability that all conditions hold. */
function probability(all: readonly Condition[], x: number, y: number): number {
  const [mean, variance] = [new Float64Array(1), new Float64Array(1)];
  return all.reduce((product, { process, threshold, noise }) => {
    process.predict({ z: Float64Array.of(x, y), m: 1 }, { mean, variance });
    return product * Math.exp(logNormalCdf((threshold - mean[0]!) / Math.sqrt(variance[0]! + noise)));
  }, 1);
}

describe("where trials succeed", () => {
  it("nothing is said as long as none fails and there are no constraints", () => {
    expect(
      conditions(
        points(6).map((config) => ({ config, value: 0 })),
        [],
        0,
      ),
    ).toEqual([]);
    expect(conditions([], points(3), 0)).toEqual([]);
  });

  it("is learned from those that failed", () => {
    const all = points(24);
    const fails = ({ x }: Config): boolean => (x as number) > 0.6;
    const found = conditions(
      all.filter((config) => !fails(config)).map((config) => ({ config, value: 0 })),
      all.filter(fails),
      0,
    );
    expect(found.length).toBe(1);
    for (const y of [0.2, 0.5, 0.8]) {
      expect(probability(found, 0.3, y)).toBeGreaterThan(0.9);
      expect(probability(found, 0.9, y)).toBeLessThan(0.1);
    }
  });

  it("is learned from constraints that say yes or no, whatever their two values are", () => {
    for (const [no, yes] of [
      [1, -1],
      [1, 0],
      [0.5, -1e300],
    ] as const) {
      const found = conditions(
        points(24).map((config) => ({ config, value: 0, constraints: [(config.x as number) > 0.6 ? no : yes] })),
        [],
        1,
      );
      expect(found.map(({ told }) => told)).toEqual(["labels"]);
      expect(probability(found, 0.3, 0.5)).toBeGreaterThan(0.9);
      expect(probability(found, 0.9, 0.5)).toBeLessThan(0.1);
    }
  });

  it("a constraint with more than two values, or as many as trials, is a quantity", () => {
    const told = (values: readonly number[]): readonly string[] =>
      conditions(
        points(values.length).map((config, index) => ({ config, value: 0, constraints: [values[index]!] })),
        [],
        1,
      ).map((one) => one.told);
    expect(told([1, -1, 1, -1, 0.5])).toEqual(["values"]);
    expect(told([0.3, -0.2])).toEqual(["values"]);
    expect(told([1, 1, -1])).toEqual(["labels"]);
  });

  it("learns from a single failure where trials fail", () => {
    const found = conditions(
      points(8).map((config) => ({ config, value: 0 })),
      [{ x: 0.05, y: 0.05 }],
      0,
    );
    expect(probability(found, 0.05, 0.05)).toBeLessThan(probability(found, 0.5, 0.5) - 0.2);
  });

  it("is where each constraint is at most 0, whatever its unit", () => {
    for (const unit of [1, 1e-200, 1e200]) {
      const known = points(20).map((config) => ({
        config,
        value: 0,
        constraints: [unit * ((config.x as number) - 0.5), unit * (0.3 - (config.y as number))],
      }));
      const found = conditions(known, [], 2);
      expect(found.length).toBe(2);
      expect(probability(found, 0.2, 0.8)).toBeGreaterThan(0.95);
      expect(probability(found, 0.8, 0.8)).toBeLessThan(0.05);
      expect(probability(found, 0.2, 0.1)).toBeLessThan(0.05);
      expect(probability(found, 0.5, 0.8)).toBeGreaterThan(0.2);
      expect(probability(found, 0.5, 0.8)).toBeLessThan(0.8);
    }
  });

  it("is certain where a constraint never changes", () => {
    const at = (value: number): number =>
      probability(
        conditions(
          points(10).map((config) => ({ config, value: 0, constraints: [value] })),
          [],
          1,
        ),
        0.4,
        0.4,
      );
    expect(at(-1)).toBeGreaterThan(at(1));
    expect([at(-1), at(0), at(1), at(1e308), at(-1e308)].every((one) => one >= 0 && one <= 1)).toBe(true);
  });

  it("is a probability whatever constraints say", () => {
    for (const values of [
      [1e308, -1e308],
      [5e-324, 0],
      [1, 1, 1, -1e300],
      [0, 0],
    ])
      for (const x of [0.1, 0.7]) {
        const known = points(12).map((config, index) => ({ config, value: 0, constraints: [values[index % values.length]!] }));
        const found = probability(conditions(known, [], 1), x, 0.3);
        expect(found >= 0 && found <= 1).toBe(true);
      }
  });
});

describe("coordinates of points", () => {
  it("are written row by row", () => {
    const mixed = createSpace({ kind: choice(["a", "b", "c"]), x: real(0, 1) });
    const rows = coordinatesOf(featuresOf(mixed), [encode(mixed, { kind: "a", x: 0.25 }), encode(mixed, { kind: "c", x: 0.75 })]);
    expect([...rows]).toEqual([Math.SQRT1_2, 0, 0, 0.25, 0, 0, Math.SQRT1_2, 0.75]);
    expect(coordinatesOf(featuresOf(mixed), [])).toEqual(new Float64Array(0));
  });
});
