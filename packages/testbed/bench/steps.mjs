/**
 * Training steps per second of a multilayer perceptron with batch normalisation and Adam, compared with TensorFlow.js and PyTorch in the
 * same run: `npm run bench:testbed` builds and prints them. Each contender is a process of one thread, and they take turns; what is
 * compared is the median over rounds of steps per second of processor time. For Caviar, the bytes of heap that a step takes are shown too.
 * The loss is read after each step. Caviar also collects each mini-batch from the data, the others train on one that lies ready.
 *
 * Peers: `npm ci --prefix benchmarks/peers/tensorflowjs`, and PyTorch in the Python that CAVIAR_PYTHON names (default python3). Arguments:
 * processor seconds of a turn (2), rounds (3).
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";

const [seconds = "2", rounds = "3", task = ""] = process.argv.slice(2);
const peers = fileURLToPath(new URL("../../../benchmarks/peers/", import.meta.url));
const python = process.env.CAVIAR_PYTHON || "python3";
const print = (line) => process.stdout.write(`${line}\n`);

/** `targets`: what Caviar's steps should be at least, as a multiple of the peer's. */
const cases = [
  { shape: "784,64,64,10", batch: 64, targets: { tensorflow: 3, pytorch: 0.5 } },
  { shape: "196,32,32,10", batch: 64, targets: { pytorch: 1 } },
];

if (task === "") compare();
else await train(task.split(",").map(Number), 64);

function compare() {
  print(`Node ${process.version}, ${cpus()[0].model}, ${cpus().length} processors, load ${loadavg()[0].toFixed(2)}`);
  for (const { shape, batch, targets } of cases) {
    print(
      `\n${shape.replaceAll(",", "-")}, batch norm, relu, Adam, batch ${batch}: steps per second of processor time, median of ${rounds} rounds`,
    );
    const measured = new Map();
    for (let round = 0; round < Number(rounds); round++) {
      for (const [name, result] of contenders(shape, batch)) measured.set(name, [...(measured.get(name) ?? []), result]);
    }
    const medians = new Map([...measured].map(([name, results]) => [name, median(results.map(({ stepsPerSecond }) => stepsPerSecond))]));
    for (const [name, results] of measured) {
      const all = results.map(({ stepsPerSecond }) => stepsPerSecond);
      print(
        `${name.padEnd(28)} ${median(all).toFixed(0).padStart(6)}   ${Math.min(...all).toFixed(0)} to ${Math.max(...all).toFixed(0)}   ${learnt(results[0])}   ${results[0].note}`,
      );
    }
    const own = medians.get("Caviar float32") ?? NaN;
    for (const [peer, least] of Object.entries(targets)) {
      const best = Math.max(...[...medians].filter(([name]) => name.toLowerCase().startsWith(peer)).map(([, value]) => value));
      const ratio = own / best;
      print(
        best === -Infinity
          ? `${peer}: not there`
          : `Caviar / best ${peer}: ${ratio.toFixed(2)} >= ${least} ${ratio >= least ? "pass" : "FAIL"}`,
      );
    }
  }
}

/** One turn of each contender that is installed. */
function contenders(shape, batch) {
  const own = run(process.execPath, ["--expose-gc", fileURLToPath(import.meta.url), seconds, "1", shape]);
  const found = [["Caviar float32", { ...own, note: `${own.heapBytes.toFixed(0)} bytes of heap per step` }]];
  if (existsSync(`${peers}tensorflowjs/node_modules`)) {
    for (const backend of ["wasm", "cpu"])
      found.push([
        `TensorFlow.js ${backend}`,
        run(process.execPath, [`${peers}tensorflowjs/steps.mjs`, backend, shape, `${batch}`, seconds]),
      ]);
  }
  if (spawnSync(python, ["-c", "import torch"], { stdio: "ignore" }).status === 0) {
    const { version, blas, plain, fused } = run(python, [`${peers}pytorch_steps.py`, shape, `${batch}`, seconds]);
    found.push(["PyTorch", { ...plain, note: `${version}, ${blas}` }], ["PyTorch, fused Adam", { ...fused, note: version }]);
  }
  return found;
}

/** That all do the work: each fits its rows, so that the loss falls. */
function learnt({ first, last }) {
  if (!(last < first)) throw new Error(`a contender does not learn: its loss went from ${first} to ${last}`);
  return `loss ${first.toFixed(2)} to ${last.toPrecision(1)}`;
}

function run(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`);
  const result = JSON.parse(stdout.trim().split("\n").at(-1));
  return { ...result, note: result.version ?? "" };
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}

/** Caviar's own turn. */
async function train(units, batch) {
  const { root, stream } = await import("@caviar-hpo/core");
  const { float32Operations } = await import("@caviar-hpo/numerics/network");
  const { createTrainer } = await import("../dist/index.js");
  const n = 20 * batch;
  const source = stream(root("steps"));
  const examples = {
    n,
    d: units[0],
    inputs: Float32Array.from({ length: n * units[0] }, () => source.uniform()),
    labels: Float32Array.from({ length: n }, (_, row) => row % units.at(-1)),
  };
  const architecture = { inputs: units[0], hidden: units.slice(1, -1), outputs: units.at(-1), batchNorm: { convention: "pytorch" } };
  const trainer = createTrainer({
    architecture,
    settings: { batchSize: batch },
    examples,
    key: root("steps"),
    operations: float32Operations,
  });
  const first = trainer.step();
  for (let warm = 0; warm < 20; warm++) trainer.step();
  const cpuSeconds = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  const start = cpuSeconds();
  let steps = 0;
  let last = first;
  while (cpuSeconds() - start < Number(seconds)) {
    last = trainer.step();
    steps++;
  }
  const stepsPerSecond = steps / (cpuSeconds() - start);
  print(JSON.stringify({ stepsPerSecond, first, last, heapBytes: heapBytesPerStep(trainer) }));
}

/** The least of several counts, since other parts of the process use the heap too. */
function heapBytesPerStep(trainer) {
  const steps = 20;
  const counts = Array.from({ length: 5 }, () => {
    globalThis.gc();
    const before = process.memoryUsage().heapUsed;
    for (let step = 0; step < steps; step++) trainer.step();
    return (process.memoryUsage().heapUsed - before) / steps;
  });
  return Math.min(...counts);
}
