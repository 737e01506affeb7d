/**
 * Tunes two hyperparameters, and keeps the study in a folder. End this program in any way you like, also by kill -9, and start it again: it
 * continues where it was, and finds what it would have found without the interruption.
 *
 * Usage: node tune.mjs [FOLDER]
 */
import { setTimeout } from "node:timers/promises";
import { openStudy } from "@caviar-hpo/runtime";
import { int, real } from "@caviar-hpo/tune";

const [folder = "runs/crash"] = process.argv.slice(2);
const study = await openStudy(folder, {
  space: { learningRate: real(1e-4, 1, { scale: "log" }), units: int(16, 256) },
  strategy: "tpe",
  seed: 1,
});
console.log(`${study.trials().length} trials are there`);

/** Stands for a training that takes a while. */
async function objective({ config: { learningRate, units } }) {
  await setTimeout(50);
  return (Math.log10(learningRate) + 2) ** 2 + 8 / units;
}

const best = await study.optimize(objective, { trials: 40 });
study.close();
console.log(`best of ${study.trials().length} trials: ${best.value} with ${JSON.stringify(best.config)}`);
