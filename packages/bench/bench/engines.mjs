/**
 * How far a strategy is behind the single engines: `node packages/bench/bench/engines.mjs FOLDER[=LABEL] ... [--json FILE]` reads the
 * reports of campaigns, and prints a table of the engines for each. LABEL is the strategy in question (auto). With `--json`, it also
 * writes the numbers to FILE; without folders, it prints the tables of FILE.
 *
 * Of an engine on a problem, the table takes the median anchored regret over the seeds. It has the engine's anchored regret, the factor of
 * the strategy's to it, the same with the floor 1e-3, and the difference of the two in percent of a random point. Each is a Hodges-Lehmann
 * estimate over the problems, variants of one function counted once, with a 95 % interval for new problems; there is none for fewer than
 * six. Above 1, or above 0, the strategy is behind. Below the table are the problems on which it is behind the best engine by more than ten
 * percent of a random point.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { locationInterval } from "../../report/dist/statistics/locationInterval.js";
import { enginesTable } from "./enginesTable.mjs";

const { values: given, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: "string" } } });
const print = (line) => process.stdout.write(`${line}\n`);

const suites = positionals.length > 0 ? Object.fromEntries(positionals.map(suiteOf)) : JSON.parse(readFileSync(given.json, "utf8"));
if (positionals.length > 0 && given.json !== undefined) writeFileSync(given.json, `${JSON.stringify(suites, null, 2)}\n`);
for (const [name, suite] of Object.entries(suites)) {
  print(`\n${name}: ${suite.problems} problems, ${suite.blocks} runs of each engine\n\n${enginesTable(suite)}\n`);
  const listed = suite.behindOn.map(({ problem, best, percent }) => `${problem} (${percent.toFixed(0)} behind ${best})`);
  print(`Behind by more than 10 %: ${listed.length === 0 ? "on no problem" : listed.join(", ")}`);
}

/** The name of a campaign, and its numbers. */
function suiteOf(text) {
  const [folder, judged = "auto"] = text.split("=");
  const { name, problems, strategies, anchoredRegret, completeBlocks, origin } = JSON.parse(
    readFileSync(join(folder, "results.json"), "utf8"),
  );
  const groupOf = new Map(problems.map(({ problem, group }) => [problem, group ?? problem]));
  const medians = anchoredRegret.problems.map((one) => ({
    group: groupOf.get(one.problem),
    logs: Object.fromEntries(one.strategies.map(({ strategy, medianLog10AnchoredRegret }) => [strategy, medianLog10AnchoredRegret])),
  }));
  const engines = strategies
    .filter(({ twinOf }) => twinOf === undefined)
    .map(({ label }) => ({ strategy: label, ...numbersOf(medians, judged, label) }));
  const commits = [...new Set(origin.machines.map(({ commit }) => commit))];
  const behindOn = anchoredRegret.problems.flatMap(({ problem }, index) => behindAt(problem, medians[index].logs, judged, engines));
  return [name, { judged, problems: anchoredRegret.problemGroups, blocks: completeBlocks, commits, engines, behindOn }];
}

/** The problem with its best engine, if the strategy is behind that by more than ten percent of a random point. */
function behindAt(problem, logs, judged, engines) {
  const best = engines.reduce((least, { strategy }) => (logs[strategy] < logs[least] ? strategy : least), judged);
  const percent = 100 * (10 ** logs[judged] - 10 ** logs[best]);
  return percent > 10 ? [{ problem, best, percent }] : [];
}

function numbersOf(medians, judged, label) {
  const over = (measure) => overGroups(medians, ({ logs }) => measure(logs[judged], logs[label]));
  const anchored = powerOf(over((_, other) => other));
  if (label === judged) return { anchoredRegret: anchored };
  return {
    anchoredRegret: anchored,
    factor: powerOf(over((own, other) => own - other)),
    factorAbove1e3: powerOf(over((own, other) => Math.max(own, -3) - Math.max(other, -3))),
    percentBehind: over((own, other) => 100 * (10 ** own - 10 ** other)),
  };
}

/** The estimate over the groups of problems, each by its mean. */
function overGroups(medians, measure) {
  const groups = [...new Set(medians.map(({ group }) => group))];
  const means = groups.map((group) => {
    const values = medians.filter((one) => one.group === group).map(measure);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  });
  const { value, interval } = locationInterval(means);
  return { value, low: interval?.low ?? null, high: interval?.high ?? null };
}

function powerOf({ value, low, high }) {
  return { value: 10 ** value, low: low === null ? null : 10 ** low, high: high === null ? null : 10 ** high };
}
