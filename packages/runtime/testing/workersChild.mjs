/**
 * A study with worker processes that a test kills: `node workersChild.mjs FOLDER OPTIONS TRIALS WORKERS`. It says `event` after each
 * event, and `done`. It runs the built package: `npm run build` makes it.
 */
import { openStudy } from "../dist/index.js";

const [folder, options, trials, workers] = process.argv.slice(2);
const say = (line) => process.stdout.write(`${line}\n`);
const study = await openStudy(folder, { ...JSON.parse(options), onEvent: () => say("event") });
await study.optimize(new URL("./programs/training.mjs", import.meta.url), {
  trials: Number(trials),
  workers: Number(workers),
  executor: "process",
});
study.close();
say("done");
