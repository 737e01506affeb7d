/**
 * What a multilayer perceptron is made of, as plain data: dense hidden layers, each with batch normalisation (Ioffe & Szegedy 2015)
 * before its activation where wanted, dropout after it, and a dense output layer under a loss.
 */
import { show } from "@caviar-hpo/core/text";
import type { ActivationName } from "@caviar-hpo/numerics/network";
import { checkBelow, checkFields, checkName, checkNotNegative, checkWhole, refuse } from "../check.ts";

export type LossName = "softmaxCrossEntropy" | "squaredError";

/**
 * Two libraries call two things "momentum" of batch norm. Here it is always `decay`, the weight of the old running value, and the
 * convention says what follows its defaults: "keras" keeps .99 of the old value, the biased variance and epsilon 1e-3; "pytorch" keeps
 * .9 (it writes the weight of the new value, .1), stores the unbiased variance and has epsilon 1e-5.
 */
export type BatchNormConvention = "keras" | "pytorch";

/**
 * What stands in for the batch's mean and variance at evaluation. "raw": running averages that begin at 0 and 1, of which decay^steps
 * is left after a number of steps, so that a network is judged by how many steps it took. "biasCorrected": running averages that
 * begin at 0, divided by 1 - decay^steps, as Adam's are. "recomputed": the statistics of the training set under the present
 * parameters (Ioffe & Szegedy 2015, Algorithm 2), whatever the decay.
 */
export type PopulationStatistics = "recomputed" | "biasCorrected" | "raw";

export type BatchNorm = {
  readonly convention: BatchNormConvention;
  /** Weight of the old value in the running averages, in [0, 1). */
  readonly decay: number;
  readonly epsilon: number;
  readonly populationStatistics: PopulationStatistics;
  /** A bias before batch norm, which the mean takes out again: for showing that its gradient is 0. */
  readonly bias: boolean;
  /** Strength of noise added after batch norm while training, to shift what layers see on purpose; 0 adds none. */
  readonly noise: number;
};

export type Architecture = {
  readonly inputs: number;
  /** Units of each hidden layer; none make a linear model. */
  readonly hidden: readonly number[];
  readonly outputs: number;
  readonly activation: ActivationName;
  /** null: without, and with biases instead. */
  readonly batchNorm: BatchNorm | null;
  /** Of each hidden layer, the share of activations that are dropped while training. */
  readonly dropout: readonly number[];
  readonly loss: LossName;
};

export type ArchitectureOptions = {
  readonly inputs: number;
  readonly hidden: readonly number[];
  readonly outputs: number;
  /** "relu" by default. */
  readonly activation?: ActivationName;
  /** true, which is the default, is Keras's convention in full. */
  readonly batchNorm?: boolean | null | Partial<BatchNorm>;
  /** One rate for all hidden layers or one for each, from 0 to 1, 1 excluded; 0 by default. */
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
    hidden: hidden.map((units, index) => checkWhole(`units of hidden layer ${index + 1}`, units, 1, "Leave the layer out.")),
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
    noise: checkNotNegative("noise after batch norm", options.noise ?? 0, "0 adds none."),
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
  return rates.map((rate, index) => checkBelow(`dropout of hidden layer ${index + 1}`, rate, 0, 1, "0 drops none."));
}
