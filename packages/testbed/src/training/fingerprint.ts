/** What a checkpoint belongs to, as 128-bit digests of plain data. */
import { derive, type Key } from "@caviar-hpo/core";
import type { Architecture } from "../network/architecture.ts";
import type { Fingerprints } from "./checkpoint.ts";
import { digestOfNumbers } from "./digestOfNumbers.ts";
import type { TrainingSettings } from "./settings.ts";

/**
 * `network` tells networks apart whose arrays have different shapes or meanings: layers, batch norm's statistics, what the optimiser
 * remembers. `settings` tells apart everything that makes a training another one, what it is trained on included. Both rely on the fields'
 * fixed order.
 */
export function fingerprintsOf(
  architecture: Architecture,
  settings: TrainingSettings,
  precision: string,
  examples: readonly ArrayLike<number>[],
  key: Key,
): Fingerprints {
  const { inputs, hidden, outputs, batchNorm, loss } = architecture;
  const { optimiser } = settings;
  const statistics = batchNorm && [batchNorm.convention, batchNorm.bias];
  const memory = optimiser.name === "momentum" ? [optimiser.name, optimiser.convention] : [optimiser.name];
  return {
    network: digest([precision, inputs, hidden, outputs, loss, statistics, memory]),
    settings: digest([architecture, settings, examples.map(digestOfNumbers), key]),
  };
}

function digest(value: unknown): Key {
  return derive([0, 0, 0, 0], JSON.stringify(value));
}
