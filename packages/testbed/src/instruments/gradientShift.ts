/**
 * Internal covariate shift as Santurkar et al. 2018 (definition 2.1) make it measurable: how much the gradient of a layer's weights
 * changes because the layers before it were updated. G_i is the gradient of the loss with respect to W_i under the parameters of step t,
 * G'_i the same on the same batch once layers 1 ... i - 1 have the parameters of step t + 1; the shift is ||G_i - G'_i||. Theirs is a
 * paper that disputes what the measure was made for: they find it no smaller with batch norm.
 */
import { type Layout, sliceOf } from "../network/layout.ts";
import { lossAndGradient } from "../network/network.ts";
import type { Trainer } from "../training/trainer.ts";
import { distance, dot, norm } from "./vectors.ts";

export type GradientShift = {
  /** ||G_i||. */
  readonly norm: number;
  /** ||G_i - G'_i||; 0 for the first layer, which has none before it. */
  readonly difference: number;
  /** Of the angle between G_i and G'_i; null where one of them is 0. */
  readonly cosine: number | null;
};

/**
 * What the step to come does to each layer's gradient, hidden layers first, then the output layer. The step is taken and undone: the
 * trainer is as before, to the bit, but for the arrays that hold the network's latest batch. Gradients are those of the loss alone,
 * without the penalty of L2, whose gradient other layers do not touch. Numbers are not finite where training diverges.
 */
export function gradientShifts(trainer: Trainer): readonly GradientShift[] {
  const { network } = trainer;
  const { parameters, gradient, layout } = network;
  const before = parameters.slice();
  const checkpoint = trainer.save();
  trainer.step();
  const after = parameters.slice();
  trainer.load(checkpoint);

  const rows = trainer.nextBatch();
  lossAndGradient(network, rows, trainer.steps);
  const original = gradient.slice();
  const shifts = Array.from({ length: network.hidden.length + 1 }, (_, layer) => {
    const [start, end] = weightsRange(layout, layer);
    parameters.set(after.subarray(0, start));
    lossAndGradient(network, rows, trainer.steps);
    return compare(original.subarray(start, end), gradient.subarray(start, end));
  });
  parameters.set(before);
  return shifts;
}

/** Layers lie one after the other, each beginning with its weights: what is before the weights is the layers before. */
function weightsRange(layout: Layout, layer: number): readonly [start: number, end: number] {
  const { offset, length } = sliceOf(layout, layer, "weights")!;
  return [offset, offset + length];
}

function compare(g: Float32Array | Float64Array, changed: Float32Array | Float64Array): GradientShift {
  const [length, other] = [norm(g), norm(changed)];
  return {
    norm: length,
    difference: distance(g, changed),
    cosine: length === 0 || other === 0 ? null : Math.max(-1, Math.min(1, dot(g, changed) / (length * other))),
  };
}
