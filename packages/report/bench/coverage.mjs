/**
 * How often the intervals of the pages contain the true value, for 5 to 20 seeds. They should at the 95 % level. `--write` puts the numbers
 * into the table from which pages warn about few seeds. The goal is 93 to 97 % from 14 seeds on.
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { statistics } from "./coverageCases.mjs";
import { runAll } from "./pool.mjs";

const { values: options } = parseArgs({
  options: {
    replicates: { type: "string", default: "2000" },
    workers: { type: "string", default: String(cpus().length) },
    root: { type: "string", default: "coverage" },
    only: { type: "string" },
    write: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});
if (options.help) {
  process.stdout.write(`Usage: npm run bench:coverage -- [options]
  --replicates N   samples per number (2000)
  --workers N      threads (one per core)
  --root TEXT      the root of all random numbers (coverage)
  --only NAME      the statistics whose name contains this text
  --write          write the table that pages read
`);
  process.exit(0);
}

const replicates = Number(options.replicates);
const seedCounts = [5, 10, 14, 20];
const chunk = 100;
const tasks = statistics.flatMap(({ name, cases }, statistic) =>
  options.only !== undefined && !name.includes(options.only)
    ? []
    : cases.flatMap((_, place) =>
        seedCounts.flatMap((seeds) =>
          Array.from({ length: Math.ceil(replicates / chunk) }, (_task, part) => ({
            statistic,
            place,
            seeds,
            first: part * chunk,
            count: Math.min(chunk, replicates - part * chunk),
            root: options.root,
          })),
        ),
      ),
);
process.stderr.write(`Node ${process.version}, ${cpus()[0].model}, root "${options.root}", ${replicates} replicates\n`);
const covered = await runAll(new URL("coverageWorker.mjs", import.meta.url), tasks, Number(options.workers));

const counts = new Map();
tasks.forEach(({ statistic, place, seeds }, index) => {
  const id = `${statistic} ${place} ${seeds}`;
  counts.set(id, (counts.get(id) ?? 0) + covered[index]);
});
const rows = statistics.flatMap(({ name, cases }, statistic) =>
  cases.flatMap((one, place) =>
    counts.has(`${statistic} ${place} ${seedCounts[0]}`)
      ? [
          {
            statistic: name,
            problems: one.problems,
            data: one.name,
            coverage: seedCounts.map((seeds) => counts.get(`${statistic} ${place} ${seeds}`) / replicates),
          },
        ]
      : [],
  ),
);

const print = (cells) => process.stdout.write(`| ${cells.join(" | ")} |\n`);
print(["interval of", "problems", "data", ...seedCounts.map((seeds) => `n = ${seeds}`)]);
print(["---", "---", "---", ...seedCounts.map(() => "---")]);
for (const { statistic, problems, data, coverage } of rows) {
  print([statistic, problems, data, ...coverage.map((share) => (share === 0 ? "none" : (100 * share).toFixed(1)))]);
}
const enough = rows.flatMap(({ coverage }) => coverage.filter((_, place) => seedCounts[place] >= 14));
process.stdout.write(
  `\nFrom 14 seeds on, the numbers are between ${(100 * Math.min(...enough)).toFixed(1)} and ${(100 * Math.max(...enough)).toFixed(1)} %.\n`,
);
if (options.write) writeTable();

function writeTable() {
  const lines = rows.map(
    ({ statistic, problems, data, coverage }) =>
      `  { statistic: ${JSON.stringify(statistic)}, problems: ${problems}, data: ${JSON.stringify(data)}, coverage: [${coverage.join(", ")}] },`,
  );
  writeFileSync(
    new URL("../src/findings/measuredCoverage.ts", import.meta.url),
    `/**
 * How often intervals at the 95 % level contained the true value in simulations: ${replicates} samples for each number. Written by
 * \`npm run bench:coverage -- --write\`. 0 means that the interval does not exist for so few seeds.
 */

/** The numbers of seeds, in the order of \`coverage\`. Where the problems are the sample, they are numbers of problems. */
export const measuredSeeds: readonly number[] = [${seedCounts.join(", ")}];

export const measuredCoverage: readonly {
  readonly statistic: string;
  readonly problems: number;
  readonly data: string;
  readonly coverage: readonly number[];
}[] = [
${lines.join("\n")}
];
`,
  );
}
