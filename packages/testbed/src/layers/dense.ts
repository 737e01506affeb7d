/** A dense layer: Z = X W + b, with one example per row. The gradients are dW = X^T dZ, db = the sum of the rows of dZ, and dX = dZ W^T. */
import type { Numbers, Operations } from "@caviar-hpo/numerics/network";

/** A dense layer and its arrays. */
export type Dense = {
  readonly inputs: number;
  readonly units: number;
  /** inputs x units. */
  readonly weights: Numbers;
  readonly weightsGradient: Numbers;
  /** null before batch norm, because its mean would remove the bias. */
  readonly bias: Numbers | null;
  readonly biasGradient: Numbers | null;
};

export function denseForward(operations: Operations, layer: Dense, z: Numbers, x: Numbers, m: number): void {
  operations.multiply(z, x, layer.weights, m, layer.inputs, layer.units);
  if (layer.bias) operations.addRow(z, layer.bias, m, layer.units);
}

/** Null for the first layer, because no layer needs its dX. */
export function denseBackward(operations: Operations, layer: Dense, dx: Numbers | null, dz: Numbers, x: Numbers, m: number): void {
  operations.multiplyLeftTransposed(layer.weightsGradient, x, dz, layer.inputs, m, layer.units);
  if (layer.biasGradient) operations.sumRows(layer.biasGradient, dz, m, layer.units);
  if (dx) operations.multiplyRightTransposed(dx, dz, layer.weights, m, layer.units, layer.inputs);
}
