/**
 * Where the acquisition is looked at first: scrambled Sobol points over the whole box, perturbations of the best points at many scales, and
 * points of a box around the best one that is wide where the model is smooth. Points of the whole box alone starve the neighbourhood of the
 * best.
 */
import { derive, encode, type FeasibleSet, type Key, stream } from "@caviar-hpo/core";
import { exp, log } from "@caviar-hpo/numerics";
import { feasiblePoint } from "../feasiblePoint.ts";
import { randomStep, towards } from "./feasibleWalk.ts";
import { levelsOf } from "./levels.ts";
import { boxAround, clamp, isChoice, type SearchRegion, type UnitBox } from "./region.ts";
import { spread } from "./spread.ts";

/**
 * `count` canonical points of the region, row-major count x d: a half spread over its box, 3/8 around the elite, 1/8 near the best of them,
 * with its choices.
 */
export function candidates(region: SearchRegion, count: number, key: Key): Float64Array {
  const { features, box, elite } = region;
  const d = features.axes.length;
  const points = new Float64Array(count * d);
  const near = elite.length === 0 ? 0 : Math.floor(count / 8);
  const moved = elite.length === 0 ? 0 : Math.floor((3 * count) / 8);
  const even = count - near - moved;
  const rows = (from: number, to: number): Float64Array => points.subarray(from * d, to * d);
  fillBox(rows(0, even), box, derive(key, "even"));
  const move = mover(region, derive(key, "moved"));
  for (let index = even; index < even + moved; index++) move(elite[(index - even) % elite.length]!, rows(index, index + 1));
  if (near > 0) fillNear(rows(even + moved, count), region, derive(key, "near"));
  if (features.feasible !== null) return feasibleCandidates(region, features.feasible, points, { even, moved }, key);
  if (!features.plain) for (let index = 0; index < count; index++) rows(index, index + 1).set(features.canonical(rows(index, index + 1)));
  return points;
}

type Shares = { readonly even: number; readonly moved: number };

/**
 * The same points in the feasible set. Of those spread over the box the feasible ones stay, and random walks from feasible points replace
 * the others. A point that was moved away from a good one, and out of the set, comes back along the straight way as far as it must.
 */
function feasibleCandidates(
  { features, box, elite }: SearchRegion,
  set: FeasibleSet,
  points: Float64Array,
  { even, moved }: Shares,
  key: Key,
): Float64Array {
  const { space } = features;
  const d = features.axes.length;
  const region = { space, set, box };
  const centres = elite.map(features.canonical);
  const inBox = (unit: Float64Array): boolean => unit.every((at, axis) => at >= box.lower[axis]! && at <= box.upper[axis]!);
  const drawn = Array.from({ length: walkers }, (_, index) => encode(space, set.draw(stream(derive(key, "walker", index))))).filter(inBox);
  const walking = drawn.length > 0 ? drawn : centres.slice(0, 1);
  const source = stream(derive(key, "walk"));
  for (let index = 0; index * d < points.length; index++) {
    const row = points.subarray(index * d, (index + 1) * d);
    if (index >= even) {
      row.set(towards(region, centres[index < even + moved ? (index - even) % centres.length : 0]!, row, pullHalvings));
      continue;
    }
    const there = feasiblePoint(space, set, row);
    if (there !== null) row.set(there);
    else {
      const walker = index % walking.length;
      walking[walker] = randomStep(region, walking[walker]!, source);
      row.set(walking[walker]);
    }
  }
  return points;
}

const walkers = 16;
const pullHalvings = 12;

/** Points spread evenly over a box. */
function fillBox(out: Float64Array, { lower, upper }: UnitBox, key: Key): void {
  const d = lower.length;
  spread(d, key).fill(out.length / d, out);
  for (let at = 0; at < out.length; at++) {
    const axis = at % d;
    out[at] = lower[axis]! + out[at]! * (upper[axis]! - lower[axis]!);
  }
}

/** Points of a small box around the best of the elite, with its choices. */
function fillNear(out: Float64Array, { features, box, elite, logLengthscales }: SearchRegion, key: Key): void {
  const best = elite[0]!;
  const d = best.length;
  const around = boxAround(features, best, logLengthscales, 0.2);
  const inside = {
    lower: around.lower.map((at, axis) => clamp(at, box, axis)),
    upper: around.upper.map((at, axis) => clamp(at, box, axis)),
  };
  fillBox(out, inside, key);
  for (let at = 0; at < out.length; at++) if (isChoice(features, at % d)) out[at] = best[at % d]!;
}

/**
 * Normal steps of one size, log-uniform over three decades, on every coordinate, or on 20 of many; at least of half a value where values
 * are discrete. Of the choices one or two are drawn again.
 */
function mover({ features, box, fixed }: SearchRegion, key: Key): (centre: Float64Array, out: Float64Array) => void {
  const source = stream(key);
  const d = features.axes.length;
  const halves = features.axes.map(({ param }) => 0.5 / (levelsOf(param)?.count ?? Infinity));
  const choices = halves.filter((_, axis) => isChoice(features, axis)).length;
  return (centre, out) => {
    const size = exp(log(smallest) + source.uniform() * log(largest / smallest));
    const share = Math.min(1, 20 / d);
    const sure = source.integer(d);
    for (let axis = 0; axis < d; axis++) {
      const chosen = source.uniform();
      const step = source.normal();
      const fresh = source.uniform();
      if (axis === fixed) out[axis] = centre[axis]!;
      else if (isChoice(features, axis)) out[axis] = chosen < Math.min(0.5, 1.5 / choices) ? fresh : centre[axis]!;
      else if (axis === sure || chosen < share) out[axis] = clamp(centre[axis]! + Math.max(size, halves[axis]!) * step, box, axis);
      else out[axis] = centre[axis]!;
    }
  };
}

const smallest = 3e-4;
const largest = 0.3;
