/**
 * What compares two files of results pair by pair. A line of a file is { set, problem, seed, at: [[budget, value, share], ...] }, where
 * `share` is the share of random points of the problem that are better, with one added to their number.
 */
import { readFileSync } from "node:fs";
import { root, stream } from "@caviar-hpo/core";

/** @param anchors the values of random points, ascending. */
export function shareAmong(anchors) {
  return (best) => {
    let [low, high] = [0, anchors.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (anchors[middle] < best) low = middle + 1;
      else high = middle;
    }
    return (low + 1) / (anchors.length + 1);
  };
}

/**
 * Prints, for each set and budget, the geometric mean of the ratios of shares, the second file to the first: over the seeds of a problem
 * and then over the problems; a bootstrap interval, in which each problem draws its seeds again; the quartiles of both files; and
 * Wilcoxon's signed-rank test of all pairs.
 */
export function compare(before, after) {
  const earlier = new Map(recordsOf(before).map((record) => [cellOf(record), record]));
  const later = recordsOf(after).filter((record) => earlier.has(cellOf(record)));
  print("| set | budget | pairs | before | after | factor | better, worse | p |\n|---|---|---|---|---|---|---|---|");
  for (const set of new Set(later.map((record) => record.set))) {
    const own = later.filter((record) => record.set === set);
    for (const [index, [budget]] of own[0].at.entries()) {
      const pairs = own.map((record) => ({
        problem: record.problem,
        shares: [earlier.get(cellOf(record)), record].map(({ at }) => at[index][2]),
      }));
      print(`| ${set} | ${budget} | ${summaryOf(pairs)} |`);
    }
  }
}

const print = (line) => process.stdout.write(`${line}\n`);
const cellOf = ({ problem, seed }) => `${problem} ${seed}`;

function recordsOf(path) {
  const lines = readFileSync(path, "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line));
}

const mean = (values) => values.reduce((sum, one) => sum + one, 0) / values.length;

function summaryOf(pairs) {
  const groups = [...new Set(pairs.map(({ problem }) => problem))].map((problem) =>
    pairs.filter((pair) => pair.problem === problem).map(({ shares: [before, after] }) => Math.log(after / before)),
  );
  const source = stream(root("bootstrap"));
  const resamples = Array.from({ length: 2000 }, () =>
    mean(groups.map((group) => mean(group.map(() => group[source.integer(group.length)])))),
  );
  resamples.sort((a, b) => a - b);
  const [low, high] = [resamples[49], resamples[1949]].map((one) => Math.exp(one).toFixed(2));
  const logs = groups.flat();
  const counts = [logs.filter((one) => one < 0).length, logs.filter((one) => one > 0).length];
  const cells = [
    `${logs.length} on ${groups.length} problems`,
    ...[0, 1].map((side) => quartilesOf(pairs.map(({ shares }) => shares[side]))),
    `${Math.exp(mean(groups.map(mean))).toFixed(2)} [${low}, ${high}]`,
    counts.join(", "),
    signedRankTest(logs).toPrecision(2),
  ];
  return cells.join(" | ");
}

/** The median and, in brackets, the quartiles. */
function quartilesOf(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => sorted[Math.floor(share * (sorted.length - 1))].toPrecision(2));
  return `${middle} [${low}, ${high}]`;
}

/** Two-sided p value by the normal approximation with midranks, zeros left out. */
function signedRankTest(differences) {
  const nonzero = differences.filter((one) => one !== 0).sort((a, b) => Math.abs(a) - Math.abs(b));
  const n = nonzero.length;
  let [positive, ties] = [0, 0];
  for (let start = 0; start < n; ) {
    let end = start;
    while (end < n && Math.abs(nonzero[end]) === Math.abs(nonzero[start])) end++;
    positive += ((start + 1 + end) / 2) * nonzero.slice(start, end).filter((one) => one > 0).length;
    ties += (end - start) ** 3 - (end - start);
    start = end;
  }
  if (n === 0) return 1;
  const z = Math.max(0, Math.abs(positive - (n * (n + 1)) / 4) - 0.5) / Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24 - ties / 48);
  const t = 1 / (1 + 0.2316419 * z);
  const tail = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return Math.min(1, (2 * Math.exp((-z * z) / 2) * tail) / Math.sqrt(2 * Math.PI));
}
