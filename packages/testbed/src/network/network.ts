/**
 * A multilayer perceptron over one set of arrays: parameters, their gradient, and the results of the latest batch in each layer. The
 * functions of this file write into these arrays and allocate nothing. The caller chooses the batch, and decides what to do with the
 * gradient.
 */
import { derive, type Key } from "@caviar-hpo/core";
import type { Numbers, Operations } from "@caviar-hpo/numerics/network";
import type { BatchNormLayer } from "../layers/batchNorm.ts";
import { type Dense, denseBackward, denseForward } from "../layers/dense.ts";
import { type HiddenLayer, hiddenBackward, hiddenForward, hiddenInference } from "../layers/hidden.ts";
import type { Architecture } from "./architecture.ts";
import { type Layout, layoutOf, type ParameterKind, sliceOf } from "./layout.ts";

/** A network and its arrays. */
export type Network = {
  readonly architecture: Architecture;
  readonly operations: Operations;
  readonly layout: Layout;
  /** All parameters, in the order of `layout`. Write to this array to set them. */
  readonly parameters: Numbers;
  /** The gradient of the loss, in the order of `layout`. */
  readonly gradient: Numbers;
  /** Arrays that the optimiser keeps. Each is as long as `parameters`. */
  readonly slots: readonly Numbers[];
  /** How many rows fit into a batch. */
  readonly capacity: number;
  /** The inputs of the batch, row-major capacity x inputs. */
  readonly inputs: Numbers;
  /** The answers of the batch: capacity labels, or row-major capacity x outputs. */
  readonly targets: Numbers;
  readonly hidden: readonly HiddenLayer[];
  readonly output: Dense;
  /** Z of the output layer: the logits of a classifier, or the predictions of a regression. */
  readonly outputs: Numbers;
  /** The gradient of the loss with respect to `outputs`. */
  readonly delta: Numbers;
};

/** Everything is 0 but for the population's variance; `initialise` fills the parameters. */
export function createNetwork(architecture: Architecture, operations: Operations, capacity: number, slots: number, key: Key): Network {
  const layout = layoutOf(architecture);
  const { inputs, hidden, outputs, batchNorm, loss } = architecture;
  const lengths = [layout.length, layout.length, ...Array.from({ length: slots }, () => layout.length), capacity * inputs];
  lengths.push(capacity * (loss === "softmaxCrossEntropy" ? 1 : outputs), capacity * outputs, capacity * outputs);
  for (const units of hidden) {
    const block = capacity * units;
    lengths.push(block, block, block);
    if (batchNorm) lengths.push(block, block, units, units, units, units);
  }
  const arrays = operations.allocate(...lengths)[Symbol.iterator]();
  const next = (): Numbers => arrays.next().value as Numbers;

  const parameters = next();
  const gradient = next();
  const kept = Array.from({ length: slots }, next);
  const view = (of: Numbers, layer: number, kind: ParameterKind): Numbers => {
    const { offset, length } = sliceOf(layout, layer, kind)!;
    return of.subarray(offset, offset + length);
  };
  const dense = (layer: number, units: number): Dense => {
    const biased = sliceOf(layout, layer, "bias") !== undefined;
    return {
      inputs: hidden[layer - 1] ?? inputs,
      units,
      weights: view(parameters, layer, "weights"),
      weightsGradient: view(gradient, layer, "weights"),
      bias: biased ? view(parameters, layer, "bias") : null,
      biasGradient: biased ? view(gradient, layer, "bias") : null,
    };
  };
  return {
    architecture,
    operations,
    layout,
    parameters,
    gradient,
    slots: kept,
    capacity,
    inputs: next(),
    targets: next(),
    outputs: next(),
    delta: next(),
    hidden: hidden.map((units, layer): HiddenLayer => {
      const [linear, activations, delta] = [next(), next(), next()];
      const preActivations = batchNorm ? next() : linear;
      const normalised: BatchNormLayer | null = batchNorm && {
        units,
        settings: batchNorm,
        gamma: view(parameters, layer, "gamma"),
        gammaGradient: view(gradient, layer, "gamma"),
        beta: view(parameters, layer, "beta"),
        betaGradient: view(gradient, layer, "beta"),
        xHat: next(),
        mean: next(),
        variance: next(),
        populationMean: next(),
        populationVariance: next().fill(1),
        running: { mean: new Float64Array(units), variance: new Float64Array(units) },
      };
      return {
        dense: dense(layer, units),
        batchNorm: normalised,
        activation: architecture.activation,
        dropout: architecture.dropout[layer]!,
        dropoutKey: [derive(key, "dropout", layer)[0], 0],
        noiseKey: derive(key, "noise", layer),
        linear,
        preActivations,
        activations,
        delta,
      };
    }),
    output: dense(hidden.length, outputs),
  };
}

/**
 * The mean loss of the first m rows of `inputs` and `targets`. It uses the statistics of the batch itself, and the dropout masks and noise
 * of step `step`. The gradient is written to `gradient`. Parameters and running statistics do not change.
 */
export function lossAndGradient(network: Network, m: number, step: number): number {
  const { operations, hidden, output, delta } = network;
  const loss = lossOf(network, m, step);
  for (let layer = hidden.length; layer >= 0; layer--) {
    const x = layer === 0 ? network.inputs : hidden[layer - 1]!.activations;
    const dx = layer === 0 ? null : hidden[layer - 1]!.delta;
    if (layer === hidden.length) denseBackward(operations, output, dx, delta, x, m);
    else hiddenBackward(operations, hidden[layer]!, dx, x, m);
  }
  return loss;
}

/** Does what `lossAndGradient` does, without the gradient. */
export function lossOf(network: Network, m: number, step: number): number {
  const { operations, hidden, output, outputs } = network;
  let x = network.inputs;
  for (const layer of hidden) {
    hiddenForward(operations, layer, x, m, step);
    x = layer.activations;
  }
  denseForward(operations, output, outputs, x, m);
  return lossOfOutputs(network, m);
}

/** The mean loss of the first m rows as evaluation sees them: population statistics, no dropout. */
export function inferenceLoss(network: Network, m: number): number {
  const { operations, hidden, output, outputs } = network;
  let x = network.inputs;
  for (const layer of hidden) {
    hiddenInference(operations, layer, x, m);
    x = layer.activations;
  }
  denseForward(operations, output, outputs, x, m);
  return lossOfOutputs(network, m);
}

function lossOfOutputs({ architecture, operations, outputs, delta, targets }: Network, m: number): number {
  return architecture.loss === "softmaxCrossEntropy"
    ? operations.softmaxCrossEntropy(delta, outputs, targets, m, architecture.outputs)
    : operations.squaredError(delta, outputs, targets, m, architecture.outputs);
}

/**
 * Adds the gradient of L2 regularisation, lambda / 2 times the sum of squared weights, to `gradient`. Biases, gamma and beta have no
 * penalty.
 */
export function addL2({ operations, hidden, output }: Network, lambda: number): void {
  if (lambda === 0) return;
  for (const { dense } of hidden) operations.addScaled(dense.weightsGradient, dense.weights, lambda, dense.weights.length);
  operations.addScaled(output.weightsGradient, output.weights, lambda, output.weights.length);
}
