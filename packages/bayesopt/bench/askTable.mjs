/** The table of docs/benchmarks.md with what an ask costs, from the results of ask.mjs. */

const columns = [
  ["`bayesopt`", "bayesopt"],
  ["`tpe`", "tpe"],
  ["`cmaes`", "cmaes"],
  ["Optuna's `TPESampler`", "peer:optuna-tpe"],
  ["pycma", "peer:pycma"],
  ["Optuna's `GPSampler`, exact values", "peer:optuna-gp-deterministic"],
  ["BoTorch", "peer:botorch"],
];
const ratios = [
  ["`bayesopt` ÷ Optuna's GP", "peer:optuna-gp-deterministic"],
  ["÷ BoTorch", "peer:botorch"],
];

/** A row for each case that was measured, with the means in milliseconds. What was not measured is a dash. */
export function askTable({ cases }) {
  const rows = Object.entries(cases).map(([name, costs]) => {
    const [, dimensions, trials] = /^(\d+)-D n=(\d+)$/.exec(name);
    const means = columns.map(([, strategy]) => show(costs[strategy]?.mean));
    const quotients = ratios.map(([, peer]) => show(costs.bayesopt.mean / costs[peer]?.mean));
    return [`${dimensions}, ${Number(trials).toLocaleString("en")}`, ...means, ...quotients];
  });
  const head = ["parameters, trials", ...[...columns, ...ratios].map(([title]) => title)];
  return [head, ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .toSpliced(1, 0, `|${head.map(() => "---|").join("")}`)
    .join("\n");
}

function show(value) {
  return Number.isFinite(value) ? String(Number(value.toPrecision(2))) : "–";
}
