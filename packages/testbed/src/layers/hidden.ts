/**
 * A hidden layer: dense, batch norm (optional), activation, dropout. Its arrays hold the latest batch, one example per row, until the next
 * batch overwrites them. Instruments measure these arrays.
 */
import { derive, type Key, stream } from "@caviar-hpo/core";
import type { ActivationName, Numbers, Operations } from "@caviar-hpo/numerics/network";
import { type BatchNormLayer, batchNormBackward, batchNormForward, batchNormInference } from "./batchNorm.ts";
import { type Dense, denseBackward, denseForward } from "./dense.ts";
import { addNoise } from "./noise.ts";

/** A hidden layer and its arrays. */
export type HiddenLayer = {
  readonly dense: Dense;
  readonly batchNorm: BatchNormLayer | null;
  readonly activation: ActivationName;
  readonly dropout: number;
  /** The key of the dropout masks. The second word is that of the step. */
  readonly dropoutKey: [number, number];
  readonly noiseKey: Key;
  /** Z = X W + b, the input of batch norm. */
  readonly linear: Numbers;
  /** The input of the activation: the output of batch norm, or `linear` itself. */
  readonly preActivations: Numbers;
  /** The input of the next layer, after dropout. */
  readonly activations: Numbers;
  /**
   * The gradient of the loss with respect to `activations`. It is then replaced, in place, by those with respect to `preActivations` and
   * `linear`.
   */
  readonly delta: Numbers;
};

/** With the batch's statistics, and noise and dropout of step `step`. */
export function hiddenForward(operations: Operations, layer: HiddenLayer, x: Numbers, m: number, step: number): void {
  const { dense, batchNorm, activation, dropout, dropoutKey, linear, preActivations, activations } = layer;
  denseForward(operations, dense, linear, x, m);
  if (batchNorm) {
    batchNormForward(operations, batchNorm, preActivations, linear, m);
    const { noise } = batchNorm.settings;
    if (noise > 0) addNoise(preActivations, noise, stream(derive(layer.noiseKey, step)), m, dense.units);
  }
  operations.activate(activation, activations, preActivations, m * dense.units);
  if (dropout > 0) {
    dropoutKey[1] = step;
    operations.dropout(activations, dropout, dropoutKey, m * dense.units);
  }
}

/** With the batch's statistics, but neither noise nor dropout: what the population's statistics are taken from. */
export function hiddenForwardWithoutDropout(operations: Operations, layer: HiddenLayer, x: Numbers, m: number): void {
  const { dense, batchNorm, activation, linear, preActivations, activations } = layer;
  denseForward(operations, dense, linear, x, m);
  if (batchNorm) batchNormForward(operations, batchNorm, preActivations, linear, m);
  operations.activate(activation, activations, preActivations, m * dense.units);
}

/** From `delta`, the gradient with respect to the activations; dx may be null. */
export function hiddenBackward(operations: Operations, layer: HiddenLayer, dx: Numbers | null, x: Numbers, m: number): void {
  const { dense, batchNorm, activation, dropout, preActivations, delta } = layer;
  const length = m * dense.units;
  if (dropout > 0) operations.dropout(delta, dropout, layer.dropoutKey, length);
  operations.activateBackward(activation, delta, delta, preActivations, length);
  if (batchNorm) batchNormBackward(operations, batchNorm, delta, delta, m);
  denseBackward(operations, dense, dx, delta, x, m);
}

/** With the population's statistics and without dropout. */
export function hiddenInference(operations: Operations, layer: HiddenLayer, x: Numbers, m: number): void {
  const { dense, batchNorm, activation, linear, preActivations, activations } = layer;
  denseForward(operations, dense, linear, x, m);
  if (batchNorm) batchNormInference(operations, batchNorm, preActivations, linear, m);
  operations.activate(activation, activations, preActivations, m * dense.units);
}
