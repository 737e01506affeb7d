import { root } from "@caviar-hpo/core";
import { float64Operations } from "@caviar-hpo/numerics/network";
import { describe, expect, it } from "vitest";
import { createTrainer, type Trainer } from "../training/trainer.ts";
import { lossAlongGradient } from "./lossAlongGradient.ts";

/**
 * y = w x + b, one example x = 2 with target 1, L = (y - 1)^2 / 2: a parabola whose second derivative along the gradient is x^2 + 1 = 5.
 */
function line(w: number): Trainer {
  const trainer = createTrainer({
    architecture: { inputs: 1, hidden: [], outputs: 1, loss: "squaredError" },
    examples: { n: 1, d: 1, inputs: Float64Array.of(2), targets: [1] },
    key: root(1),
    operations: float64Operations,
  });
  trainer.network.parameters.set([w, 0]);
  return trainer;
}

describe("the loss along the gradient of a parabola", () => {
  it("falls, then rises, as the residual 3 (1 - 5 rate) says", () => {
    const { loss, gradientNorm, steps } = lossAlongGradient(line(2), [0.125, 0.25, 0.5]);
    expect(loss).toBe(4.5);
    expect(gradientNorm).toBe(Math.sqrt(45)); // 3 (2, 1)
    expect(steps.map((step) => step.loss)).toEqual([0.6328125, 0.28125, 10.125]); // residuals 1.125, -.75, -4.5
    steps.forEach(({ rate, gradientChange }) => {
      expect(gradientChange).toBeCloseTo(15 * rate * Math.sqrt(5), 13);
    });
  });

  it("has the second derivative for its effective smoothness, whatever the rates", () => {
    for (const rates of [[1e-3], [0.5, 4], [0.25, 0.01, 2]]) expect(lossAlongGradient(line(2), rates).smoothness).toBeCloseTo(5, 12);
  });

  it("has no smoothness at the minimum, where no direction leads down", () => {
    expect(lossAlongGradient(line(0.5), [1])).toEqual({
      loss: 0,
      gradientNorm: 0,
      steps: [{ rate: 1, loss: 0, gradientChange: 0 }],
      smoothness: null,
    });
  });

  it.each([[[]], [Array(2)], [[0.1, 0]], [[-1]], [[NaN]], [[Infinity]]])("refuses rates that lead nowhere: %j", (rates) => {
    expect(() => lossAlongGradient(line(2), rates)).toThrow("rates along the gradient");
  });
});
