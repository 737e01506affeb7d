/**
 * What an ask of TPE costs, with the tell after it, compared with Optuna 5's: ten reals, histories of 30 to 1000 trials. `npm run
 * bench:samplers` builds first. CAVIAR_PYTHON names the interpreter that has optuna (default python3); without it only our side is printed.
 * How good the points are is compared by src/tpe/tpe.peers.test.ts, in `npm run test:peers`.
 */
import { spawnSync } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { complete, compose, createSpace, real, root, startStudy, stream } from "@caviar-hpo/core";
import { tpeSampler } from "../dist/index.js";

const sizes = [30, 100, 300, 1000];
const asks = 20;
const space = createSpace(Array.from({ length: 10 }, (_, index) => [`x${index}`, real(-5, 5)]));
const problem = { space, objectives: [{ name: "value", goal: "minimize" }], constraints: [], fidelity: null, resumable: false };
const value = (config) => Object.values(config).reduce((sum, x) => sum + (x - 0.3) * (x - 0.3), 0);

/** Seconds of one ask and its tell after `size` results from elsewhere; the best of five studies, as the first ones are compiled. */
function ours(size) {
  let best = Infinity;
  for (let round = 0; round < 5; round++) {
    const study = startStudy({ problem, strategy: compose(complete, tpeSampler()), seed: round });
    const source = stream(root(round));
    for (let trial = 0; trial < size; trial++) {
      const config = Object.fromEntries(space.params.map(([name]) => [name, 10 * source.uniform() - 5]));
      study.observe(config, { values: [value(config)] });
    }
    const start = performance.now();
    for (let ask = 0; ask < asks; ask++) {
      const [job] = study.ask().jobs;
      study.tell(job.id, { values: [value(job.config)] });
    }
    best = Math.min(best, (performance.now() - start) / 1000 / asks);
  }
  return best;
}

/** Optuna's, the best of three; null without it. */
function optuna() {
  const question = `${JSON.stringify({ cost: { space: space.params, sizes, asks } })}\n`;
  const script = fileURLToPath(new URL("../golden/optunaTpe.py", import.meta.url));
  const { stdout, status } = spawnSync(process.env.CAVIAR_PYTHON || "python3", [script], { input: question.repeat(3), encoding: "utf8" });
  if (status !== 0) return null;
  const rounds = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  return { version: rounds[0].version, seconds: sizes.map((_, index) => Math.min(...rounds.map((round) => round.seconds[index]))) };
}

const print = (line) => process.stdout.write(`${line}\n`);
const milliseconds = (seconds) => `${(1000 * seconds).toFixed(2)} ms`;
print(`Node ${process.version}, ${cpus()[0].model}, ${cpus().length} processors, load ${loadavg()[0].toFixed(2)}`);
const theirs = optuna();
print(theirs === null ? "optuna: not there" : `Optuna ${theirs.version}`);
sizes.forEach((size, index) => {
  const mine = ours(size);
  const beside =
    theirs === null ? "" : `, Optuna ${milliseconds(theirs.seconds[index])}, ${(theirs.seconds[index] / mine).toFixed(1)} times as long`;
  print(`TPE, ask and tell, 10 reals, ${size} trials: ${milliseconds(mine)}${beside}`);
});
