/**
 * Prints the quality of Latin hypercube designs (squared centred discrepancy, lower is better; least distance, higher is better;
 * means over seeds) and the time of one design (median), and, where Python with SciPy is found, the same of its peers in the same
 * run, with each time as a ratio to SciPy's random-cd. Needs the built package. CAVIAR_PYTHON names the interpreter.
 *
 *   node packages/samplers/bench/latinHypercube.mjs [seeds]
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { root } from "@caviar-hpo/core";
import { centredDiscrepancy } from "../dist/discrepancy.js";
import { latinHypercube } from "../dist/latinHypercube/latinHypercube.js";

const cases = [
  [2, 16],
  [5, 16],
  [5, 64],
  [10, 64],
];
const seeds = Number(process.argv[2] ?? 20);
if (!Number.isInteger(seeds) || seeds < 1) throw new RangeError(`seeds: expected a whole number from 1, got ${process.argv[2]}.`);

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

function leastDistance(design, points, dimensions) {
  let least = Infinity;
  for (let i = 0; i < points; i++) {
    for (let j = 0; j < i; j++) {
      let squared = 0;
      for (let k = 0; k < dimensions; k++) squared += (design[i * dimensions + k] - design[j * dimensions + k]) ** 2;
      least = Math.min(least, squared);
    }
  }
  return Math.sqrt(least);
}

function measure(criterion, dimensions, points) {
  for (let warm = 0; warm < 3; warm++) latinHypercube(points, dimensions, root(`warm ${warm}`), { criterion });
  const runs = Array.from({ length: seeds }, (_, seed) => {
    const key = root(seed);
    const start = performance.now();
    const design = latinHypercube(points, dimensions, key, { criterion });
    const seconds = (performance.now() - start) / 1000;
    return { seconds, discrepancy: centredDiscrepancy(design, dimensions), distance: leastDistance(design, points, dimensions) };
  });
  return {
    name: criterion,
    dimensions,
    points,
    discrepancy: mean(runs.map((run) => run.discrepancy)),
    distance: mean(runs.map((run) => run.distance)),
    seconds: median(runs.map((run) => run.seconds)),
  };
}

function peers() {
  const script = fileURLToPath(new URL("latinHypercube.py", import.meta.url));
  const run = spawnSync(process.env.CAVIAR_PYTHON || "python3", [script], { input: JSON.stringify({ cases, seeds }), encoding: "utf8" });
  if (run.status === 0) return JSON.parse(run.stdout);
  const reason = run.error?.message ?? run.stderr.trim().split("\n").at(-1);
  console.log(`No comparison: Python with SciPy did not run (${reason}).\n`);
  return [];
}

const ours = cases.flatMap(([d, n]) => ["plain", "centredDiscrepancy", "maximin"].map((criterion) => measure(criterion, d, n)));
const theirs = peers();
console.log(`Means over ${seeds} seeds; time is the median of one design, and its ratio to SciPy random-cd.`);
console.log(" d   n  design               discrepancy  distance        ms     ratio");
for (const [d, n] of cases) {
  const rows = [...ours, ...theirs].filter((row) => row.dimensions === d && row.points === n);
  const reference = rows.find((row) => row.name === "SciPy random-cd")?.seconds;
  for (const row of rows) {
    const ratio = reference === undefined ? "-" : (row.seconds / reference).toPrecision(3);
    const numbers = [
      row.discrepancy.toPrecision(4).padStart(11),
      row.distance.toFixed(4).padStart(9),
      (1000 * row.seconds).toFixed(3).padStart(9),
    ];
    console.log(`${String(d).padStart(2)} ${String(n).padStart(3)}  ${row.name.padEnd(20)} ${numbers.join(" ")} ${ratio.padStart(9)}`);
  }
}
