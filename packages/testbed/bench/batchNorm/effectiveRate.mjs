/** Lengths of weights and effective learning rates over the epochs, with and without L2. */
import { effectiveRates } from "@caviar-hpo/testbed/instruments";
import { digits, product, range, trainerOf, validationError } from "./setting.mjs";

const learningRate = 0.1;

export const jobs = product(["none", "batchNorm"], [0, 0.001, 0.01], range(1, 5)).map(([network, l2, seed]) => ({ network, l2, seed }));

/** Of the second hidden layer, before the first epoch and after each. */
export async function run({ network, l2, seed }) {
  const data = await digits();
  const trainer = trainerOf(data, network, { optimiser: { name: "sgd" }, learningRate, l2 }, seed);
  const rates = [effectiveRates(trainer)[1]];
  while (trainer.epochs < 40 && trainer.diverged === null) {
    trainer.epoch();
    rates.push(effectiveRates(trainer)[1]);
  }
  return { error: validationError(trainer, data), rates };
}
