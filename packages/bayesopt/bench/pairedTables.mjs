/** Tables of runs in pairs: quartiles of each arm, and what separates it from a reference on the same problems and seeds. */
import { locationInterval } from "../../report/dist/statistics/locationInterval.js";
import { signedRank } from "../../report/dist/statistics/signedRank.js";
import { quantile } from "./statistics.mjs";

const print = (line) => process.stdout.write(`${line}\n`);
const number = (value) => (value >= 0.01 && value < 1000 ? value.toPrecision(2) : value.toExponential(1));
/**
 * @param runs each has `suite`, `problem`, `seed`, `arm`, and `regrets`, one per checkpoint. For each suite and checkpoint, a row per arm:
 * the median and quartiles of its regret, and the factor by which it differs from `reference`: the Hodges-Lehmann estimate with its 95 %
 * interval, and the p of the signed-rank test.
 * Regrets below `floor` count as `floor`.
 */
export function printPairs(runs, checkpoints, reference, floor = 1e-9) {
  for (const suite of new Set(runs.map((run) => run.suite))) {
    const own = runs.filter((run) => run.suite === suite);
    const arms = [...new Set(own.map(({ arm }) => arm))];
    for (const problem of [...new Set(own.map((run) => run.problem)), "all"]) {
      print(`\n${suite}, ${problem}\n`);
      checkpoints.forEach((at, index) => {
        for (const arm of arms)
          print(
            row(
              own.filter((run) => problem === "all" || run.problem === problem),
              { at, index, arm, reference, floor },
            ),
          );
      });
    }
  }
}

function row(runs, { at, index, arm, reference, floor }) {
  const of = (name) => runs.filter((run) => run.arm === name && run.regrets[index] !== null);
  const regrets = of(arm).map((run) => run.regrets[index]);
  if (regrets.length === 0) return `| ${at} | ${arm} | |`;
  const quartiles = [0.5, 0.25, 0.75].map((p) => number(quantile(regrets, p)));
  const twins = new Map(of(reference).map((run) => [`${run.problem} ${run.seed}`, run.regrets[index]]));
  const logs = of(arm).flatMap((run) => {
    const twin = twins.get(`${run.problem} ${run.seed}`);
    return twin === undefined ? [] : [Math.log(Math.max(floor, run.regrets[index])) - Math.log(Math.max(floor, twin))];
  });
  const start = `| ${at} | ${arm} | ${quartiles[0]} (${quartiles[1]} to ${quartiles[2]}) |`;
  if (arm === reference || logs.length === 0) return start;
  const { value, interval } = locationInterval(logs);
  const factor = [value, ...(interval === null ? [] : [interval.low, interval.high])].map((log) => number(Math.exp(log)));
  const estimate = interval === null ? factor[0] : `${factor[0]} [${factor[1]}, ${factor[2]}]`;
  const { p } = signedRank(logs);
  const better = logs.filter((one) => one < 0).length;
  const worse = logs.filter((one) => one > 0).length;
  return `${start} ${estimate} | ${better}, ${worse} of ${logs.length} | ${p.toPrecision(1)} |`;
}
