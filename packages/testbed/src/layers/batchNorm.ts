/**
 * Batch normalisation (Ioffe & Szegedy 2015, Algorithm 1): xHat = (x - mean) / sqrt(variance + epsilon), y = gamma xHat + beta. In
 * training, mean and biased variance are those of the batch. At evaluation, they are those of the population. A batch of one example has
 * variance 0, so xHat is 0 and y is beta for any x.
 */
import type { Numbers, Operations } from "@caviar-hpo/numerics/network";
import type { BatchNorm } from "../network/architecture.ts";
import type { RunningStatistics } from "./runningStatistics.ts";

/** A batch-norm layer and its arrays. */
export type BatchNormLayer = {
  readonly units: number;
  readonly settings: BatchNorm;
  readonly gamma: Numbers;
  readonly gammaGradient: Numbers;
  readonly beta: Numbers;
  readonly betaGradient: Numbers;
  /** The mean of the latest batch. */
  readonly mean: Numbers;
  /** The biased variance of the latest batch. */
  readonly variance: Numbers;
  /** rows x units. */
  readonly xHat: Numbers;
  readonly populationMean: Numbers;
  readonly populationVariance: Numbers;
  readonly running: RunningStatistics;
};

export function batchNormForward(operations: Operations, layer: BatchNormLayer, y: Numbers, x: Numbers, m: number): void {
  const { units, settings, gamma, beta, mean, variance, xHat } = layer;
  operations.moments(mean, variance, x, m, units);
  operations.normalise(y, xHat, x, mean, variance, gamma, beta, settings.epsilon, m, units);
}

/** dx may be dy. */
export function batchNormBackward(operations: Operations, layer: BatchNormLayer, dx: Numbers, dy: Numbers, m: number): void {
  const { units, settings, gamma, gammaGradient, betaGradient, variance, xHat } = layer;
  operations.normaliseBackward(dx, gammaGradient, betaGradient, dy, xHat, variance, gamma, settings.epsilon, m, units);
}

export function batchNormInference(operations: Operations, layer: BatchNormLayer, y: Numbers, x: Numbers, m: number): void {
  const { units, settings, gamma, beta, populationMean, populationVariance, xHat } = layer;
  operations.normalise(y, xHat, x, populationMean, populationVariance, gamma, beta, settings.epsilon, m, units);
}
