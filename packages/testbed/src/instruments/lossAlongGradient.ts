/**
 * How smooth the loss is at the current parameters x: loss and gradient along the negative gradient of the next batch, after Santurkar et
 * al. 2018 (section 3.1, figure 4). They find both steadier with batch norm. Over steps of length eta || grad L(x) ||, it measures the
 * range of the loss, the range of the change of the gradient, and the greatest change divided by the distance. The last one is an effective
 * beta of beta-smoothness.
 *
 * The last number has a unit, loss per squared parameter. Batch norm makes the loss indifferent to the scale of the weights before it, so
 * larger weights alone make this number smaller. Consider this when you compare networks.
 */
import { refuse } from "../check.ts";
import { lossAndGradient } from "../network/network.ts";
import type { Trainer } from "../training/trainer.ts";
import { distance, norm } from "./vectors.ts";

/** The loss and its gradient along the negative gradient. */
export type AlongGradient = {
  /** The loss at the current parameters. */
  readonly loss: number;
  readonly gradientNorm: number;
  /** One entry per rate, in the same order. */
  readonly steps: readonly {
    /** The length of the step divided by the length of the gradient. This is the step of gradient descent with this learning rate. */
    readonly rate: number;
    readonly loss: number;
    /** || grad L(x) - grad L(x - rate grad L(x)) ||. */
    readonly gradientChange: number;
  }[];
  /** The greatest gradientChange / (rate gradientNorm). null if the gradient is 0. */
  readonly smoothness: number | null;
};

/**
 * Measures the loss along the negative gradient. It leaves the trainer as it was, to the bit, except for the arrays that hold the latest
 * batch of the network. The loss is without the penalty of L2. It uses the statistics of the batch itself and the dropout masks of the next
 * step.
 *
 * @param rates one or more positive numbers.
 * @throws ConfigError for other rates.
 */
export function lossAlongGradient(trainer: Trainer, rates: readonly number[]): AlongGradient {
  if (rates.length === 0 || !Array.from(rates).every((rate) => rate > 0 && rate < Infinity))
    refuse(
      "badRates",
      "rates along the gradient",
      "one or more, positive and finite",
      rates.join(", ") || "none",
      "Pass some rates around the learning rate.",
    );
  const { network } = trainer;
  const { parameters, gradient } = network;
  const before = parameters.slice();
  const rows = trainer.nextBatch();
  const loss = lossAndGradient(network, rows, trainer.steps);
  const direction = gradient.slice();
  const gradientNorm = norm(direction);
  const steps = rates.map((rate) => {
    for (let index = 0; index < before.length; index++) parameters[index] = before[index]! - rate * direction[index]!;
    const moved = lossAndGradient(network, rows, trainer.steps);
    return { rate, loss: moved, gradientChange: distance(direction, gradient) };
  });
  parameters.set(before);
  const smoothness =
    gradientNorm === 0
      ? null
      : steps.reduce((most, { rate, gradientChange }) => Math.max(most, gradientChange / (rate * gradientNorm)), -Infinity);
  return { loss, gradientNorm, steps, smoothness };
}
