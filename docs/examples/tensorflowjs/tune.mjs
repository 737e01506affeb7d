/**
 * Tunes the TensorFlow.js model of train.mjs in two worker threads.
 *
 * Usage: node tune.mjs [FOLDER] [TRIALS]
 */
import { openStudy } from "@caviar-hpo/runtime";
import { int, real } from "@caviar-hpo/tune";

const [folder = "runs/iris", trials = "30"] = process.argv.slice(2);
const study = await openStudy(folder, {
  space: { learningRate: real(1e-4, 1, { scale: "log" }), units: int(2, 64, { scale: "log" }) },
  strategy: "bayesopt",
  seed: 1,
});
const best = await study.optimize(new URL("./train.mjs", import.meta.url), { trials: Number(trials), workers: 2, progress: true });
study.close();
console.log(`loss ${best.value} with ${JSON.stringify(best.config)}`);
