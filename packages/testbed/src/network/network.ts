/**
 * A multilayer perceptron over one set of arrays: parameters, their gradient, and what a batch leaves in each layer. The functions here
 * write into these arrays and allocate nothing; what a batch is, and what becomes of a gradient, is up to the caller.
 */
import { derive, type Key } from "@caviar-hpo/core";
import type { Numbers, Operations } from "@caviar-hpo/numerics/network";
import type { BatchNormLayer } from "../layers/batchNorm.ts";
import { type Dense, denseBackward, denseForward } from "../layers/dense.ts";
import { type HiddenLayer, hiddenBackward, hiddenForward, hiddenInference } from "../layers/hidden.ts";
import type { Architecture } from "./architecture.ts";
import { type Layout, layoutOf, type ParameterKind, sliceOf } from "./layout.ts";

export type Network = {
  readonly architecture: Architecture;
  readonly operations: Operations;
  readonly layout: Layout;
  /** All of them, as `layout` says; writing here is how parameters are set. */
  readonly parameters: Numbers;
  /** Of the same layout. */
  readonly gradient: Numbers;
  /** What the optimiser keeps, each as long as the parameters. */
  readonly slots: readonly Numbers[];
  /** Rows that fit into a batch. */
  readonly capacity: number;
  /** The batch: row-major, capacity x inputs. */
  readonly inputs: Numbers;
  /** What is to be predicted: capacity labels, or capacity x outputs numbers. */
  readonly targets: Numbers;
  readonly hidden: readonly HiddenLayer[];
  readonly output: Dense;
  /** The output layer's Z: logits of a classifier, predictions otherwise. */
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
 * The mean loss of the first m rows in `inputs` and `targets`, with the batch's own statistics and the dropout masks and the noise of step
 * `step`; the gradient is left in `gradient`. Parameters and running statistics stay as they are.
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

/** The same loss without the gradient. */
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
 * The gradient of L2 regularisation, lambda / 2 times the sum of squared weights, added to `gradient`. Biases, gamma and beta are left
 * alone.
 */
export function addL2({ operations, hidden, output }: Network, lambda: number): void {
  if (lambda === 0) return;
  for (const { dense } of hidden) operations.addScaled(dense.weightsGradient, dense.weights, lambda, dense.weights.length);
  operations.addScaled(output.weightsGradient, output.weights, lambda, output.weights.length);
}
