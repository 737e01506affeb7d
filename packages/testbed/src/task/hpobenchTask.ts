/**
 * The search space of HPOBench's NN benchmarks (Eggensperger et al., *HPOBench*, NeurIPS Datasets and Benchmarks 2021) for the networks of
 * this package: scikit-learn's multilayer perceptron with rectified layers of one width, trained by Adam for 3 to 243 epochs. As in
 * HPOBench, alpha is divided by the rows of a mini-batch before it multiplies the squared weights. Only the space is that of HPOBench. Data
 * and implementation differ, so results cannot be compared with those of HPOBench.
 */
import { type Int, int, type Real, real } from "@caviar-hpo/core";
import type { Split } from "../data/split.ts";
import { createTask, type Task } from "./task.ts";

export type HpobenchSpace = {
  readonly depth: Int;
  readonly width: Int;
  readonly batch_size: Int;
  readonly alpha: Real;
  readonly learning_rate_init: Real;
};

/** Names, ranges and scales are the published ones. */
export const hpobenchSpace: HpobenchSpace = {
  depth: int(1, 3),
  width: int(16, 1024, { scale: "log" }),
  batch_size: int(4, 256, { scale: "log" }),
  alpha: real(1e-8, 1, { scale: "log" }),
  learning_rate_init: real(1e-5, 1, { scale: "log" }),
};

/** HPOBench's NN space on any data. Inputs are standardised. */
export function hpobenchTask(data: Split): Task<HpobenchSpace> {
  return createTask({
    name: `hpobench nn on ${data.train.name}`,
    space: hpobenchSpace,
    data,
    epochs: { min: 3, max: 243 },
    recipe: (config) => ({
      network: { hidden: Array.from({ length: config.depth }, () => config.width), activation: "relu", batchNorm: false },
      training: {
        batchSize: config.batch_size,
        learningRate: config.learning_rate_init,
        optimiser: { name: "adam" },
        l2: config.alpha / Math.min(config.batch_size, data.train.n),
        initialisation: "xavierUniform",
      },
      preprocessing: "standard",
    }),
  });
}
