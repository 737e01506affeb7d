/**
 * Joins the files that `bench:constrained -- --json FILE` wrote into one, and prints its table in Markdown:
 * `node packages/bayesopt/bench/constrainedResults.mjs OUT FILE ...`. Runs that several files have count once, the last one.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { constrainedProblems } from "./constrainedProblems.mjs";
import { quantile, signTest } from "./statistics.mjs";

const checkpoints = [20, 40, 60];
const [out, ...files] = process.argv.slice(2);
const parts = files.map((file) => JSON.parse(readFileSync(file, "utf8")));
const runs = new Map();
for (const { records = [] } of parts)
  for (const record of records) runs.set(`${record.problem} ${record.contender} ${record.seed}`, shortened(record));
const records = [...runs.values()];
const versions = Object.assign({}, ...parts.map((part) => part.versions ?? {}));
const costs = parts.findLast((part) => part.costs !== undefined)?.costs;
const { node, machine } = parts.findLast((part) => part.machine !== undefined);
const results = { node, machine, versions, budget: 60, checkpoints, records, ...(costs !== undefined && { costs }) };
writeFileSync(out, `${JSON.stringify(results, null, 1)}\n`);
process.stdout.write(`${table()}\n`);

/** The regrets at the checkpoints; null where nothing feasible was proposed. */
function shortened({ problem, contender, seed, regrets, proposals, milliseconds, evaluations = regrets.length }) {
  const at =
    regrets.length === checkpoints.length && evaluations > regrets.length
      ? regrets
      : checkpoints.map((n) => regrets[Math.min(n, regrets.length) - 1] ?? null);
  return { problem, contender, seed, evaluations, regrets: at, proposals, milliseconds };
}

function table() {
  const contenders = [...new Set(records.map(({ contender }) => contender))];
  const head = ["problem", ...contenders.map((name) => name.replace("peer:", ""))];
  const rows = constrainedProblems.map(({ id }) => [id, ...contenders.map((name) => cell(id, name))]);
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Median [quartiles], proposals for each evaluation, and the sign test of bayesopt against it. */
function cell(problem, contender) {
  const own = of(problem, contender);
  if (own.length === 0) return "–";
  const last = own.map(({ regrets }) => regrets.at(-1) ?? Infinity);
  const [lower, median, upper] = [0.25, 0.5, 0.75].map((share) => quantile(last, share));
  if (median === Infinity) return "nothing feasible";
  const shared = own.reduce((sum, one) => sum + one.proposals, 0) / own.reduce((sum, one) => sum + one.evaluations, 0);
  const pairs = own.map((one) => [
    of(problem, "bayesopt")
      .find(({ seed }) => seed === one.seed)
      ?.regrets.at(-1),
    one.regrets.at(-1) ?? Infinity,
  ]);
  const [wins, losses] = [pairs.filter(([a, b]) => a < b - 1e-9).length, pairs.filter(([a, b]) => b < a - 1e-9).length];
  const test =
    contender === "bayesopt" ? "" : `, ${wins}:${losses}${wins + losses > 4 ? ` p ${signTest(wins, losses).toPrecision(1)}` : ""}`;
  const seeds = own.length < 10 ? `, ${own.length} seeds` : "";
  return `${number(median)} [${number(lower)}, ${number(upper)}]${shared > 1 ? `, ${shared.toPrecision(2)} proposals each` : ""}${test}${seeds}`;
}

function of(problem, contender) {
  return records.filter((record) => record.problem === problem && record.contender === contender);
}

/** Below a billionth a regret is the rounding of the optimum, or the tolerance of an equality. */
function number(value) {
  return Math.abs(value) < 1e-9 ? "0" : String(Number(value.toPrecision(2)));
}
