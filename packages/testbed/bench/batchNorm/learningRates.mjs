/** Which learning rates a network bears, with and without batch norm: the validation error after ten epochs over five decades of rates. */
import { pow } from "@caviar-hpo/numerics";
import { digits, product, range, trainerOf, validationError } from "./setting.mjs";

/** Four to a decade; Adam, whose steps have the length of the rate whatever the gradient, wants smaller ones. */
const rates = { sgd: range(-16, 4), adam: range(-20, 0) };

export const jobs = Object.keys(rates).flatMap((optimiser) =>
  product(["none", "batchNorm"], rates[optimiser], range(1, 5)).map(([network, quarter, seed]) => ({
    optimiser,
    network,
    rate: pow(10, quarter / 4),
    seed,
  })),
);

export async function run({ optimiser, network, rate, seed }) {
  const data = await digits();
  const trainer = trainerOf(data, network, { optimiser: { name: optimiser }, learningRate: rate }, seed);
  while (trainer.epochs < 10 && trainer.diverged === null) trainer.epoch();
  return { error: validationError(trainer, data) };
}
