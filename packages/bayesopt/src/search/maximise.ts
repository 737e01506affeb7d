/**
 * The search for the acquisition's maximum: candidates are screened, the best and some others are improved together by L-BFGS-B in
 * coordinates that are scaled by the lengthscales (Optuna's preconditioning), discrete parameters by trying their values in turn.
 */
import { derive, type Key, permutation, stream } from "@caviar-hpo/core";
import { exp } from "@caviar-hpo/numerics";
import { minimiseTogether } from "@caviar-hpo/numerics/lbfgsb";
import type { Features } from "../features.ts";
import { candidates } from "./candidates.ts";
import { climbFeasible } from "./climbFeasible.ts";
import type { AcquisitionLandscape } from "./landscape.ts";
import { neighbours } from "./neighbours.ts";
import { clamp, type SearchRegion } from "./region.ts";

/** A canonical point and its value. */
export type Found = { readonly unit: Float64Array; readonly value: number };

export type SearchEffort = {
  /** Evaluations of the acquisition, about; three quarters of them are for candidates. */
  readonly effort: number;
  /** Of how many candidates the value is computed: those with the best bounds. Infinity: of all. */
  readonly screened: number;
  readonly key: Key;
};

/** All points whose value is known for good, best first; at least one. */
export function maximise(
  landscape: AcquisitionLandscape,
  region: SearchRegion,
  { effort, screened: most, key }: SearchEffort,
): readonly Found[] {
  const count = Math.max(8, Math.floor((3 * effort) / 4));
  const screened = screen(landscape, candidates(region, count, key), count, most);
  const starts = pickStarts(screened, region.logLengthscales, stream(key));
  const improved = climb(landscape, region, starts, Math.max(4, Math.floor(effort / 4 / starts.length)));
  const stepped = step(landscape, region, improved, { effort: Math.floor(effort / 4), key: derive(key, "step") });
  const again = climb(landscape, region, stepped, Math.max(4, Math.floor(effort / 16)));
  return [...again, ...stepped, ...improved, ...screened].sort(better);
}

function better(a: Found, b: Found): number {
  return b.value === a.value ? 0 : b.value - a.value;
}

/** Values of all candidates; where bounds are cheaper and hold, of those alone whose bound is among the best. */
function screen(landscape: AcquisitionLandscape, points: Float64Array, count: number, most: number): readonly Found[] {
  const d = landscape.dimensions;
  const values = new Float64Array(count);
  let chosen = points;
  if (most < Infinity && landscape.bound !== null) {
    landscape.bound(points, count, values);
    const rows = Array.from(values.keys())
      .sort((a, b) => (values[b] === values[a] ? a - b : values[b]! - values[a]!))
      .slice(0, most);
    chosen = new Float64Array(rows.length * d);
    rows.forEach((row, index) => {
      chosen.set(points.subarray(row * d, (row + 1) * d), index * d);
    });
  }
  const m = Math.min(count, chosen.length / d);
  landscape.evaluate(chosen, m, values, null);
  return Array.from({ length: m }, (_, row): Found => ({ unit: chosen.slice(row * d, (row + 1) * d), value: values[row]! })).sort(better);
}

/** The best, the next best that are not its neighbours, and the rest by roulette with weights exp(value - best). */
function pickStarts(screened: readonly Found[], logLengthscales: readonly number[], source: ReturnType<typeof stream>): readonly Found[] {
  const picks: Found[] = [];
  const reach = logLengthscales.map((one) => neighbourhood * Math.min(1, exp(one)));
  for (const found of screened) {
    if (picks.length >= startCount / 2) break;
    if (picks.every(({ unit }) => unit.some((at, axis) => Math.abs(at - found.unit[axis]!) > reach[axis]!))) picks.push(found);
  }
  const best = screened[0]!.value;
  const weights = screened.map(({ value }) => (value === -Infinity ? 0 : exp(value - best)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (let spin = 0; spin < 4 * startCount && picks.length < Math.min(startCount, screened.length); spin++) {
    let mark = source.uniform() * total;
    const index = weights.findIndex((weight) => {
      mark -= weight;
      return mark < 0;
    });
    const found = screened[index] ?? screened[spin % screened.length]!;
    if (!picks.includes(found)) picks.push(found);
  }
  return picks;
}

const startCount = 10;
const neighbourhood = 0.1;

/**
 * Along the parameters that are smooth and exist at a start; the others stay. One point for each start, the start itself where nothing is
 * gained.
 */
function climb(landscape: AcquisitionLandscape, region: SearchRegion, starts: readonly Found[], maxEvaluations: number): readonly Found[] {
  const { features, box, logLengthscales } = region;
  if (features.feasible !== null) return climbFeasible(landscape, region, features.feasible, starts, maxEvaluations);
  const free = starts.map(({ unit }) => features.free(unit));
  const smooth = features.axes.flatMap((axis, at) => (axis.smooth ? [at] : []));
  if (free.every((axes) => axes.length === 0)) return starts;
  const k = smooth.length;
  const d = landscape.dimensions;
  const scale = Float64Array.from(smooth, (axis) => Math.min(1, exp(logLengthscales[axis]!)));
  const points = new Float64Array(starts.length * d);
  const gradients = new Float64Array(starts.length * d);
  const values = new Float64Array(starts.length);
  const moves = free.map((axes) => smooth.map((axis) => axes.includes(axis)));
  /** Where start number `start` has got to, in the unit cube. */
  const place = (start: number, at: Float64Array, from: number, unit: Float64Array): void => {
    unit.set(starts[start]!.unit);
    for (let f = 0; f < k; f++) {
      const axis = smooth[f]!;
      if (moves[start]![f]!) unit[axis] = clamp(at[from + f]! * scale[f]!, box, axis);
    }
  };
  const ends = minimiseTogether(
    starts.map(({ unit }) => Float64Array.from(smooth, (axis, f) => unit[axis]! / scale[f]!)),
    {
      lower: Float64Array.from(smooth, (axis, f) => Math.min(box.lower[axis]!, ...starts.map(({ unit }) => unit[axis]!)) / scale[f]!),
      upper: Float64Array.from(smooth, (axis, f) => Math.max(box.upper[axis]!, ...starts.map(({ unit }) => unit[axis]!)) / scale[f]!),
    },
    (asked, count, out, slopes, which) => {
      for (let j = 0; j < count; j++) place(which[j]!, asked, j * k, points.subarray(j * d, (j + 1) * d));
      landscape.evaluate(points, count, values, gradients);
      for (let j = 0; j < count; j++) {
        out[j] = -values[j]!;
        for (let f = 0; f < k; f++) slopes[j * k + f] = moves[which[j]!]![f]! ? -gradients[j * d + smooth[f]!]! * scale[f]! : 0;
      }
    },
    { maxEvaluations, gradientTolerance: 1e-5 },
  );
  return ends.map(({ point, value }, start) => {
    if (!(-value > starts[start]!.value)) return starts[start]!;
    const unit = new Float64Array(d);
    place(start, point, 0, unit);
    return { unit: features.canonical(unit), value: -value };
  });
}

/**
 * The best few, one after another, each with its discrete parameters changed one at a time as long as that gains something and the effort
 * lasts.
 */
function step(
  landscape: AcquisitionLandscape,
  { features, fixed }: SearchRegion,
  found: readonly Found[],
  { effort, key }: Omit<SearchEffort, "screened">,
): readonly Found[] {
  const axes = features.axes.flatMap(({ smooth, param }, axis) => (smooth || axis === fixed || !isVariable(param) ? [] : [axis]));
  if (axes.length === 0) return [];
  const d = landscape.dimensions;
  const source = stream(key);
  const stepped: Found[] = [];
  let left = effort;
  for (const start of found.slice().sort(better).slice(0, steppedStarts)) {
    if (left <= 0) break;
    let best = start;
    for (let idle = 0; idle < axes.length && left > 0; ) {
      for (const index of permutation(source, axes.length)) {
        if (idle >= axes.length || left <= 0) break;
        const others = neighbours(features, best.unit, axes[index]!);
        const points = new Float64Array(others.length * d);
        others.forEach((unit, row) => {
          points.set(unit, row * d);
        });
        const values = new Float64Array(others.length);
        landscape.evaluate(points, others.length, values, null);
        left -= others.length;
        idle++;
        others.forEach((unit, row) => {
          if (!(values[row]! > best.value)) return;
          best = { unit, value: values[row]! };
          idle = 0;
        });
      }
    }
    stepped.push(best);
  }
  return stepped;
}

const steppedStarts = 3;

function isVariable(param: Features["axes"][number]["param"]): boolean {
  return param.kind === "choice" ? param.options.length > 1 : param.low < param.high;
}

/** The points with their values, best first. */
export function rank(landscape: AcquisitionLandscape, units: readonly Float64Array[]): readonly Found[] {
  const d = landscape.dimensions;
  const points = new Float64Array(units.length * d);
  units.forEach((unit, index) => {
    points.set(unit, index * d);
  });
  const values = new Float64Array(units.length);
  landscape.evaluate(points, units.length, values, null);
  return units.map((unit, index): Found => ({ unit, value: values[index]! })).sort(better);
}
