/**
 * Networks watched while they learn by gradient descent: every few steps their pre-activations on a fixed batch of validation rows, how the
 * step to come shifts each layer's gradient, and the loss along the gradient, half to four times as far as that step goes.
 */
import { rowsOf } from "@caviar-hpo/testbed/data";
import { gradientShifts, lossAlongGradient, preActivationsOf, shiftBetween } from "@caviar-hpo/testbed/instruments";
import { digits, product, range, trainerOf, validationError } from "./setting.mjs";

const epochs = 10;
const every = 10;
const probeRows = 256;
/** Of the hidden layers, the one whose percentiles are kept: the deepest. */
const shownLayer = 3;
const watchedRate = 0.1;

export const jobs = product(["none", "batchNorm", "noisy"], [0.03, 0.1, 0.3], range(1, 5)).map(([network, rate, seed]) => ({
  network,
  rate,
  seed,
}));

export async function run({ network, rate, seed }) {
  const data = await digits();
  const probe = rowsOf(data.validation, range(0, probeRows - 1));
  const trainer = trainerOf(data, network, { optimiser: { name: "sgd" }, learningRate: rate }, seed);
  const looks = [];
  while (trainer.epochs < epochs && trainer.diverged === null) {
    if (trainer.steps % every === 0) looks.push(look(trainer, probe, rate));
    trainer.step();
  }
  const series = (pick) => looks.map(pick);
  const layers = range(0, looks[0].distributions.length - 1);
  const shift = (part) =>
    layers.map((layer) =>
      mean(
        looks.slice(1).map(({ distributions }, index) => shiftBetween(looks[index].distributions[layer][part], distributions[layer][part])),
      ),
    );
  const result = {
    error: validationError(trainer, data),
    // Per hidden layer: how far its distributions move from look to look.
    movedBefore: shift("linear"),
    movedAfter: shift("preActivations"),
    // Per layer but the first: means over the looks.
    gradientShift: layers.map((layer) => mean(series(({ shifts }) => shifts[layer + 1].difference))),
    relativeGradientShift: layers.map((layer) => mean(series(({ shifts }) => shifts[layer + 1].difference / shifts[layer + 1].norm))),
    cosine: layers.map((layer) => mean(series(({ shifts }) => shifts[layer + 1].cosine))),
    smoothness: mean(series(({ along }) => along.smoothness)),
    gradientChangeRange: mean(series(({ along }) => width(along.steps.map(({ gradientChange }) => gradientChange)))),
    lossRange: mean(series(({ along }) => width(along.steps.map(({ loss }) => loss)))),
  };
  if (rate !== watchedRate) return result;
  return {
    ...result,
    steps: series(({ step }) => step),
    shownShift: series(({ shifts }) => shifts[shownLayer].difference / shifts[shownLayer].norm),
    shownCosine: series(({ shifts }) => shifts[shownLayer].cosine),
    along: series(({ along }) => [
      along.loss,
      ...extremes(along.steps.map(({ loss }) => loss)),
      ...extremes(along.steps.map(({ gradientChange }) => gradientChange)),
      along.smoothness,
    ]),
    ...(seed === 1
      ? {
          before: series(({ distributions }) => distributions[shownLayer].linear.all.quantiles.slice(1, 4)),
          after: series(({ distributions }) => distributions[shownLayer].preActivations.all.quantiles.slice(1, 4)),
        }
      : {}),
  };
}

function look(trainer, probe, rate) {
  return {
    step: trainer.steps,
    distributions: preActivationsOf(trainer, probe),
    shifts: gradientShifts(trainer),
    along: lossAlongGradient(
      trainer,
      [0.5, 1, 2, 4].map((factor) => factor * rate),
    ),
  };
}

function mean(values) {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

const extremes = (values) => [Math.min(...values), Math.max(...values)];
const width = (values) => Math.max(...values) - Math.min(...values);
