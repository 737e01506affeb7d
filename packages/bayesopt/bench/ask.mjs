/**
 * What an ask costs: `npm run bench:ask -- [options]` builds and prints the mean CPU of 30 consecutive asks, with their tells, refits
 * included, on the sphere without noise, for studies of so many finished trials; also Optuna's GPSampler and BoTorch in the same run
 * where CAVIAR_PYTHON (default python3) has them. Each cell has a process of its own, warmed up on a small study, one after the other.
 */
import { fork } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { contenderOf } from "./contenders.mjs";
import { mean, quantile } from "./statistics.mjs";

const usage = `options
  --strategy NAME   as of bench:bayesopt (bayesopt)
  --only TEXT       one case, such as n=300; may be repeated
  --no-peers        without Python
  --memory          the memory of one ask at 5000 trials too, which takes long
`;
const { values: given } = parseArgs({
  options: {
    strategy: { type: "string", default: "bayesopt" },
    only: { type: "string", multiple: true, default: [] },
    "no-peers": { type: "boolean", default: false },
    memory: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
const print = (line) => process.stdout.write(`${line}\n`);

/** `peerAsks`: fewer where a peer's ask takes seconds. */
const cases = [
  { dimensions: 5, count: 100, target: 20, peerAsks: 30 },
  { dimensions: 5, count: 300, target: 25, peerAsks: 10 },
  { dimensions: 5, count: 1000, target: 80, peerAsks: 3 },
  { dimensions: 20, count: 200, target: 150, peerAsks: 10 },
].map((one) => ({ ...one, name: `${one.dimensions}-D n=${one.count}` }));
const peers = ["peer:optuna-gp-deterministic", "peer:optuna-gp", "peer:botorch"];
const asks = 30;

if (given.help) print(usage);
else await measure();

async function measure() {
  print(`Node ${process.version}, ${cpus()[0].model}, ${cpus().length} processors, load ${loadavg()[0].toFixed(2)}`);
  print(`${given.strategy}: CPU ms of an ask with its tell, ${asks} consecutive ones, sphere without noise\n`);
  const own = contenderOf(given.strategy);
  const means = new Map();
  for (const one of cases.filter(
    ({ name }) => given.only.length === 0 || given.only.some((text) => name === text || name.endsWith(` ${text}`)),
  )) {
    const { costs, maxResidentMegabytes, error } = await inChild({ ...one, contender: own, asks });
    if (error !== undefined) {
      print(`${one.name.padEnd(13)} FAILED: ${error}`);
      process.exitCode = 1;
      continue;
    }
    const cost = mean(costs);
    means.set(one.name, { mean: cost, median: quantile(costs, 0.5) });
    print(
      `${one.name.padEnd(13)} mean ${milliseconds(cost)} <= ${String(one.target).padStart(4)} ${cost <= one.target ? "pass" : "FAIL"}   median ${milliseconds(quantile(costs, 0.5))}   most ${milliseconds(Math.max(...costs))}   memory ${maxResidentMegabytes.toFixed(0)} MB`,
    );
    if (!given["no-peers"]) for (const name of peers) await compare(name, one, cost);
  }
  const growth = (small, large, key) => Math.log(means.get(large)[key] / means.get(small)[key]) / Math.log(count(large) / count(small));
  for (const [small, large] of [
    ["5-D n=100", "5-D n=300"],
    ["5-D n=300", "5-D n=1000"],
  ]) {
    if (!means.has(small) || !means.has(large)) continue;
    print(
      `\n${small} to ${large}: the mean grows as n^${growth(small, large, "mean").toFixed(2)}, the median as n^${growth(small, large, "median").toFixed(2)}`,
    );
  }
  if (given.only.length === 0) {
    const { predictionCosts } = await import("./predictions.mjs");
    const { means: alone, both } = predictionCosts();
    const verdict = (value, target) => `${milliseconds(value)} <= ${String(target).padStart(4)} ${value <= target ? "pass" : "FAIL"}`;
    print(`\n1,000 predictions from n=1000: means ${verdict(alone, 10)}, with variances ${verdict(both, 110)}`);
  }
  if (!given.memory) return;
  const { error, costs, maxResidentMegabytes } = await inChild({ contender: own, dimensions: 5, count: 5000, asks: 1 });
  if (error === undefined) {
    print(
      `\n5-D n=5000: ${maxResidentMegabytes.toFixed(0)} MB at most <= 600 ${maxResidentMegabytes <= 600 ? "pass" : "FAIL"}, ${milliseconds(costs[0])} an ask`,
    );
  } else {
    print(`\n5-D n=5000 FAILED: ${error}`);
    process.exitCode = 1;
  }
}

async function compare(name, { dimensions, count, peerAsks }, cost) {
  const result = await inChild({ contender: contenderOf(name), dimensions, count, asks: peerAsks });
  const label = `${"".padEnd(13)}   ${name.slice("peer:".length).padEnd(24)}`;
  if (result.error !== undefined) print(`${label} not measured: ${result.error.split("\n")[0]}`);
  else {
    const theirs = mean(result.costs);
    const aim = name.startsWith("peer:optuna") ? `, aim <= 0.25` : "";
    print(`${label} mean ${milliseconds(theirs)} of ${peerAsks}   ours is ${(cost / theirs).toFixed(3)} x of it${aim}`);
  }
}

function inChild(task) {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL("askWorker.mjs", import.meta.url)));
    child.on("message", ({ result }) => {
      child.disconnect();
      resolve(result);
    });
    child.on("exit", (code) => reject(new Error(`the worker ended with code ${code}`)));
    child.send(task);
  });
}

function count(name) {
  return Number(name.split("=")[1]);
}

function milliseconds(value) {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`.padStart(9);
}
