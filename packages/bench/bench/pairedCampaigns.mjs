/**
 * One strategy before and after a change: `node packages/bench/bench/pairedCampaigns.mjs NAME=BEFORE,AFTER ... [options]` compares two
 * campaigns of one plan, run by two builds, seed by seed, and prints a row for each name and checkpoint.
 *
 *   --strategy LABEL   the strategy that is compared (bayesopt)
 *   --at A,B           checkpoints, in trials (20,50)
 *   --json FILE        adds the best values at the checkpoints to FILE, from which the rows are printed again if no campaign is given
 *   --about TEXT       what the campaigns were, for FILE
 *
 * Regret counts from the best value that any of the compared runs found on the problem. Its unit is the median regret of the first trials,
 * and what is below 1e-9 of that unit counts as equal.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { quantile } from "../../bayesopt/bench/statistics.mjs";
import { signedRank } from "../../report/dist/statistics/signedRank.js";

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    strategy: { type: "string", default: "bayesopt" },
    at: { type: "string", default: "20,50" },
    json: { type: "string" },
    about: { type: "string", default: "" },
  },
});
const checkpoints = given.at.split(",").map(Number);
const file = given.json !== undefined && existsSync(given.json) ? JSON.parse(readFileSync(given.json, "utf8")) : { groups: {} };
const { about = given.about, groups: known } = file;
for (const text of positionals) {
  const [name, folders] = text.split("=");
  const [before, after] = folders.split(",").map(runsOf);
  known[name] = Object.entries(before).flatMap(([id, values]) =>
    after[id] === undefined
      ? []
      : [{ run: id, first: Number(values[0].toPrecision(12)), before: bestsOf(values), after: bestsOf(after[id]) }],
  );
}
if (given.json !== undefined && positionals.length > 0) {
  const groups = Object.entries(known).map(
    ([name, pairs]) => `${JSON.stringify(name)}: [\n${pairs.map((pair) => JSON.stringify(pair)).join(",\n")}\n]`,
  );
  writeFileSync(given.json, `{ "about": ${JSON.stringify(about)},\n"groups": {\n${groups.join(",\n")}\n}}\n`);
}
process.stdout.write(
  "group     trials  pairs  log10 regret before: median [quartiles]   after              equal  after better, worse  p\n",
);
for (const [name, pairs] of Object.entries(known)) for (const at of Object.keys(pairs[0].before)) printRow(name, pairs, at);

/** The values of each run, by `problem seed`. */
function runsOf(folder) {
  const runs = {};
  for (const problem of readdirSync(join(folder, "runs"))) {
    const own = join(folder, "runs", problem, given.strategy);
    for (const file of readdirSync(own)) {
      const lines = readFileSync(join(own, file), "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      runs[`${problem} ${file.replace(".jsonl", "")}`] = lines.map(({ value }) => value).filter((value) => value !== undefined);
    }
  }
  return runs;
}

/** The best value at each checkpoint. Values are minimised. */
function bestsOf(values) {
  const reached = checkpoints.filter((at) => at <= values.length);
  return Object.fromEntries(reached.map((at) => [at, Number(Math.min(...values.slice(0, at)).toPrecision(12))]));
}

function printRow(name, pairs, at) {
  const problemOf = ({ run }) => run.split(" ")[0];
  const logs = pairs.map((pair) => {
    const rivals = pairs.filter((other) => problemOf(other) === problemOf(pair));
    const base = Math.min(...rivals.flatMap(({ before, after }) => [...Object.values(before), ...Object.values(after)]));
    const unit = quantile(
      rivals.map(({ first }) => first - base),
      0.5,
    );
    const log = (value) => Math.log10(Math.max((value - base) / unit, 1e-9));
    return { before: log(pair.before[at]), after: log(pair.after[at]) };
  });
  const differences = logs.map(({ before, after }) => after - before);
  const summary = (values) => [0.5, 0.25, 0.75].map((share) => quantile(values, share).toFixed(2));
  const cell = (values) => {
    const [median, low, high] = summary(values);
    return `${median} [${low}, ${high}]`;
  };
  const [better, worse] = [differences.filter((one) => one < 0).length, differences.filter((one) => one > 0).length];
  const row = [
    name.padEnd(10),
    at.padStart(5),
    String(pairs.length).padStart(6),
    cell(logs.map(({ before }) => before)).padStart(40),
    cell(logs.map(({ after }) => after)).padStart(22),
    String(pairs.length - better - worse).padStart(6),
    `${better}, ${worse}`.padStart(10),
    signedRank(differences).p.toPrecision(2).padStart(10),
  ];
  process.stdout.write(`${row.join(" ")}\n`);
}
