/**
 * The search space of LCBench (Zimmer, Lindauer and Hutter, *Auto-PyTorch Tabular*, IEEE TPAMI 2021; github.com/automl/LCBench) for the
 * networks of this package: SGD with momentum and a cosine to 0 over 50 epochs, a funnel of rectified layers, and dropout that falls along
 * the funnel. The space is that of LCBench. The shape of the network is that of `ShapedMlpNet` in Auto-PyTorch. Data, initial weights and
 * preprocessing differ. Weight decay applies only to weights here, and in PyTorch also to biases. So results cannot be compared with those
 * of LCBench.
 */
import { type ConfigOf, type Int, int, type Real, real } from "@caviar-hpo/core";
import type { Dataset } from "../data/dataset.ts";
import type { Split } from "../data/split.ts";
import { createTask, type Task } from "./task.ts";

export type LcbenchSpace = {
  readonly batch_size: Int;
  readonly learning_rate: Real;
  readonly momentum: Real;
  readonly weight_decay: Real;
  /** Layers with weights: the output layer is the last of them. */
  readonly num_layers: Int;
  readonly max_units: Int;
  readonly max_dropout: Real;
};

/** Names, ranges and scales are the published ones. */
export const lcbenchSpace: LcbenchSpace = {
  batch_size: int(16, 512, { scale: "log" }),
  learning_rate: real(1e-4, 1e-1, { scale: "log" }),
  momentum: real(0.1, 0.99),
  weight_decay: real(1e-5, 1e-1),
  num_layers: int(1, 5),
  max_units: int(64, 1024, { scale: "log" }),
  max_dropout: real(0, 1),
};

/** LCBench's space and network on any data, from 1 to 50 epochs. Inputs are standardised. */
export function lcbenchTask(data: Split): Task<LcbenchSpace> {
  const { train } = data;
  return createTask({
    name: `lcbench on ${train.name}`,
    space: lcbenchSpace,
    data,
    epochs: { min: 1, max: horizon },
    recipe: (config) => ({
      network: { ...funnel(train, config), activation: "relu", batchNorm: false },
      training: {
        batchSize: config.batch_size,
        learningRate: config.learning_rate,
        schedule: { name: "cosine", horizon },
        optimiser: { name: "momentum", beta: config.momentum, convention: "pytorch" },
        l2: config.weight_decay,
      },
      preprocessing: "standard",
    }),
  });
}

const horizon = 50;

/**
 * Widths fall in equal steps from the first, which is never narrower than the inputs, towards the outputs; dropout falls in equal steps
 * towards 0 and is left out where it would begin at .05 or less. A rate of 1, which would drop everything, becomes .99.
 */
export function funnel(
  train: Dataset,
  config: Pick<ConfigOf<LcbenchSpace>, "num_layers" | "max_units" | "max_dropout">,
): { readonly hidden: readonly number[]; readonly dropout: readonly number[] } {
  const { num_layers: layers, max_units: units, max_dropout: most } = config;
  const outputs = train.kind === "classification" ? train.classes : train.outputs;
  const widest = Math.max(train.d, units);
  const step = layers > 1 ? Math.max(0, Math.trunc((widest - outputs) / (layers - 1))) : 0;
  const hidden = Array.from({ length: layers - 1 }, (_, layer) => widest - layer * step);
  return { hidden, dropout: hidden.map((_, layer) => (most > 0.05 ? Math.min(most * (1 - layer / (layers - 1)), 0.99) : 0)) };
}
