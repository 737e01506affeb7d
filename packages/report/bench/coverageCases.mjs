/**
 * What coverage.mjs measures: for each statistic of the pages, cases of data with a known truth. `draw` makes one sample and returns
 * whether the interval of the statistic contains the truth. The intervals come from the functions that make the pages.
 */

import { derive, root, stream } from "../../core/dist/index.js";
import { exp, log } from "../../numerics/dist/index.js";
import { blockRanks, meanRank } from "../dist/analysis/scores.js";
import { locationInterval } from "../dist/statistics/locationInterval.js";
import { medianInterval } from "../dist/statistics/medianInterval.js";
import { quantile } from "../dist/statistics/quartiles.js";
import { rankDifferences } from "../dist/statistics/rankDifferences.js";
import { medianShare, runningTime, runningTimeShare } from "../dist/statistics/runningTimeInterval.js";
import { shareInterval } from "../dist/statistics/shareInterval.js";
import { distributions, drawScores } from "./draws.mjs";

const shapes = ["normal", "skewed", "heavy-tailed"];
/** The four strategies of the cases on ranks differ by these shifts. */
const shifts = [0, 0.3, 0.8, 1.5];

const inside = (interval, truth) => interval !== null && interval.low <= truth + 1e-12 && truth <= interval.high + 1e-12;

/** True values by simulation with a fixed root. The errors are far below the widths of intervals. */
const known = new Map();
function truthOf(name, simulate) {
  if (!known.has(name)) known.set(name, simulate(stream(derive(root("coverage truth"), name))));
  return known.get(name);
}

function trueRanks(distribution) {
  return truthOf(`ranks ${distribution}`, (source) => {
    const ranks = blockRanks(drawScores(source, { problems: 1, seeds: 200_000, shifts, distribution })[0]);
    return shifts.map((_, strategy) => ranks.reduce((sum, row) => sum + row[strategy], 0) / ranks.length);
  });
}

function ranksOf(source, distribution, problems, seeds) {
  return drawScores(source, { problems, seeds, shifts, distribution }).map(blockRanks);
}

const rankCases = (of) =>
  [1, 6].flatMap((problems) =>
    shapes.map((distribution) => ({
      name: distribution,
      problems,
      draw: (source, seeds, key) => of(ranksOf(source, distribution, problems, seeds), trueRanks(distribution), key),
    })),
  );

/** How long runs take to reach a target, and the budget at which they end. A run that takes longer does not reach it. */
const times = {
  "all runs succeed": { draw: (source) => 10 + 2 * source.normal(), budget: Infinity },
  "86 % succeed, skewed": { draw: (source) => -log(1 - source.uniform()), budget: 2 },
  "86 % succeed, heavy-tailed": { draw: (source) => exp(source.normal()), budget: 3 },
  "half of the runs succeed": { draw: (source) => -log(1 - source.uniform()), budget: 0.7 },
};

/** The runs to one target: when each is there, and what it spent. */
function targetRuns(source, { draw, budget }, count, factor) {
  const times = Float64Array.from({ length: count }, () => {
    const time = factor * draw(source);
    return time <= budget ? time : Infinity;
  });
  return { times, ends: new Float64Array(count).fill(budget === Infinity ? 0 : budget) };
}

function trueTime(name, factor) {
  return truthOf(`time ${name} ${factor}`, (source) => runningTime(targetRuns(source, times[name], 400_000, factor)).value);
}

function runningTimeCase(name) {
  return {
    name,
    problems: 1,
    draw: (source, seeds) => inside(runningTime(targetRuns(source, times[name], seeds, 1)).interval, trueTime(name, 1)),
  };
}

/** The share of the reference's running time; on 6 problems the median of shares from 0.25 to 1. */
function shareCase(name, problems) {
  const factors = Array.from({ length: problems }, (_, place) => (problems === 1 ? 0.5 : 0.25 * 4 ** (place / (problems - 1))));
  return {
    name,
    problems,
    draw: (source, seeds) => {
      const samples = factors.map((factor) => [1, factor].map((one) => targetRuns(source, times[name], seeds, one)));
      const found =
        problems === 1
          ? runningTimeShare(samples[0][1], samples[0][0])
          : medianShare(
              samples.map(([reference, runs]) => [runs, reference]),
              0.05,
            );
      const truths = factors.map((factor) => trueTime(name, factor) / trueTime(name, 1)).sort((a, b) => a - b);
      return inside(found.interval, quantile(truths, 0.5));
    },
  };
}

export const statistics = [
  {
    name: "mean rank",
    cases: rankCases((ranks, truth) => inside(meanRank(ranks, 1, shifts.length).interval, truth[1])),
  },
  {
    name: "difference of two mean ranks",
    cases: rankCases((ranks, truth, key) => {
      const pair = ranks.map((blocks) => blocks.map((row) => Float64Array.of(row[1], row[2])));
      return inside(rankDifferences(pair, 0.05, key, shifts.length).between(1, 0).interval, truth[2] - truth[1]);
    }),
  },
  {
    name: "all differences of mean ranks at once",
    cases: rankCases((ranks, truth, key) => {
      const { between } = rankDifferences(ranks, 0.05, key);
      return shifts.every((_, one) =>
        shifts.every((_shift, other) => other <= one || inside(between(other, one).interval, truth[other] - truth[one])),
      );
    }),
  },
  {
    name: "factor on a problem; anchored regret over problems",
    cases: shapes.map((name) => ({
      name,
      problems: 1,
      draw: (source, seeds) => {
        const truth = truthOf(`pseudomedian ${name}`, (many) => {
          const averages = Float64Array.from(
            { length: 1_000_000 },
            () => (distributions[name](many) + distributions[name](many)) / 2,
          ).sort();
          return averages[500_000];
        });
        return inside(locationInterval(Array.from({ length: seeds }, () => distributions[name](source))).interval, truth);
      },
    })),
  },
  {
    name: "median over problems",
    cases: [
      ["normal", 0],
      ["skewed", log(2) - 1],
      ["heavy-tailed", 0],
    ].map(([name, median]) => ({
      name,
      problems: 1,
      draw: (source, seeds) => inside(medianInterval(Array.from({ length: seeds }, () => distributions[name](source))).interval, median),
    })),
  },
  {
    name: "share of runs or targets",
    cases: [1, 6].flatMap((problems) =>
      [0.5, 0.8, 0.95].map((chance) => ({
        name: `${100 * chance} %`,
        problems,
        draw: (source, seeds) => {
          const sample = Array.from({ length: problems }, () => Array.from({ length: seeds }, () => (source.uniform() < chance ? 1 : 0)));
          return inside(shareInterval(sample).interval, chance);
        },
      })),
    ),
  },
  { name: "expected running time", cases: Object.keys(times).map(runningTimeCase) },
  { name: "speed-up on a problem", cases: Object.keys(times).map((name) => shareCase(name, 1)) },
  { name: "median speed-up over problems", cases: Object.keys(times).map((name) => shareCase(name, 6)) },
];
