/**
 * What most experiments share: digits of 14 x 14 pixels, standardised, and a network of four hidden layers of 50 rectifiers, started after
 * He.
 */
import { root } from "@caviar-hpo/core";
import { createTrainer } from "@caviar-hpo/testbed";
import { loadDigits, normaliseSplit, split } from "@caviar-hpo/testbed/data";

const prepared = new Map();

/** The first rows for training, the next 2,000 for validation. */
export async function digits(train = 3000) {
  if (!prepared.has(train)) {
    const parts = split(await loadDigits({ size: 14 }), { train, validation: 2000 }, null);
    prepared.set(train, normaliseSplit(parts, "standard"));
  }
  return prepared.get(train);
}

export const networks = {
  none: false,
  batchNorm: { decay: 0.9 },
  noisy: { decay: 0.9, noise: 1 },
};

export function trainerOf(data, network, settings, seed) {
  return createTrainer({
    architecture: { inputs: data.train.d, hidden: [50, 50, 50, 50], outputs: data.train.classes, batchNorm: networks[network] },
    settings: { batchSize: 64, ...settings },
    examples: data.train,
    key: root(seed),
  });
}

/** The share of validation rows that are put into a wrong class; null where training diverged. */
export function validationError(trainer, data) {
  if (trainer.diverged !== null) return null;
  const { loss, accuracy } = trainer.evaluate(data.validation);
  return Number.isFinite(loss) ? 1 - accuracy : null;
}

export function product(...lists) {
  return lists.reduce((rows, list) => rows.flatMap((row) => list.map((value) => [...row, value])), [[]]);
}

export const range = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
