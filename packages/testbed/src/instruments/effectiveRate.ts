/**
 * The learning rate that counts where batch norm makes a layer indifferent to the scale of its weights: gradient descent turns the
 * direction W / ||W|| as fast as a rate of learning rate / ||W||^2 would turn weights of length 1 (van Laarhoven 2017, section 3). L2
 * regularisation, which changes the length only, acts through this number alone.
 */
import type { Trainer } from "../training/trainer.ts";
import { norm } from "./vectors.ts";

/** The rate of the next step over ||W||^2 for each layer, hidden layers first, then the output layer; infinite where W is 0. */
export function effectiveRates(trainer: Trainer): readonly number[] {
  const { hidden, output } = trainer.network;
  return [...hidden.map(({ dense }) => dense), output].map(({ weights }) => {
    const length = norm(weights);
    return trainer.learningRate() / (length * length);
  });
}
