/**
 * The population's mean and variance of every batch-norm layer, from the training set under the present parameters (Ioffe & Szegedy
 * 2015, Algorithm 2, steps 8 to 11). The set passes once, in equal parts of at most 256 rows whatever the training's batch size, each
 * normalised by its own statistics; moments of parts are merged into those of the whole (Chan, Golub & LeVeque 1983), so that those of
 * the first layer are exact. The variance is the unbiased one where the convention stores that.
 */
import { hiddenForwardWithoutDropout } from "../layers/hidden.ts";
import { unbiasing } from "../layers/runningStatistics.ts";
import type { Network } from "../network/network.ts";
import { loadBatch } from "./batch.ts";
import type { Examples } from "./examples.ts";

/** Rows that evaluation and this recomputation take at a time. */
export const partSize = 256;

export function recomputePopulation(network: Network, examples: Examples, targets: ArrayLike<number>): void {
  const { hidden } = network;
  const { n } = examples;
  const merged = hidden.map(({ dense }) => ({ mean: new Float64Array(dense.units), squares: new Float64Array(dense.units) }));
  const parts = Math.ceil(n / partSize);
  for (let part = 0; part < parts; part++) {
    const from = Math.floor((part * n) / parts);
    const m = Math.floor(((part + 1) * n) / parts) - from;
    loadBatch(network, examples, targets, null, from, m);
    let x = network.inputs;
    hidden.forEach((layer, index) => {
      hiddenForwardWithoutDropout(network.operations, layer, x, m);
      x = layer.activations;
      const { mean, squares } = merged[index]!;
      const share = m / (from + m);
      for (let unit = 0; unit < mean.length; unit++) {
        const difference = layer.batchNorm!.mean[unit]! - mean[unit]!;
        mean[unit] = mean[unit]! + difference * share;
        squares[unit] = squares[unit]! + layer.batchNorm!.variance[unit]! * m + difference * difference * from * share;
      }
    });
  }
  hidden.forEach(({ batchNorm }, index) => {
    const { populationMean, populationVariance, settings } = batchNorm!;
    const { mean, squares } = merged[index]!;
    const unbias = settings.convention === "pytorch" ? unbiasing(n) : 1;
    populationMean.set(mean);
    for (let unit = 0; unit < mean.length; unit++) populationVariance[unit] = (squares[unit]! / n) * unbias;
  });
}
