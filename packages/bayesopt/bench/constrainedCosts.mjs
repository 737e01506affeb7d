/** What a suggestion costs under constraints, from a box that is all feasible to one of which a millionth is. */
import { constrain, createSpace, decodeFeasible, real, root, startStudy, stream } from "@caviar-hpo/core";
import { createStrategy } from "@caviar-hpo/tune";
import { short } from "./table.mjs";

const names = ["a", "b", "c", "d", "e", "f"];
/** Of the cube of six parameters, this part has a sum of at most `most`: most^6 / 720 up to 1, Irwin and Hall's distribution beyond. */
const parts = [
  { share: 1, most: null },
  { share: 1e-1, most: 2.0793 },
  { share: 1e-2, most: 1.3905 },
  ...[1e-3, 1e-4, 1e-5, 1e-6].map((share) => ({ share, most: (720 * share) ** (1 / 6) })),
];
const probes = 200_000;
const strategies = ["random", "tpe", "bayesopt"];

/**
 * Prints a row for each part, and returns them: CPU milliseconds of the first suggestion, with the start of the study, and the mean of
 * suggestions 21 to 40.
 */
export function suggestionCosts(print) {
  print(`feasible part   of ${probes} uniform points   CPU ms of a suggestion, mean of the 21st to the 40th (and of the first)`);
  print(`                                       ${strategies.map((name) => name.padEnd(22)).join("")}`);
  return parts.map(({ share, most }) => {
    const space = (seen) => constrain(createSpace(Object.fromEntries(names.map((name) => [name, real(0, 1)]))), seen);
    const where = most === null ? [] : [{ sum: names, max: most }];
    const accepted = acceptance(space(where));
    // A space of its own for each: the search for feasible points is made once a space.
    const costs = strategies.map((name) => costOf(name, space(where)));
    const cells = costs.map(({ mean, first }) => `${short(mean)} (${short(first).trim()})`.padEnd(22));
    print(`${String(share).padStart(13)}   ${accepted.toPrecision(3).padStart(22)}   ${cells.join("")}`);
    return { share, acceptance: accepted, costs: Object.fromEntries(strategies.map((name, at) => [name, costs[at]])) };
  });
}

function acceptance(space) {
  const source = stream(root("acceptance"));
  let accepted = 0;
  for (let probe = 0; probe < probes; probe++)
    if (decodeFeasible(space, Float64Array.from({ length: space.dims }, source.uniform)) !== null) accepted++;
  return accepted / probes;
}

function costOf(name, space) {
  const problem = { space, objectives: [{ name: "value", goal: "minimize" }], constraints: [], fidelity: null, resumable: false };
  const start = milliseconds();
  const study = startStudy({ problem, strategy: createStrategy(name, {}), seed: 1 });
  const target = (config) => names.reduce((sum, parameter, n) => sum + (config[parameter] - 0.1 * n) ** 2, 0);
  const times = [];
  for (let trial = 0; trial < 40; trial++) {
    const before = trial === 0 ? start : milliseconds();
    const [job] = study.ask().jobs;
    times.push(milliseconds() - before);
    study.tell(job.id, { values: [target(job.config)] });
  }
  return { first: times[0], mean: times.slice(20).reduce((sum, time) => sum + time, 0) / 20 };
}

function milliseconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
