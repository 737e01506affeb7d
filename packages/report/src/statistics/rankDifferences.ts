/**
 * Which strategies differ in mean rank, for all pairs at once. The data choose the leader, so a comparison with the leader is one of all
 * k (k - 1) / 2 pairs. One critical value serves all of them: the chance that any pair of equal strategies exceeds it is at most the level.
 *
 * The statistic of a pair is t = D / √V: the mean over problems of the mean over seeds of the difference of ranks, over its standard error
 * within problems. If two strategies are equal, then to exchange their scores in a block changes nothing, and the sign of their difference
 * in each block is a fair coin. So the report flips the signs of whole blocks at random, and takes the largest |t| of all pairs each time
 * (Westfall and Young 1993, algorithm 2.5; sign flips as of Winkler et al. 2014). The critical value is the quantile of these maxima. It is
 * exact for two strategies with any number of seeds, ties and distributions. It is infinite, and no claim is possible, if the seeds are so
 * few that equal strategies often agree on all of them.
 */
import { type Key, type Stream, stream } from "@caviar-hpo/core";
import type { Estimate } from "./estimate.ts";
import { meanInterval, stratifiedMean } from "./meanInterval.ts";

/** The number of random flips. */
export const flips = 10_000;

export type RankDifferences = {
  /** The largest |t| that the flips allow to equal strategies. Infinity if the blocks are too few for any claim. */
  readonly critical: number;
  /** The mean rank of one strategy minus that of another. The intervals of all pairs hold at once. Null if a problem has a single block. */
  readonly between: (strategy: number, other: number) => Estimate;
};

/**
 * @param ranks ranks[problem][block][strategy]
 * @param level the chance that any of the claims about equal strategies is false
 * @param ranked the number of strategies that were ranked, if `ranks` holds only some of them
 */
export function rankDifferences(
  ranks: readonly (readonly Float64Array[])[],
  level: number,
  key: Key,
  ranked: number = ranks[0]![0]!.length,
): RankDifferences {
  const single = ranks.some((blocks) => blocks.length < 2);
  const critical = single ? Infinity : criticalOf(largestFlipped(ranks, key), level);
  return {
    critical,
    between: (strategy, other) => {
      const mean = stratifiedMean(ranks.map((blocks) => Float64Array.from(blocks, (row) => row[strategy]! - row[other]!)));
      return { value: mean.value, interval: single ? null : meanInterval(mean, critical, ranked - 1) };
    },
  };
}

/**
 * The value that the largest |t| exceeds with a chance of `level` or less. The share of the flips allows for twice its own random error.
 */
function criticalOf(maxima: Float64Array, level: number): number {
  const sorted = maxima.sort();
  const exceeding = Math.floor(flips * level - 2 * Math.sqrt(flips * level * (1 - level)));
  return Math.sqrt(sorted[flips - 1 - exceeding]!) * (1 + rounding);
}

/** Above the rounding errors of a statistic, below the distance of two different ones. */
const rounding = 1e-9;

/** The largest t² of all pairs in each flip. */
function largestFlipped(ranks: readonly (readonly Float64Array[])[], key: Key): Float64Array {
  const source = stream(key);
  const count = ranks[0]![0]!.length;
  const problems = ranks.map((blocks) => problemOf(blocks, ranks.length));
  const squares = pairSquares(ranks, problems, count);
  const means = new Float64Array(count);
  const sums = new Float64Array(count);
  // [strategy][problem], so that the loop over problems reads neighbours.
  const scaled = new Float64Array(count * problems.length);
  const maxima = new Float64Array(flips);
  for (let flip = 0; flip < flips; flip++) {
    means.fill(0);
    for (let problem = 0; problem < problems.length; problem++) {
      const { tables, weight, scale } = problems[problem]!;
      sums.fill(0);
      addFlipped(tables, source, sums);
      for (let strategy = 0; strategy < count; strategy++) {
        const sum = sums[strategy]!;
        means[strategy] = means[strategy]! + weight * sum;
        scaled[strategy * problems.length + problem] = scale * sum;
      }
    }
    maxima[flip] = largestSquare(means, scaled, squares);
  }
  return maxima;
}

type ProblemRanks = {
  /** One table for each eight blocks: the sums of their ranks, [combination of signs][strategy]. */
  readonly tables: readonly Float64Array[];
  /** w = 1 / (P n): D = Σ_p w_p Σ_i d_pi. */
  readonly weight: number;
  /** w / √(n - 1): V = Σ_p scale_p² (n_p Σ_i d_pi² - (Σ_i d_pi)²). */
  readonly scale: number;
};

function problemOf(blocks: readonly Float64Array[], problems: number): ProblemRanks {
  const weight = 1 / (problems * blocks.length);
  const tables: Float64Array[] = [];
  for (let first = 0; first < blocks.length; first += 8) tables.push(signedSums(blocks.slice(first, first + 8)));
  return { tables, weight, scale: weight / Math.sqrt(blocks.length - 1) };
}

/** The sum of the rows for every combination of signs. Bit b of the combination gives row b a plus. Sums of ranks are exact. */
function signedSums(rows: readonly Float64Array[]): Float64Array {
  const count = rows[0]!.length;
  const table = new Float64Array(count << rows.length);
  for (const row of rows) for (let entry = 0; entry < count; entry++) table[entry] = table[entry]! - row[entry]!;
  rows.forEach((row, bit) => {
    const known = count << bit;
    for (let at = 0; at < known; at++) table[known + at] = table[at]! + 2 * row[at % count]!;
  });
  return table;
}

/** Adds a random row of each table. A word of the stream has the signs of four tables. */
function addFlipped(tables: readonly Float64Array[], source: Stream, sums: Float64Array): void {
  let signs = 0;
  for (let place = 0; place < tables.length; place++) {
    signs = place % 4 === 0 ? source.integer(0x1_0000_0000) : signs >>> 8;
    const table = tables[place]!;
    const start = (signs & 255 & (table.length / sums.length - 1)) * sums.length;
    for (let entry = 0; entry < sums.length; entry++) sums[entry] = sums[entry]! + table[start + entry]!;
  }
}

/** Σ_p scale_p² n_p Σ_i d_pi² of each pair, which no flip changes. */
function pairSquares(ranks: readonly (readonly Float64Array[])[], problems: readonly ProblemRanks[], count: number): Float64Array {
  const squares = new Float64Array(count * count);
  ranks.forEach((blocks, problem) => {
    for (const row of blocks) {
      for (let one = 1; one < count; one++) {
        for (let other = 0; other < one; other++) {
          const difference = problems[problem]!.scale * (row[one]! - row[other]!);
          squares[one * count + other] = squares[one * count + other]! + blocks.length * difference * difference;
        }
      }
    }
  });
  return squares;
}

function largestSquare(means: Float64Array, scaled: Float64Array, squares: Float64Array): number {
  const count = means.length;
  const problems = scaled.length / count;
  let largest = 0;
  for (let one = 1; one < count; one++) {
    for (let other = 0; other < one; other++) {
      const total = squares[one * count + other]!;
      let variance = total;
      for (let problem = 0; problem < problems; problem++) {
        const difference = scaled[one * problems + problem]! - scaled[other * problems + problem]!;
        variance -= difference * difference;
      }
      const mean = means[one]! - means[other]!;
      // All blocks of each problem agree. Two strategies that always tie have nothing to compare.
      if (variance <= rounding * total) variance = 0;
      if (Math.abs(mean) > rounding) largest = Math.max(largest, (mean * mean) / variance);
    }
  }
  return largest;
}
