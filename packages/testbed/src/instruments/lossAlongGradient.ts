/**
 * How smooth the loss is where training is: loss and gradient along the negative gradient of the batch to come, after Santurkar et al.
 * 2018 (section 3.1, figure 4), who find both steadier with batch norm. From x, over steps of length eta || grad L(x) ||, the range of
 * the loss, the range of the change of the gradient, and the greatest change for the distance moved, an effective beta of
 * beta-smoothness.
 *
 * That last number has a unit, loss per squared parameter. Batch norm makes the loss indifferent to the scale of weights before it, so
 * that larger weights alone make it smaller: compare it between networks with that in mind.
 */
import { refuse } from "../check.ts";
import { lossAndGradient } from "../network/network.ts";
import type { Trainer } from "../training/trainer.ts";
import { distance, norm } from "./vectors.ts";

export type AlongGradient = {
  /** At the present parameters. */
  readonly loss: number;
  readonly gradientNorm: number;
  /** In the order of the rates. */
  readonly steps: readonly {
    /** The gradient is followed for this many of its lengths, as gradient descent does at such a learning rate. */
    readonly rate: number;
    readonly loss: number;
    /** || grad L(x) - grad L(x - rate grad L(x)) ||. */
    readonly gradientChange: number;
  }[];
  /** The greatest gradientChange / (rate gradientNorm); null where the gradient is 0. */
  readonly smoothness: number | null;
};

/**
 * Leaves the trainer as it was, to the bit, but for the arrays that hold the network's latest batch. The loss is without the penalty of
 * L2, under the batch's own statistics and the next step's dropout masks.
 *
 * @param rates one or more, positive.
 * @throws ConfigError for other rates.
 */
export function lossAlongGradient(trainer: Trainer, rates: readonly number[]): AlongGradient {
  if (rates.length === 0 || !Array.from(rates).every((rate) => rate > 0 && rate < Infinity))
    refuse(
      "badRates",
      "rates along the gradient",
      "one or more, positive and finite",
      rates.join(", ") || "none",
      "Take some around the learning rate.",
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
