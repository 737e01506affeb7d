/**
 * The search for the acquisition's maximum: candidates are screened, the best and some others are improved together by L-BFGS-B in coordinates that are
 * scaled by the lengthscales (Optuna's preconditioning), discrete parameters by trying their values in turn.
 */
import { type Key, stream } from "@caviar/core";
import { exp, minimiseTogether } from "@caviar/numerics";
import type { Axis, Features } from "../features.ts";
import { type Box, candidates } from "./candidates.ts";
import type { Landscape } from "./landscape.ts";

/** A canonical point and its value; `origin` tells where its search began. */
export type Found = { readonly unit: Float64Array; readonly value: number };

/** All points whose value is known for good, best first; at least one. `effort`: evaluations, about. */
export function maximise(
  features: Features,
  landscape: Landscape,
  box: Box,
  elite: readonly Float64Array[],
  logLengthscales: readonly number[],
  effort: number,
  exact: boolean,
  key: Key,
): readonly Found[] {
  const d = features.axes.length;
  const count = Math.max(8, Math.floor((3 * effort) / 4));
  const screened = screen(landscape, candidates(features, count, box, elite, logLengthscales, key), count, exact);
  const starts = pickStarts(screened, logLengthscales, stream(key));
  const improved = features.axes.some(({ smooth }) => smooth)
    ? climb(features, landscape, box, starts, logLengthscales, Math.max(4, Math.floor(effort / 4 / starts.length)))
    : starts;
  const stepped = features.axes.some(({ smooth, param }) => !smooth && hasValues(param))
    ? improved
        .slice()
        .sort(better)
        .slice(0, 3)
        .map((found) => stepDiscrete(features, landscape, found))
    : [];
  return [...stepped, ...improved, ...screened].filter(({ unit }) => unit.length === d).sort(better);
}

function better(a: Found, b: Found): number {
  return b.value === a.value ? 0 : b.value - a.value;
}

/** Values of all candidates; where bounds are cheaper and hold, of those alone whose bound is among the best 256. */
function screen(landscape: Landscape, points: Float64Array, count: number, exact: boolean): readonly Found[] {
  const d = landscape.dimensions;
  const values = new Float64Array(count);
  let rows = Array.from({ length: count }, (_, row) => row);
  let chosen = points;
  if (!exact) {
    landscape.bound(points, count, values);
    rows = rows.sort((a, b) => values[b]! - values[a]! || a - b).slice(0, screenedExactly);
    chosen = new Float64Array(rows.length * d);
    rows.forEach((row, index) => {
      chosen.set(points.subarray(row * d, (row + 1) * d), index * d);
    });
  }
  landscape.evaluate(chosen, rows.length, values, null);
  return rows.map((_, index): Found => ({ unit: chosen.slice(index * d, (index + 1) * d), value: values[index]! })).sort(better);
}

const screenedExactly = 256;

/** The best, the next best that are not its neighbours, and the rest by roulette with weights exp(value - best). */
function pickStarts(screened: readonly Found[], logLengthscales: readonly number[], source: ReturnType<typeof stream>): readonly Found[] {
  const picks: Found[] = [];
  for (const found of screened) {
    if (picks.length >= startCount / 2) break;
    const apart = picks.every(({ unit }) =>
      unit.some((at, axis) => Math.abs(at - found.unit[axis]!) > neighbourhood * exp(logLengthscales[axis]!)),
    );
    if (apart) picks.push(found);
  }
  const best = screened[0]!.value;
  const weights = screened.map(({ value }) => (value === -Infinity ? 0 : exp(value - best)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (let spin = 0; spin < 4 * startCount && picks.length < Math.min(startCount, screened.length); spin += 1) {
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

/** Along the smooth parameters; the others stay. */
function climb(
  features: Features,
  landscape: Landscape,
  box: Box,
  starts: readonly Found[],
  logLengthscales: readonly number[],
  maxEvaluations: number,
): readonly Found[] {
  const smooth = features.axes.flatMap(({ smooth: follows }, axis) => (follows ? [axis] : []));
  const k = smooth.length;
  const d = landscape.dimensions;
  const scale = Float64Array.from(smooth, (axis) => Math.min(1, exp(logLengthscales[axis]!)));
  const points = new Float64Array(starts.length * d);
  const gradients = new Float64Array(starts.length * d);
  const values = new Float64Array(starts.length);
  const scaled = starts.map(({ unit }) => Float64Array.from(smooth, (axis, f) => unit[axis]! / scale[f]!));
  const ends = minimiseTogether(
    scaled,
    {
      lower: Float64Array.from(smooth, (axis, f) => box.lower[axis]! / scale[f]!),
      upper: Float64Array.from(smooth, (axis, f) => box.upper[axis]! / scale[f]!),
    },
    (asked, count, out, slopes, which) => {
      for (let j = 0; j < count; j += 1) {
        points.set(starts[which[j]!]!.unit, j * d);
        for (let f = 0; f < k; f += 1) points[j * d + smooth[f]!] = Math.min(box.upper[smooth[f]!]!, asked[j * k + f]! * scale[f]!);
      }
      landscape.evaluate(points, count, values, gradients);
      for (let j = 0; j < count; j += 1) {
        out[j] = -values[j]!;
        for (let f = 0; f < k; f += 1) slopes[j * k + f] = -gradients[j * d + smooth[f]!]! * scale[f]!;
      }
    },
    { maxEvaluations, gradientTolerance: 1e-5 },
  );
  return ends.map((end, index) => {
    const unit = starts[index]!.unit.slice();
    smooth.forEach((axis, f) => {
      unit[axis] = Math.min(box.upper[axis]!, end.point[f]! * scale[f]!);
    });
    return -end.value > starts[index]!.value ? { unit: features.canonical(unit), value: -end.value } : starts[index]!;
  });
}

function stepDiscrete(features: Features, landscape: Landscape, start: Found): Found {
  const d = landscape.dimensions;
  let best = start;
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const before = best;
    features.axes.forEach((axis, at) => {
      if (axis.smooth || !hasValues(axis.param)) return;
      const tries = positions(axis, best.unit[at]!);
      const points = new Float64Array(tries.length * d);
      tries.forEach((position, index) => {
        const unit = best.unit.slice();
        unit[at] = position;
        points.set(features.canonical(unit), index * d);
      });
      const values = new Float64Array(tries.length);
      landscape.evaluate(points, tries.length, values, null);
      tries.forEach((_, index) => {
        if (values[index]! > best.value) best = { unit: points.slice(index * d, (index + 1) * d), value: values[index]! };
      });
    });
    if (best === before) break;
  }
  return best;
}

const sweeps = 3;

function hasValues(param: Axis["param"]): boolean {
  return param.kind === "choice" ? param.options.length > 1 : param.low < param.high;
}

/** All of up to 16 values; of more, the neighbours at distances 1, 2, 4, ... cells on both sides. */
function positions({ param }: Axis, from: number): readonly number[] {
  const cells =
    param.kind === "choice" ? param.options.length : Math.min(0x4000_0000, Math.floor((param.high - param.low) / (param.step ?? 1)) + 1);
  if (cells <= 16) return Array.from({ length: cells }, (_, cell) => (cell + 0.5) / cells);
  const result: number[] = [];
  for (let distance = 1; distance < cells; distance *= 2)
    for (const side of [-1, 1]) {
      const at = from + (side * distance) / cells;
      if (at > 0 && at < 1) result.push(at);
    }
  return result;
}

/** The points with their values, best first. */
export function rank(landscape: Landscape, units: readonly Float64Array[]): readonly Found[] {
  const d = landscape.dimensions;
  const points = new Float64Array(units.length * d);
  units.forEach((unit, index) => {
    points.set(unit, index * d);
  });
  const values = new Float64Array(units.length);
  landscape.evaluate(points, units.length, values, null);
  return units.map((unit, index): Found => ({ unit, value: values[index]! })).sort(better);
}
