/**
 * How long a report takes and how large it is: `npm run bench:report`, or with other numbers
 * `npm run bench:report -- --strategies 10 --problems 24 --seeds 20 --evaluations 100`. The goals are 20 seconds and 5 MB.
 */
import { parseArgs } from "node:util";
import { derive, root, stream } from "@caviar-hpo/core";
import { buildReport } from "@caviar-hpo/report";

const usual = { strategies: "10", problems: "24", seeds: "20", evaluations: "100" };
const options = Object.fromEntries(Object.entries(usual).map(([name, value]) => [name, { type: "string", default: value }]));
const { values } = parseArgs({ options: /** @type {any} */ (options) });
const [strategies, problems, seeds, evaluations] = Object.keys(usual).map((name) => Number(values[name]));
const most = { seconds: 20, bytes: 5e6 };

const results = campaign();
const before = process.cpuUsage();
const { html, markdown, json, files } = buildReport(results);
const { user, system } = process.cpuUsage(before);
const seconds = (user + system) / 1e6;

const pages = [{ name: "report.html", text: html }, { name: "report.md", text: markdown }, { name: "results.json", text: json }, ...files];
const sizes = new Map();
for (const { name, text } of pages) {
  const kind = name.replace(/[^/]*(?=\.[a-z]+$)/, (stem) => (name.includes("/") ? "*" : stem));
  sizes.set(kind, (sizes.get(kind) ?? 0) + Buffer.byteLength(text));
}
const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
console.log(`${strategies} strategies x ${problems} problems x ${seeds} seeds x ${evaluations} evaluations`);
console.log(`${seconds.toFixed(1)} s of CPU (goal: < ${most.seconds})`);
for (const [kind, size] of sizes) console.log(`${String(size).padStart(9)} bytes  ${kind}`);
console.log(`${String(bytes).padStart(9)} bytes  in all (goal: < ${most.bytes})`);
if (seconds > most.seconds || bytes > most.bytes) process.exitCode = 1;

/** Strategies whose regrets fall at different speeds, as powers of the evaluations. */
function campaign() {
  const numbers = (/** @type {number} */ count) => Array.from({ length: count }, (_, index) => index + 1);
  const cards = numbers(strategies).map((at) => ({
    label: at === 1 ? "random" : `strategy ${at}`,
    name: "random",
    version: 1,
    options: {},
    evaluationsPerStep: 1,
  }));
  const facts = numbers(problems).map((at) => ({
    id: `bbob-f${at}`,
    title: `BBOB f${at}`,
    dimensions: [2, 3, 5, 10][at % 4] ?? 5,
    optimum: 0,
    tolerance: 0,
    tags: ["unimodal"],
    source: "Hansen et al. 2009",
    budget: evaluations,
  }));
  return {
    name: "bench",
    title: "A bench of the report",
    question: "How long does a report take?",
    planHash: "0".repeat(64),
    dataHash: "1".repeat(64),
    command: "npm run bench:report",
    initialPoints: 5,
    noise: "none",
    strategies: cards,
    problems: facts,
    seeds: numbers(seeds),
    runs: facts.flatMap(({ id: problem }) =>
      cards.flatMap(({ label: strategy }, place) =>
        numbers(seeds).map((seed) => {
          const source = stream(derive(root("bench of the report"), problem, strategy, seed));
          const value = (/** @type {number} */ at) => source.uniform() * (at + 1) ** (-place / 8) * 100;
          return { problem, strategy, seed, values: Array.from({ length: evaluations }, (_, at) => value(at)) };
        }),
      ),
    ),
  };
}
