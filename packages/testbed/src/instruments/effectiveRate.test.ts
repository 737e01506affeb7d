import { root } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { createTrainer } from "../training/trainer.ts";
import { effectiveRates } from "./effectiveRate.ts";

describe("effective learning rates", () => {
  it("are the rate over the squared length of each layer's weights, biases, gamma and beta apart", () => {
    const trainer = createTrainer({
      architecture: { inputs: 2, hidden: [1], outputs: 1, loss: "squaredError" },
      settings: { learningRate: 1, schedule: { name: "step", every: 1, factor: 0.5 } },
      examples: { n: 2, d: 2, inputs: new Float32Array(4), targets: [0, 0] },
      key: root(1),
    });
    const { hidden, output } = trainer.network;
    hidden[0]!.dense.weights.set([3, 4]);
    output.weights.set([0.5]);
    expect(effectiveRates(trainer)).toEqual([1 / 25, 4]);
    // Inputs are 0, so that no weight has a gradient; an epoch later the schedule has halved the rate.
    trainer.epoch();
    expect(effectiveRates(trainer)[0]).toBe(1 / 50);
  });
});
