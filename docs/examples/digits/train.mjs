/**
 * Trains a network on handwritten digits, and continues from the checkpoint of the trial if there is one. Each worker loads this module
 * once, and calls its default export. The digits need the package `mnist`.
 */
import { root } from "@caviar-hpo/core";
import { loadTask } from "@caviar-hpo/testbed";

const task = await loadTask("digits-course");

export default function objective({ config, until, load, save, measure }) {
  const training = task.train(config, root("digits"));
  const { trainer } = training;
  const checkpoint = load();
  if (checkpoint !== null) trainer.load(checkpoint);
  let error = null;
  while (trainer.epochs < until) {
    error = training.advance(trainer.epochs + 1) ? training.validate() : null;
    if (error === null) return { infeasible: true };
    if (trainer.epochs < until && !measure(error, trainer.epochs)) break;
  }
  save(trainer.save());
  return error;
}
