/**
 * Tunes the network of train.mjs in four processes. Ctrl-C finishes the running trials, and a second Ctrl-C stops them. Start the program
 * again to continue, also after kill -9.
 *
 * Usage: node tune.mjs [FOLDER] [TRIALS]
 */
import { openStudy } from "@caviar-hpo/runtime";
import { courseSpace } from "@caviar-hpo/testbed";

const [folder = "runs/digits", trials = "49"] = process.argv.slice(2);
const study = await openStudy(folder, {
  space: courseSpace,
  fidelity: { unit: "epochs", min: 1, max: 27 },
  resumable: true,
  strategy: "bohb",
  seed: 1,
});
const best = await study.optimize(new URL("./train.mjs", import.meta.url), {
  trials: Number(trials),
  workers: 4,
  executor: "process",
  progress: true,
});
study.close();
console.log(`error ${best.value} with ${JSON.stringify(best.config)}`);
