/**
 * The effective learning rate. Batch norm makes a layer indifferent to the scale of its weights. Then gradient descent turns the direction
 * W / ||W|| as fast as a rate of learning rate / ||W||^2 would turn weights of length 1 (van Laarhoven 2017, section 3). L2 regularisation
 * changes only the length of the weights, so it acts only through this number.
 */
import type { Trainer } from "../training/trainer.ts";
import { norm } from "./vectors.ts";

/** The rate of the next step divided by ||W||^2, for each layer: first the hidden layers, then the output layer. Infinity if W is 0. */
export function effectiveRates(trainer: Trainer): readonly number[] {
  const { hidden, output } = trainer.network;
  return [...hidden.map(({ dense }) => dense), output].map(({ weights }) => {
    const length = norm(weights);
    return trainer.learningRate() / (length * length);
  });
}
