/** The tables of `fidelityModels.mjs`: regrets with quartiles, and paired comparisons of freezeThaw with every other strategy. */
import { locationInterval } from "../../report/dist/statistics/locationInterval.js";
import { quartiles } from "../../report/dist/statistics/quartiles.js";
import { signedRank } from "../../report/dist/statistics/signedRank.js";

const ours = "freezeThaw";
/** The median regret of random configurations, by the construction of the simulated curves. */
const typicalRegret = 0.5;
/** Regrets below it count as equal. */
const floor = 1e-9;

const print = (line) => process.stdout.write(`${line}\n`);
const short = (value) => (value >= 0.001 ? value.toPrecision(2) : value.toExponential(0));

export function printTables(runs, checkpoints) {
  for (const problem of [...new Set(runs.map((run) => run.problem))]) {
    const own = runs.filter((run) => run.problem === problem);
    const strategies = [...new Set(own.map(({ strategy }) => strategy))];
    const seeds = [...new Set(own.map(({ seed }) => seed))].filter((seed) =>
      strategies.every((strategy) => own.some((run) => run.seed === seed && run.strategy === strategy)),
    );
    const regretsOf = (strategy, trainings) =>
      seeds.map((seed) => Math.max(floor, own.find((run) => run.seed === seed && run.strategy === strategy).regrets[trainings]));
    print(`\n**${problem}**, ${seeds.length} seeds: median regret (quartiles)\n`);
    header(["strategy", ...checkpoints]);
    for (const strategy of strategies) row([`\`${strategy}\``, ...checkpoints.map((trainings) => spread(regretsOf(strategy, trainings)))]);
    if (!strategies.includes(ours) || seeds.length < 6) continue;
    print(`\n${ours} compared with others: factor of the regret (95 % interval; p)\n`);
    header(["strategy", ...checkpoints]);
    for (const strategy of strategies.filter((name) => name !== ours))
      row([`\`${strategy}\``, ...checkpoints.map((trainings) => factor(regretsOf(ours, trainings), regretsOf(strategy, trainings)))]);
    print(
      `\nanchored regret less that of random, 95 % interval: ${checkpoints
        .map((trainings) => `${trainings}: ${difference(regretsOf(ours, trainings), regretsOf("random", trainings))}`)
        .join("; ")}`,
    );
    print(
      `CPU of a job of ${ours}: ${short(quartiles(own.filter(({ strategy }) => strategy === ours).map(({ milliseconds, jobs }) => milliseconds / jobs)).median)} ms`,
    );
  }
}

function header(cells) {
  row(cells);
  row(cells.map((_, index) => (index === 0 ? "---" : "---:")));
}

function row(cells) {
  print(`| ${cells.join(" | ")} |`);
}

function spread(values) {
  const { lower, median, upper } = quartiles(values);
  return `${short(median)} (${short(lower)} to ${short(upper)})`;
}

function factor(regrets, others) {
  const differences = regrets.map((regret, index) => Math.log10(regret / others[index]));
  const { value, interval } = locationInterval(differences);
  const back = (exponent) => short(10 ** exponent);
  return `${back(value)} [${back(interval.low)}, ${back(interval.high)}]; ${signedRank(differences).p.toPrecision(1)}`;
}

function difference(regrets, others) {
  const { value, interval } = locationInterval(regrets.map((regret, index) => (regret - others[index]) / typicalRegret));
  return `${value.toFixed(3)} [${interval.low.toFixed(3)}, ${interval.high.toFixed(3)}]`;
}
