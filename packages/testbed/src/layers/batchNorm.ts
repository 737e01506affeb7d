/**
 * Batch normalisation (Ioffe & Szegedy 2015, Algorithm 1): xHat = (x - mean) / sqrt(variance + epsilon), y = gamma xHat + beta, with the
 * batch's own mean and biased variance in training, with those of the population at evaluation. A batch of one has variance 0: xHat is
 * 0 and y is beta, whatever x.
 */
import type { Numbers, Operations } from "@caviar-hpo/numerics/network";
import type { BatchNorm } from "../network/architecture.ts";
import type { RunningStatistics } from "./runningStatistics.ts";

export type BatchNormLayer = {
  readonly units: number;
  readonly settings: BatchNorm;
  readonly gamma: Numbers;
  readonly gammaGradient: Numbers;
  readonly beta: Numbers;
  readonly betaGradient: Numbers;
  /** Of the latest batch. */
  readonly mean: Numbers;
  /** Of the latest batch, biased. */
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
