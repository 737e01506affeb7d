/**
 * Internal covariate shift, as Santurkar et al. 2018 (definition 2.1) measure it: how much the gradient of a layer's weights changes
 * because the earlier layers were updated. G_i is the gradient of the loss with respect to W_i under the parameters of step t. G'_i is the
 * same on the same batch, but layers 1 ... i - 1 have the parameters of step t + 1. The shift is ||G_i - G'_i||. The authors do not find it
 * smaller with batch norm.
 */
import { type Layout, sliceOf } from "../network/layout.ts";
import { lossAndGradient } from "../network/network.ts";
import type { Trainer } from "../training/trainer.ts";
import { distance, dot, norm } from "./vectors.ts";

/** The shift of one layer. */
export type GradientShift = {
  /** ||G_i||. */
  readonly norm: number;
  /** ||G_i - G'_i||. It is 0 for the first layer, because no layer is before it. */
  readonly difference: number;
  /** The cosine of the angle between G_i and G'_i. null if one of them is 0. */
  readonly cosine: number | null;
};

/**
 * How the next step changes the gradient of each layer: first the hidden layers, then the output layer.
 *
 * The step is made and undone. The trainer is as before, to the bit, except for the arrays that hold the latest batch of the network. The
 * gradients are those of the loss without the penalty of L2, because other layers do not affect the gradient of the penalty. Numbers are
 * not finite if training diverges.
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
