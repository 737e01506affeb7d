/**
 * The empirical distribution of running times: the share of all (problem, seed, target) that a strategy has reached by a position of the
 * budget. It is an exact, right-continuous step function of the first hits. Nothing is extrapolated beyond the budget. Its
 * band says what other seeds would give on the same problems.
 */
import { exp, log } from "@caviar-hpo/numerics";
import { quartiles } from "../statistics/quartiles.ts";
import { shareInterval } from "../statistics/shareInterval.ts";
import { firstHit } from "../statistics/trace.ts";
import type { ProblemBlocks } from "./problemBlocks.ts";
import type { TargetsOf } from "./targets.ts";

export type RuntimeCurves = {
  /** The number of problems with targets of this kind. */
  readonly problems: number;
  /** One per strategy, in the order of the campaign. */
  readonly strategies: readonly RuntimeCurve[];
};

export type RuntimeCurve = {
  /** Where the curve rises, ascending, and the share from there on. */
  readonly at: readonly number[];
  readonly shares: readonly number[];
  /** Pointwise intervals; empty if a problem has fewer than two seeds. */
  readonly band: readonly { readonly at: number; readonly low: number; readonly high: number }[];
  /** The median end of the runs that missed a target, on the axis of the curve, and the share there; null if no run missed one. */
  readonly cross: { readonly at: number; readonly share: number } | null;
};

export type RuntimeAxis = (blocks: ProblemBlocks) => number;

/** Evaluations per dimension, as in COCO. */
export const perDimension: RuntimeAxis = ({ card }) => card.dimensions;
/** Evaluations in units of a simplex, the n + 1 points that determine a gradient, as in data profiles. */
export const perSimplex: RuntimeAxis = ({ card }) => card.dimensions + 1;

/**
 * @param unitOf what a position of the budget is divided by
 * @returns null if no problem has such targets
 */
export function runtimeCurves(all: readonly ProblemBlocks[], targetsOf: TargetsOf, unitOf: RuntimeAxis): RuntimeCurves | null {
  const problems = all.map((blocks) => hitsOf(blocks, targetsOf, unitOf(blocks))).filter(({ weight }) => weight > 0);
  if (problems.length === 0) return null;
  const grid = bandGrid(all, unitOf);
  return { problems: problems.length, strategies: problems[0]!.strategies.map((_, strategy) => curveOf(problems, strategy, grid)) };
}

/** First hits of one problem in units of the axis: hits[block] is ascending and holds only the targets that are reached. */
type ProblemHits = {
  /** The share that one (seed, target) is of the problem; 0 without targets. */
  readonly weight: number;
  readonly strategies: readonly { readonly hits: readonly Float64Array[]; readonly missedEnds: readonly number[] }[];
};

function hitsOf(blocks: ProblemBlocks, targetsOf: TargetsOf, unit: number): ProblemHits {
  const targets = targetsOf(blocks);
  const count = blocks.runs[0]!.length;
  return {
    weight: targets.length === 0 ? 0 : 1 / (targets.length * count),
    strategies: blocks.traces.map((traces) => {
      const hits = traces.map((trace, block) =>
        Float64Array.from(
          targets.map(({ values }) => firstHit(trace, values[block]!)).filter((at) => at < Infinity),
          (at) => at / unit,
        ).sort(),
      );
      return { hits, missedEnds: traces.flatMap(({ end }, block) => (hits[block]!.length < targets.length ? [end / unit] : [])) };
    }),
  };
}

function curveOf(problems: readonly ProblemHits[], strategy: number, grid: readonly number[]): RuntimeCurve {
  const hits = problems.map(({ strategies }) => merged(strategies[strategy]!.hits));
  const at = [...new Set(hits.flatMap((ofProblem) => [...ofProblem]))].sort((a, b) => a - b);
  const reached = new Int32Array(problems.length);
  const shares = at.map((position) => {
    let share = 0;
    for (let place = 0; place < problems.length; place++) {
      const ofProblem = hits[place]!;
      let count = reached[place]!;
      while (count < ofProblem.length && ofProblem[count]! <= position) count++;
      reached[place] = count;
      share += problems[place]!.weight * count;
    }
    return Math.min(1, share / problems.length);
  });
  const banded = grid.filter((position) => position >= at[0]!);
  return { at, shares, band: bandOf(problems, strategy, banded), cross: crossOf(problems, strategy, at, shares) };
}

/** All hits of the runs in one ascending array. */
function merged(hits: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(hits.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const ofRun of hits) {
    all.set(ofRun, start);
    start += ofRun.length;
  }
  return all.sort();
}

function crossOf(
  problems: readonly ProblemHits[],
  strategy: number,
  at: readonly number[],
  shares: readonly number[],
): RuntimeCurve["cross"] {
  const ends = problems.flatMap(({ strategies }) => strategies[strategy]!.missedEnds);
  const end = ends.length === 0 ? 0 : quartiles(ends).median;
  if (end === 0) return null;
  return { at: end, share: shareAt(at, shares, end) };
}

/** The value of the step function: the last entry at or before the position. */
function shareAt(at: readonly number[], shares: readonly number[], position: number): number {
  const next = at.findIndex((one) => one > position);
  const last = (next < 0 ? at.length : next) - 1;
  return last < 0 ? 0 : Math.min(1, shares[last]!);
}

/**
 * Where bands are computed: up to this number of positions a constant factor apart, from one evaluation or training to the whole budget.
 * They do not depend on the strategies.
 */
const bandPositions = 30;

function bandGrid(all: readonly ProblemBlocks[], unitOf: RuntimeAxis): readonly number[] {
  const low = all.reduce((least, blocks) => Math.min(least, 1 / unitOf(blocks)), Infinity);
  const high = all.reduce((most, blocks) => Math.max(most, blocks.card.budget / unitOf(blocks)), low);
  const step = log(high / low) / (bandPositions - 1);
  return Array.from({ length: bandPositions }, (_, place) => (place === bandPositions - 1 ? high : low * exp(place * step)));
}

/** The interval of the share at each position, for other seeds on the same problems. */
function bandOf(problems: readonly ProblemHits[], strategy: number, positions: readonly number[]): RuntimeCurve["band"] {
  const runs = problems.map(({ strategies }) => strategies[strategy]!.hits);
  return positions.flatMap((position) => {
    const shares = runs.map((ofProblem, place) => {
      const ofOneHit = problems[place]!.weight * ofProblem.length;
      return ofProblem.map((hits) => ofOneHit * countUntil(hits, position));
    });
    const { interval } = shareInterval(shares);
    return interval === null ? [] : [{ at: position, low: interval.low, high: interval.high }];
  });
}

/** The number of ascending hits at or before the position. */
function countUntil(hits: Float64Array, position: number): number {
  let count = 0;
  while (count < hits.length && hits[count]! <= position) count++;
  return count;
}
