import { root } from "@caviar-hpo/core";
import { float64Operations } from "@caviar-hpo/numerics/network";
import { describe, expect, it } from "vitest";
import { createTrainer, type Trainer } from "../training/trainer.ts";
import { gradientShifts } from "./gradientShift.ts";

/**
 * y = w2 relu(w1 x + b1) + b2, one example x = 1 with target 0, under L = y^2 / 2 and gradient descent; all numbers are exact in binary.
 */
function chain(learningRate: number, l2 = 0): Trainer {
  const trainer = createTrainer({
    architecture: { inputs: 1, hidden: [1], outputs: 1, batchNorm: false, loss: "squaredError" },
    settings: { learningRate, optimiser: { name: "sgd" }, l2 },
    examples: { n: 1, d: 1, inputs: Float64Array.of(1), targets: [0] },
    key: root(1),
    operations: float64Operations,
  });
  trainer.network.parameters.set([1, 0, 2, 0]); // w1, b1, w2, b2
  return trainer;
}

describe("the gradient shift of a chain of two units", () => {
  // y = 2, dL/dw1 = dL/db1 = y w2 = 4, dL/dw2 = y = 2. At 1/16: w1 = .75, b1 = -.25, so a = .5, y = 1 and dL/dw2 = y a = .5.
  it("is what the first unit's update does to the second unit's gradient", () => {
    expect(gradientShifts(chain(1 / 16))).toEqual([
      { norm: 4, difference: 0, cosine: 1 },
      { norm: 2, difference: 1.5, cosine: 1 },
    ]);
  });

  it("has no angle where the update silences the first unit", () => {
    expect(gradientShifts(chain(1 / 2))[1]).toEqual({ norm: 2, difference: 2, cosine: null });
  });

  it("is 0 at a rate of 0", () => {
    expect(gradientShifts(chain(0)).map(({ difference }) => difference)).toEqual([0, 0]);
  });

  it("follows the update that training makes, L2 included, but measures the gradient of the loss alone", () => {
    // dL/dw1 = 4 + l2 w1 = 5 with l2 = 1; w1 = 1 - 5/16 = .6875, b1 = -.25, a = .4375, y = .875, y a = .3828125.
    expect(gradientShifts(chain(1 / 16, 1))[1]).toEqual({ norm: 2, difference: 2 - 0.3828125, cosine: 1 });
  });

  it("is not finite where training diverges, and training is still to come", () => {
    const trainer = chain(1);
    trainer.network.parameters.set([1, 0, NaN, 0]);
    expect(gradientShifts(trainer)[1]!.difference).toBeNaN();
    expect(trainer.diverged).toBeNull();
    expect(trainer.steps).toBe(0);
  });
});
