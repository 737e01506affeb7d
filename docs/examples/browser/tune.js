/**
 * Tunes a classifier of two moons in the page. The study is in the database of the browser: close the page, open it again, and it continues.
 */
import { root } from "@caviar-hpo/core";
import { moons, split } from "@caviar-hpo/testbed/data";
import { real } from "@caviar-hpo/tune";
import { openBrowserStudy } from "@caviar-hpo/tune/browser";

const { train, validation } = split(moons({ n: 1000, noise: 0.25 }, root("moons")), { train: 500, validation: 500 }, root("split"));
const show = (id, text) => {
  document.getElementById(id).textContent = text;
};

/** A point and its powers. */
function features({ inputs }, row) {
  const [x, y] = [inputs[2 * row], inputs[2 * row + 1]];
  return [1, x, y, x * x, x * y, y * y, x * x * x, x * x * y, x * y * y, y * y * y];
}

function probability(weights, point) {
  return 1 / (1 + Math.exp(-point.reduce((sum, value, index) => sum + value * weights[index], 0)));
}

/** One epoch of logistic regression with momentum. `weights` and `speed` change in place. */
function trainEpoch({ learningRate, momentum, decay }, weights, speed) {
  for (let row = 0; row < train.n; row++) {
    const point = features(train, row);
    const error = probability(weights, point) - train.labels[row];
    for (let index = 0; index < weights.length; index++) {
      speed[index] = momentum * speed[index] - learningRate * (error * point[index] + decay * weights[index]);
      weights[index] += speed[index];
    }
  }
}

function validationLoss(weights) {
  let loss = 0;
  for (let row = 0; row < validation.n; row++) {
    const p = probability(weights, features(validation, row));
    loss -= Math.log(Math.max(validation.labels[row] === 1 ? p : 1 - p, 1e-12)) / validation.n;
  }
  return loss;
}

/** Trains from the checkpoint of the trial, if there is one, and saves the next one: ten weights and ten speeds, as bytes. */
async function objective({ config, from, until, load, save }) {
  const saved = load();
  const numbers = saved === null ? new Float64Array(20) : new Float64Array(saved.buffer);
  for (let epoch = saved === null ? 0 : from.fidelity; epoch < until; epoch++) {
    trainEpoch(config, numbers.subarray(0, 10), numbers.subarray(10));
    // The page stays responsive.
    await new Promise((resolve) => setTimeout(resolve));
  }
  save(new Uint8Array(numbers.buffer));
  return validationLoss(numbers.subarray(0, 10));
}

const study = await openBrowserStudy("moons", {
  space: {
    learningRate: real(1e-4, 0.1, { scale: "log" }),
    momentum: real(0, 0.99, { scale: "oneMinusLog" }),
    decay: real(1e-6, 0.1, { scale: "log" }),
  },
  fidelity: { unit: "epochs", min: 1, max: 27 },
  resumable: true,
  strategy: "bohb",
  seed: 1,
});
show("progress", `${study.trials().length} trials are there.`);
const best = await study.optimize(objective, {
  trials: 40,
  onProgress: ({ trials, best: leader }) => show("progress", `${trials} trials, best loss ${leader?.value.toFixed(4) ?? "not known yet"}.`),
});
await study.close();
show("best", JSON.stringify(best, null, 2));
