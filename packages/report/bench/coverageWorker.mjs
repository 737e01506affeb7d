/** Counts how often intervals contain the truth: one thread of coverage.mjs. */
import { parentPort } from "node:worker_threads";
import { derive, root, stream } from "../../core/dist/index.js";
import { statistics } from "./coverageCases.mjs";

parentPort.on("message", ({ index, task: { statistic, place, seeds, first, count, root: text } }) => {
  const { name, problems, draw } = statistics[statistic].cases[place];
  let covered = 0;
  for (let replicate = first; replicate < first + count; replicate++) {
    const key = derive(root(text), statistics[statistic].name, name, problems, seeds, replicate);
    if (draw(stream(derive(key, "sample")), seeds, derive(key, "interval"))) covered++;
  }
  parentPort.postMessage({ index, result: covered });
});
