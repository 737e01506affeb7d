/**
 * Caviar and Optuna on one task: the seven hyperparameters of `digits-course`, up to 27 epochs for a training. Every search may train as
 * many epochs in all. Prints what each has found, and how that differs between seeds.
 *
 * `npm run bench:digits -- --seeds 10 --epochs 270 --out FILE`. The searches in FILE are not run again. CAVIAR_PYTHON names an interpreter
 * with Optuna; it is python3 by default.
 */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { loadTask, openRun } from "@caviar-hpo/testbed";
import { searches } from "./digitsRuns.mjs";

const { values: given } = parseArgs({
  options: { seeds: { type: "string", default: "10" }, epochs: { type: "string", default: "270" }, out: { type: "string" } },
});
const [seeds, epochs] = [Number(given.seeds), Number(given.epochs)];
const budgets = [epochs / 3, epochs];
const print = (line) => process.stdout.write(`${line}\n`);
const judge = openRun(await loadTask("digits-course"));

const records =
  given.out !== undefined && existsSync(given.out)
    ? readFileSync(given.out, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line))
    : [];
for (let seed = 1; seed <= seeds; seed++) {
  for (const [name, search] of Object.entries(searches)) {
    if (records.some((one) => one.name === name && one.seed === seed && one.epochs === epochs)) continue;
    const trained = await search(seed, epochs);
    const found = budgets.map((budget) => bestOf(trained.slice(0, budget)));
    const record = {
      name,
      seed,
      epochs,
      trained: trained.length,
      configurations: new Set(trained.map(({ trial }) => trial)).size,
      validation: found.map(({ value }) => value),
      test: found.map(({ config }) => judge.score(config)),
    };
    records.push(record);
    if (given.out !== undefined) appendFileSync(given.out, `${JSON.stringify(record)}\n`);
  }
}

print(`Node ${process.version}, ${cpus()[0].model}, ${cpus().length} processors, load ${loadavg()[0].toFixed(2)}`);
const own = records.filter((one) => one.epochs === epochs && one.seed <= seeds);
print(`seeds ${[...new Set(own.map(({ seed }) => seed))].sort((a, b) => a - b).join(", ")}; median (lowest to highest)\n`);
print(
  `| search | configurations | ${budgets.map((budget) => `validation error, ${budget} epochs`).join(" | ")} | test error, ${epochs} epochs |`,
);
print("|---|---|---|---|---|");
for (const name of Object.keys(searches)) {
  const runs = own.filter((one) => one.name === name);
  const cells = [
    spread(runs.map(({ configurations }) => configurations)),
    ...budgets.map((_, index) => spread(runs.map(({ validation }) => validation[index]))),
    spread(runs.map(({ test }) => test.at(-1) ?? 1)),
  ];
  print(`| ${name} | ${cells.join(" | ")} |`);
}

/** The epoch with the lowest error on the validation rows. This rule is the same for every search. */
function bestOf(trained) {
  return trained.filter(({ value }) => value !== null).reduce((best, one) => (one.value < best.value ? one : best));
}

function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
  const text = (value) =>
    Number.isInteger(value) && value > 1 ? String(value) : value > 1 ? value.toFixed(1) : value.toFixed(4).replace(/^0/, "");
  return `${text(middle)} (${text(sorted[0])} to ${text(sorted.at(-1))})`;
}
