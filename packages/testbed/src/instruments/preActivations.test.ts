import { root } from "@caviar-hpo/core";
import { float64Operations } from "@caviar-hpo/numerics/network";
import { describe, expect, it } from "vitest";
import { createTrainer, type Trainer } from "../training/trainer.ts";
import { preActivationsOf, shiftBetween } from "./preActivations.ts";

/** Two inputs, two units: Z = X W (+ b). */
function twoUnits(batchNorm: boolean): Trainer {
  const trainer = createTrainer({
    architecture: { inputs: 2, hidden: [2], outputs: 1, batchNorm: batchNorm && { epsilon: 0 }, loss: "squaredError" },
    examples: { n: 4, d: 2, inputs: Float64Array.of(1, 0, 0, 1, 1, 1, 2, 2), targets: [0, 0, 0, 0] },
    key: root(1),
    operations: float64Operations,
  });
  trainer.network.hidden[0]!.dense.weights.set([1, 2, 0, 2]);
  return trainer;
}

describe("pre-activations of a probe", () => {
  // X W with W = ((1, 2), (0, 2)) of rows (1, 0), (0, 1), (1, 1), (2, 2): unit 0 sees 1, 0, 1, 2 and unit 1 sees 2, 2, 4, 8.
  const probe = { n: 4, d: 2, inputs: Float64Array.of(1, 0, 0, 1, 1, 1, 2, 2), targets: [0, 0, 0, 0] };

  it("are X W without batch norm, both before and after", () => {
    const [layer] = preActivationsOf(twoUnits(false), probe);
    const [first, second] = layer!.linear.units;
    expect([first!.mean, first!.sd]).toEqual([1, Math.sqrt(0.5)]);
    expect([second!.mean, second!.sd]).toEqual([4, Math.sqrt(6)]);
    expect(layer!.linear.all.mean).toBe(2.5);
    expect(layer!.linear.all.quantiles[2]).toBe(2);
    expect(layer!.preActivations).toEqual(layer!.linear);
  });

  it("have after batch norm the mean beta and the standard deviation gamma", () => {
    const trainer = twoUnits(true);
    const { gamma, beta } = trainer.network.hidden[0]!.batchNorm!;
    gamma.set([2, 0.5]);
    beta.set([-1, 3]);
    const [layer] = preActivationsOf(trainer, probe);
    expect(layer!.linear.units[1]!.mean).toBe(4);
    const [first, second] = layer!.preActivations.units;
    expect(first!.mean).toBeCloseTo(-1, 14);
    expect(first!.sd).toBeCloseTo(2, 14);
    expect(second!.mean).toBeCloseTo(3, 14);
    expect(second!.sd).toBeCloseTo(0.5, 14);
  });

  it("refuse more examples than a batch has room for", () => {
    const n = 1000;
    const inputs = new Float64Array(2 * n);
    expect(() => preActivationsOf(twoUnits(true), { n, d: 2, inputs, targets: new Float64Array(n) })).toThrow("probe: expected at most");
  });
});

describe("the shift between two moments of training", () => {
  const unit = (mean: number, sd: number) => ({ mean, sd, quantiles: [] });
  const layer = (...units: readonly ReturnType<typeof unit>[]) => ({ all: unit(0, 1), units });

  it("is 0 where nothing moved", () => {
    expect(shiftBetween(layer(unit(1, 2), unit(0, 1)), layer(unit(1, 2), unit(0, 1)))).toBe(0);
  });

  it("is the mean distance of the units over their mean standard deviation", () => {
    // Distances sqrt(3^2 + 4^2) = 5 and 1; standard deviations 2 and 1.
    expect(shiftBetween(layer(unit(1, 2), unit(0, 1)), layer(unit(4, 6), unit(-1, 1)))).toBe(2);
  });

  it("does not depend on the unit in which all are measured", () => {
    const scaled = shiftBetween(layer(unit(8, 16), unit(0, 8)), layer(unit(32, 48), unit(-8, 8)));
    expect(scaled).toBe(2);
  });

  it("is null where no unit varies", () => {
    expect(shiftBetween(layer(unit(1, 0)), layer(unit(2, 0)))).toBeNull();
  });
});
