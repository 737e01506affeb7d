/** How good a network is on examples, with population statistics in batch norm and without dropout. */
import { readRunning } from "../layers/runningStatistics.ts";
import { inferenceLoss, type Network } from "../network/network.ts";
import { loadBatch } from "./batch.ts";
import { type Examples, targetsOf } from "./examples.ts";
import { partSize, recomputePopulation } from "./population.ts";

/** How good a network is on examples. */
export type Evaluation = {
  /** The mean over the examples, without penalties. Not finite if the numbers of the network have overflowed. */
  readonly loss: number;
  /** The share of examples whose largest output is that of their class. The first output wins a tie. null if there are no classes. */
  readonly accuracy: number | null;
};

/** @param training what population statistics are recomputed from, after `steps` steps. The network's batch is overwritten. */
export function evaluate(network: Network, examples: Examples, training: Examples, steps: number): Evaluation {
  const targets = targetsOf(examples, network.architecture);
  preparePopulation(network, training, steps);
  const classified = network.architecture.loss === "softmaxCrossEntropy";
  let loss = 0;
  let right = 0;
  for (let from = 0; from < examples.n; from += partSize) {
    const m = Math.min(partSize, examples.n - from);
    loadBatch(network, examples, targets, null, from, m);
    loss += inferenceLoss(network, m) * m;
    if (classified) right += countRight(network, m);
  }
  return { loss: loss / examples.n, accuracy: classified ? right / examples.n : null };
}

/** Sets the statistics that batch norm uses outside training, from what its settings name. */
export function preparePopulation(network: Network, training: Examples, steps: number): void {
  const { batchNorm } = network.architecture;
  if (batchNorm === null || network.hidden.length === 0) return;
  if (batchNorm.populationStatistics === "recomputed") {
    recomputePopulation(network, training, targetsOf(training, network.architecture));
    return;
  }
  for (const layer of network.hidden) {
    const { running, populationMean, populationVariance } = layer.batchNorm!;
    readRunning(running, batchNorm, steps, populationMean, populationVariance);
  }
}

function countRight({ outputs, targets, architecture }: Network, m: number): number {
  const classes = architecture.outputs;
  let right = 0;
  for (let row = 0; row < m; row++) {
    const start = row * classes;
    let greatest = 0;
    for (let column = 1; column < classes; column++) if (outputs[start + column]! > outputs[start + greatest]!) greatest = column;
    if (greatest === targets[row] && !Number.isNaN(outputs[start + greatest])) right++;
  }
  return right;
}
