/**
 * The trap of running statistics at low fidelity: validation accuracy after one epoch of few steps, by how long the averages remember and
 * by how evaluation reads them. Two layers of 32 with batch norm, Adam at .01, 8,000 digits for training.
 */
import { root } from "@caviar-hpo/core";
import { createTrainer } from "@caviar-hpo/testbed";
import { digits, product, range, validationError } from "./setting.mjs";

export const jobs = product([8, 16, 32], ["raw", "biasCorrected", "recomputed"], [0.9, 0.99], range(1, 10)).map(
  ([steps, populationStatistics, decay, seed]) => ({ steps, populationStatistics, decay, seed }),
);

export async function run({ steps, populationStatistics, decay, seed }) {
  const data = await digits(8000);
  const trainer = createTrainer({
    architecture: { inputs: data.train.d, hidden: [32, 32], outputs: 10, batchNorm: { decay, populationStatistics } },
    settings: { batchSize: 8000 / steps, learningRate: 0.01 },
    examples: data.train,
    key: root(seed),
  });
  trainer.epoch();
  return { accuracy: 1 - validationError(trainer, data) };
}
