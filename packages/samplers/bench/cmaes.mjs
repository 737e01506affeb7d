/**
 * CMA-ES against pycma and the package cmaes on BBOB: 1000 evaluations per dimension, the instances 1 to 15 with four seeds each, in 2 and
 * 5 dimensions. All three have the same first distribution, the same restarts (BIPOP) and no target. CAVIAR_PYTHON names an interpreter
 * with both packages.
 *
 *     node packages/samplers/bench/cmaes.mjs --write      runs what benchmarks/peers/cmaes.json does not have yet, and adds it
 *     node packages/samplers/bench/cmaes.mjs              prints the table of that file
 *
 * A run is judged by the area under its runtime profile: the mean over the targets 100, 10, ..., 1e-8 above the minimum of 1 - ln t / ln B,
 * where t is the evaluation that reached the target, of B in all; 0 for a target that was not reached.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createSpace, derive, real, root, startStudy, stream } from "@caviar-hpo/core";
import { bbob } from "@caviar-hpo/objectives/functions";
import { cmaesCard } from "@caviar-hpo/samplers";

/** At least two functions of each of BBOB's five groups, named before the first run. Those that end early come first. */
const functions = [1, 5, 6, 8, 10, 12, 3, 15, 21, 20];
const dimensions = [2, 5];
const instances = Array.from({ length: 15 }, (_, index) => index + 1);
const seeds = [1, 2, 3, 4];
const targets = Array.from({ length: 11 }, (_, index) => 10 ** (2 - index));
const engines = ["caviar", "pycma", "cmaes"];
const file = fileURLToPath(new URL("../../../benchmarks/peers/cmaes.json", import.meta.url));
const print = (line) => process.stdout.write(`${line}\n`);

/** Counts evaluations, and notes those that reach the next targets. */
function record(budget) {
  const hits = [];
  let evaluations = 0;
  return {
    hits,
    note(excess) {
      evaluations++;
      while (evaluations <= budget && hits.length < targets.length && excess <= targets[hits.length]) hits.push(evaluations);
    },
    get isOver() {
      return evaluations >= budget || hits.length === targets.length;
    },
  };
}

function runCaviar(fn, seed, budget) {
  const names = fn.bounds.map((_, axis) => `x${axis}`);
  const problem = {
    space: createSpace(names.map((name, axis) => [name, real(...fn.bounds[axis])])),
    objectives: [{ name: "value", goal: "minimize" }],
    constraints: [],
    fidelity: null,
    resumable: false,
  };
  const study = startStudy({ problem, strategy: cmaesCard.create(), seed });
  const run = record(budget);
  while (!run.isOver) {
    const [job] = study.ask().jobs;
    const value = fn.evaluate(Float64Array.from(names, (name) => job.config[name]));
    study.tell(job.id, { values: [value] });
    run.note(value - fn.optimum.value);
  }
  return run.hits;
}

/** All runs of a peer on one function in one dimension. */
async function runPeer(engine, runs, budget) {
  const child = spawn(process.env.CAVIAR_PYTHON || "python3", [fileURLToPath(new URL("cmaesPeers.py", import.meta.url))], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const send = (message) => child.stdin.write(`${JSON.stringify(message)}\n`);
  const records = runs.map(() => record(budget));
  send({
    engine,
    dimensions: runs[0].fn.bounds.length,
    seeds: runs.map(({ instance, seed }) => 1000 * instance + seed),
    optima: runs.map(({ fn }) => fn.optimum.value),
    budget,
    target: targets.at(-1),
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const message = JSON.parse(line);
    if (!Array.isArray(message)) return { ...message, hits: records.map(({ hits }) => hits) };
    const excesses = message.flatMap(([index, points]) =>
      points.map((point) => {
        const { fn } = runs[index];
        const excess = fn.evaluate(Float64Array.from(point)) - fn.optimum.value;
        records[index].note(excess);
        return excess;
      }),
    );
    send(excesses);
  }
  throw new Error(`${engine}: the process ended without a result`);
}

/** Adds the cells that are missing, and stores the results after each, so that a measurement can be interrupted. */
async function measure() {
  const stored = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
  const { version } = JSON.parse(readFileSync(fileURLToPath(new URL("../package.json", import.meta.url)), "utf8"));
  const results = stored ?? {
    node: process.version,
    machine: `${cpus()[0].model}, ${cpus().length} processors`,
    versions: { caviar: version },
    cpuSeconds: Object.fromEntries(engines.map((engine) => [engine, 0])),
    budgetPerDimension: 1000,
    instances,
    seeds,
    targets,
    cells: [],
  };
  const { cells, versions, cpuSeconds } = results;
  const wanted = dimensions.flatMap((dimension) => functions.map((number) => ({ dimension, number })));
  for (const { dimension, number } of wanted) {
    if (cells.some((cell) => cell.function === number && cell.dimension === dimension)) continue;
    const budget = 1000 * dimension;
    const runs = instances.flatMap((instance) => seeds.map((seed) => ({ instance, seed, fn: bbob(number, dimension, instance) })));
    const start = process.cpuUsage();
    const hits = { caviar: runs.map(({ fn, instance, seed }) => runCaviar(fn, 1000 * instance + seed, budget)) };
    const { user, system } = process.cpuUsage(start);
    cpuSeconds.caviar += (user + system) / 1e6;
    for (const engine of engines.slice(1)) {
      const result = await runPeer(engine, runs, budget);
      hits[engine] = result.hits;
      versions[engine] = result.version;
      cpuSeconds[engine] += result.cpuSeconds;
    }
    const cell = { function: number, dimension, hits };
    cells.push(cell);
    writeFileSync(file, `${JSON.stringify(results)}\n`);
    print(
      `f${number}, ${dimension} dimensions: ${engines.map((engine) => `${engine} ${mean(areas(cell, engine)).toFixed(3)}`).join(", ")}`,
    );
  }
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

function quantile(values, p) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = p * (sorted.length - 1);
  const below = Math.floor(place);
  return sorted[below] + (place - below) * ((sorted[below + 1] ?? sorted[below]) - sorted[below]);
}

/** One area per run. */
function areas({ dimension, hits }, engine) {
  const budget = 1000 * dimension;
  return hits[engine].map((run) => run.reduce((sum, at) => sum + 1 - Math.log(at) / Math.log(budget), 0) / targets.length);
}

/** Over all cells: the mean difference of the mean areas, and the mean of its size. */
function differences(table, one, other) {
  const each = table.map((cell) => mean(cell[one]) - mean(cell[other]));
  return { signed: mean(each), size: mean(each.map(Math.abs)) };
}

/** 1000 bootstrap samples, in which each cell draws its runs again, for all engines apart. */
function bootstrap(table, statistic) {
  const source = stream(derive(root("bench:cmaes"), "bootstrap"));
  const values = Array.from({ length: 1000 }, () =>
    statistic(
      table.map((cell) =>
        Object.fromEntries(engines.map((engine) => [engine, cell[engine].map(() => cell[engine][source.integer(cell[engine].length)])])),
      ),
    ),
  );
  return [quantile(values, 0.025), quantile(values, 0.975)];
}

function report({ cells, versions, node, machine, cpuSeconds }) {
  print(
    `Node ${node}, ${machine}; ${engines.map((engine) => `${engine} ${versions[engine]}, ${cpuSeconds[engine].toFixed(0)} s`).join("; ")}`,
  );
  print("| function | dimensions | caviar: median (quartiles), solved | pycma | cmaes |\n|---|---|---|---|---|");
  const table = cells.map((cell) => Object.fromEntries(engines.map((engine) => [engine, areas(cell, engine)])));
  cells.forEach((cell, index) => {
    const columns = engines.map((engine) => {
      const [low, middle, high] = [0.25, 0.5, 0.75].map((p) => quantile(table[index][engine], p).toFixed(3));
      return `${middle} (${low}, ${high}), ${cell.hits[engine].filter((run) => run.length === targets.length).length}`;
    });
    print(`| ${cell.function} | ${cell.dimension} | ${columns.join(" | ")} |`);
  });
  for (const [one, other] of [
    ["caviar", "pycma"],
    ["pycma", "cmaes"],
    ["caviar", "cmaes"],
  ]) {
    const { signed, size } = differences(table, one, other);
    const [a, b] = bootstrap(table, (sample) => differences(sample, one, other).signed);
    const [c, d] = bootstrap(table, (sample) => differences(sample, one, other).size);
    const show = (value) => value.toFixed(4);
    print(`${one} - ${other}: mean ${show(signed)} [${show(a)}, ${show(b)}], mean size ${show(size)} [${show(c)}, ${show(d)}]`);
  }
  const excess = (sample) => differences(sample, "caviar", "pycma").size - differences(sample, "pycma", "cmaes").size;
  print(
    `mean size for caviar and pycma, less that for pycma and cmaes: ${excess(table).toFixed(4)} [${bootstrap(table, excess)
      .map((one) => one.toFixed(4))
      .join(", ")}]`,
  );
}

if (process.argv.includes("--write")) await measure();
report(JSON.parse(readFileSync(file, "utf8")));
