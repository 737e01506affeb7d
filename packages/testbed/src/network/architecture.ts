/**
 * The parts of a multilayer perceptron, as plain data: dense hidden layers and a dense output layer with a loss. Each hidden layer may have
 * batch normalisation (Ioffe & Szegedy 2015) before its activation, and dropout after it.
 */
import { show } from "@caviar-hpo/core/text";
import type { ActivationName } from "@caviar-hpo/numerics/network";
import { checkBelow, checkFields, checkName, checkNotNegative, checkWhole, refuse } from "../check.ts";

export type LossName = "softmaxCrossEntropy" | "squaredError";

/**
 * Two libraries use the word "momentum" of batch norm for different numbers. Here it is always `decay`, the weight of the old running
 * value. The convention sets its defaults. "keras": decay .99, the biased variance, and epsilon 1e-3. "pytorch": decay .9 (PyTorch states
 * the weight of the new value, .1), the unbiased variance, and epsilon 1e-5.
 */
export type BatchNormConvention = "keras" | "pytorch";

/**
 * What replaces the mean and variance of the batch at evaluation.
 *
 * - "raw": running averages that begin at 0 and 1. After some steps, decay^steps of this start is left. So the result depends on how many
 *   steps the network has made.
 * - "biasCorrected": running averages that begin at 0, divided by 1 - decay^steps, as in Adam.
 * - "recomputed": the statistics of the training set under the current parameters (Ioffe & Szegedy 2015, Algorithm 2). They do not depend
 *   on the decay.
 */
export type PopulationStatistics = "recomputed" | "biasCorrected" | "raw";

/** The settings of batch norm. */
export type BatchNorm = {
  readonly convention: BatchNormConvention;
  /** The weight of the old value in the running averages: at least 0, below 1. 0.99 ("keras") or 0.9 ("pytorch") by default. */
  readonly decay: number;
  /** What is added to the variance: at least 0. 1e-3 ("keras") or 1e-5 ("pytorch") by default. */
  readonly epsilon: number;
  /** "recomputed" by default. */
  readonly populationStatistics: PopulationStatistics;
  /**
   * Whether the dense layer has a bias before batch norm. The mean removes it again, so this only serves to show that its gradient is 0.
   * false by default.
   */
  readonly bias: boolean;
  /**
   * The strength of the noise that is added after batch norm in training, to shift the distributions on purpose. At least 0; 0 by default.
   */
  readonly noise: number;
};

/** The architecture of a network in full. */
export type Architecture = {
  readonly inputs: number;
  /** The units of each hidden layer. An empty list makes a linear model. */
  readonly hidden: readonly number[];
  readonly outputs: number;
  readonly activation: ActivationName;
  /** null: no batch norm, and a bias in each layer. */
  readonly batchNorm: BatchNorm | null;
  /** For each hidden layer, the share of activations that are dropped in training. */
  readonly dropout: readonly number[];
  readonly loss: LossName;
};

/** The architecture of a network, with defaults. */
export type ArchitectureOptions = {
  /** How many features: a whole number, at least 1. */
  readonly inputs: number;
  /** The units of each hidden layer: whole numbers, at least 1. An empty list makes a linear model. */
  readonly hidden: readonly number[];
  /** How many classes or target columns: a whole number, at least 1. */
  readonly outputs: number;
  /** "relu" by default. */
  readonly activation?: ActivationName;
  /** true, the default, means batch norm with the convention of Keras. false and null mean no batch norm. */
  readonly batchNorm?: boolean | null | Partial<BatchNorm>;
  /** One rate for all hidden layers, or one per layer: at least 0, below 1. 0 by default. */
  readonly dropout?: number | readonly number[];
  /** "softmaxCrossEntropy" by default. */
  readonly loss?: LossName;
};

/** The architecture in full, always with its fields in the same order. Throws ConfigError for what no network can be made of. */
export function completeArchitecture(options: ArchitectureOptions): Architecture {
  checkFields("architecture", options, ["inputs", "hidden", "outputs", "activation", "batchNorm", "dropout", "loss"]);
  const { inputs, hidden, outputs, activation = "relu", batchNorm = true, dropout = 0, loss = "softmaxCrossEntropy" } = options;
  if (!Array.isArray(hidden))
    refuse("hiddenLayers", "hidden", "a list with the units of each hidden layer", show(hidden), "Pass [16] for one layer of 16 units.");
  return {
    inputs: checkWhole("inputs", inputs, 1, "Give the number of features."),
    hidden: hidden.map((units, index) => checkWhole(`units of hidden layer ${index + 1}`, units, 1, "Omit the layer.")),
    outputs: checkWhole("outputs", outputs, 1, "Give the number of classes, or of target columns."),
    activation: checkName("activation", activation, activations),
    batchNorm: batchNorm === false || batchNorm === null ? null : completeBatchNorm(batchNorm === true ? {} : batchNorm),
    dropout: completeDropout(dropout, hidden.length),
    loss: checkName("loss", loss, ["softmaxCrossEntropy", "squaredError"]),
  };
}

export const activations: readonly ActivationName[] = ["relu", "leakyRelu", "tanh", "sigmoid", "gelu"];

function completeBatchNorm(options: Partial<BatchNorm>): BatchNorm {
  checkFields("batch norm", options, ["convention", "decay", "epsilon", "populationStatistics", "bias", "noise"]);
  const convention = checkName("convention of batch norm", options.convention ?? "keras", ["keras", "pytorch"]);
  const { decay, epsilon } = conventions[convention];
  return {
    convention,
    decay: checkBelow("decay of running statistics", options.decay ?? decay, 0, 1, "It is the weight of the old value, for instance 0.9."),
    epsilon: checkBelow("epsilon of batch norm", options.epsilon ?? epsilon, 0, Infinity, "Use 1e-5 or 1e-3."),
    populationStatistics: checkName("population statistics", options.populationStatistics ?? "recomputed", [
      "recomputed",
      "biasCorrected",
      "raw",
    ]),
    bias: options.bias ?? false,
    noise: checkNotNegative("noise after batch norm", options.noise ?? 0, "0 means no noise."),
  };
}

/** TensorFlow 2's `BatchNormalization` and PyTorch's `BatchNorm1d`. */
const conventions = { keras: { decay: 0.99, epsilon: 1e-3 }, pytorch: { decay: 0.9, epsilon: 1e-5 } } as const;

function completeDropout(dropout: number | readonly number[], layers: number): readonly number[] {
  const rates = typeof dropout === "number" ? Array.from({ length: layers }, () => dropout) : dropout;
  if (rates.length !== layers)
    refuse(
      "dropoutPerLayer",
      "dropout",
      `${layers} rates, one per hidden layer`,
      `${rates.length} rates`,
      "Pass one number for all layers, or one rate per layer.",
    );
  return rates.map((rate, index) => checkBelow(`dropout of hidden layer ${index + 1}`, rate, 0, 1, "0 means no dropout."));
}
