/**
 * What the model still expects: how much all further trials may gain together, and the next one alone. The values at a few dozen good
 * points are drawn jointly; the gain of a draw is how far its lowest feasible value lies below the incumbent. These points are not all
 * points, so the gain is estimated from below.
 */
import { type Key, stream } from "@caviar-hpo/core";
import type { Outlook } from "@caviar-hpo/core/contract";
import { exp, normalCdf, normalQuantile } from "@caviar-hpo/numerics";
import { quasiNormals } from "../acquisition/jointDraws.ts";
import { coordinatesOf } from "../features.ts";
import type { Process } from "../process/process.ts";
import { incumbentOf } from "../search/acquire.ts";
import { imagine } from "../search/imagine.ts";
import { createLandscape } from "../search/landscape.ts";
import type { Found } from "../search/maximise.ts";
import { type CostModel, secondsAt } from "../surrogate/costModel.ts";
import type { ProblemModel } from "../surrogate/problemModel.ts";

export type Remaining = Omit<Outlook, "trial">;

export type RemainingFrom = {
  /** Points with their acquisition, best first. */
  readonly ranked: readonly Found[];
  /** Points that still run. */
  readonly pending: readonly Float64Array[];
  readonly cost: CostModel | null;
  readonly key: Key;
};

/** null where nothing is feasible yet. Imagined points are forgotten. */
export function remainingOf(model: ProblemModel, { ranked, pending, cost, key }: RemainingFrom): Remaining | null {
  const incumbent = incumbentOf(model);
  if (incumbent === null) return null;
  const { features, values, conditions } = model;
  const units = [...pending.slice(0, mostPending), ...apart(model, ranked)];
  const feasible = feasibilityAt(model, units);
  const x = coordinatesOf(features, units);
  const back = (z: number): number => values.warp.inverse(values.mean + values.sd * z);
  const best = back(incumbent);
  const lowest = lowestDraws(model, { x, count: units.length, feasible: conditions.length > 0 ? feasible : null, key });
  const gains = lowest.map((z) => (z < incumbent ? finite(best - back(z)) : 0)).sort();
  const beyond = 0.01 * Math.max(0, medianOf(model, back) - best);
  const next = units.map((_, j) => feasible[j]! * nextGain(model, x.subarray(j * features.size, (j + 1) * features.size), incumbent, back));
  const rates = cost && next.map((gain, j) => finite(gain / secondsAt(cost, x.subarray(j * features.size, (j + 1) * features.size))));
  return {
    expected: gains.reduce((sum, gain) => sum + gain / gains.length, 0),
    beyond,
    probability: gains.reduce((count, gain) => count + (gain > beyond ? 1 : 0), 0) / gains.length,
    quantiles: levels.map((level) => [level, gains[Math.min(gains.length - 1, Math.floor(level * gains.length))]!] as const),
    next: Math.max(0, ...next),
    ...(rates !== null && { nextPerSecond: Math.max(0, ...rates) }),
  };
}

/** Shares of the draws that gain at most so much. */
const levels = [0.5, 0.8, 0.9, 0.95, 0.99] as const;
const draws = 256;
const [mostPicks, mostPending] = [32, 8];
/** Rows that a process needs room for. */
export const drawnForOutlook: number = mostPicks;

/** The best points that are a quarter of a lengthscale from each other; fewer where the matrix is large, because each costs O(n^2). */
function apart({ ensemble, units }: ProblemModel, ranked: readonly Found[]): readonly Float64Array[] {
  const scales = ensemble.logLengthscales.map((one) => 0.25 * Math.min(1, exp(one)));
  const most = Math.max(8, Math.min(mostPicks, Math.floor(6400 / units.length)));
  const picks: Float64Array[] = [];
  for (const { unit } of ranked) {
    if (picks.length >= most) break;
    if (picks.every((pick) => pick.some((at, axis) => Math.abs(at - unit[axis]!) > scales[axis]!))) picks.push(unit);
  }
  return picks;
}

/** The probability that each point is feasible. */
function feasibilityAt({ features, conditions }: ProblemModel, units: readonly Float64Array[]): Float64Array {
  const points = new Float64Array(units.length * features.axes.length);
  units.forEach((unit, row) => {
    points.set(unit, row * unit.length);
  });
  const values = new Float64Array(units.length);
  createLandscape(features, [], conditions).evaluate(points, units.length, values, null);
  return values.map(exp);
}

type DrawnPoints = { readonly x: Float64Array; readonly count: number; readonly feasible: Float64Array | null; readonly key: Key };

/** The lowest feasible value of each joint draw; Infinity where no point is feasible in the draw. The processes share the draws. */
function lowestDraws({ ensemble: { processes } }: ProblemModel, { x, count, feasible, key }: DrawnPoints): Float64Array {
  const source = stream(key);
  const each = Math.ceil(draws / processes.length);
  const lowest: number[] = [];
  for (const process of processes) {
    const { rows, values } = jointDraws(process, x, count, each, key);
    for (let draw = 0; draw < each; draw++) {
      let low = Infinity;
      rows.forEach((row, index) => {
        const counts = feasible === null || source.uniform() < feasible[row]!;
        if (counts) low = Math.min(low, values[draw * rows.length + index]!);
      });
      lowest.push(low);
    }
  }
  return Float64Array.from(lowest);
}

function jointDraws(process: Process, x: Float64Array, count: number, each: number, key: Key) {
  process.forget();
  const { rows, means } = imagine(process, x, count, false);
  const values = quasiNormals(each, Math.max(1, rows.length), key);
  if (rows.length > 0) process.drawInPlace(values, each, Float64Array.from(means));
  process.forget();
  return { rows, values };
}

/** The expected improvement of one trial in the user's unit: over the part of the posterior below the incumbent, in equal shares. */
function nextGain({ ensemble: { processes } }: ProblemModel, z: Float64Array, incumbent: number, back: (z: number) => number): number {
  const [mean, variance] = [new Float64Array(1), new Float64Array(1)];
  let sum = 0;
  for (const process of processes) {
    process.predict({ z, m: 1 }, { mean, variance });
    const sd = Math.sqrt(Math.max(0, variance[0]!));
    const below = sd > 0 ? normalCdf((incumbent - mean[0]!) / sd) : 0;
    if (below === 0) continue;
    for (let share = 0; share < shares; share++) {
      const at = mean[0]! + sd * normalQuantile((below * (share + 0.5)) / shares);
      sum += (below * Math.max(0, finite(back(incumbent) - back(at)))) / shares / processes.length;
    }
  }
  return finite(sum);
}

const shares = 16;

/** Of the feasible values. */
function medianOf({ values: { z }, feasible }: ProblemModel, back: (z: number) => number): number {
  const sorted = z.filter((_, row) => feasible[row]!).sort();
  return back(sorted[Math.floor(sorted.length / 2)]!);
}

function finite(x: number): number {
  return Math.min(Number.MAX_VALUE, x);
}
