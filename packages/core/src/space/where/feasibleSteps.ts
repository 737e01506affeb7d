/**
 * Steps inside a feasible set: random steps that keep the uniform distribution, and steps from a feasible point towards another point.
 * Sources: hit-and-run, R. L. Smith, Operations Research 32, 1984; its shrinking intervals, R. M. Neal, Annals of Statistics 31, 2003,
 * section 4.
 */
import type { Stream } from "../../random/stream.ts";

/** The point that takes the place of a feasible one; null for a point that is not feasible. */
export type Accept = (unit: Float64Array) => Float64Array | null;

/** `lower` and `upper` bound each coordinate; both lie in [0, 1]. After `tries` infeasible points a step stays where it is. */
export type FeasibleStep = {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly tries: number;
  readonly accept: Accept;
  /** Points of the set. A step may go along the difference of two of them, which leads along a set that is thin in other directions. */
  readonly among?: readonly Float64Array[];
};

/**
 * A random feasible point on a line through the feasible point `from`. The line is along a coordinate or, equally often, in another
 * direction.
 */
export function randomFeasibleStep(from: Float64Array, step: FeasibleStep, source: Stream): Float64Array {
  const { lower, upper, tries, accept } = step;
  const direction = randomDirection(from.length, step, source);
  if (direction.every((slope) => slope === 0)) return from;
  let [low, high] = [-Infinity, Infinity];
  for (let axis = 0; axis < from.length; axis++) {
    const slope = direction[axis]!;
    if (slope === 0) continue;
    const [a, b] = [(lower[axis]! - from[axis]!) / slope, (upper[axis]! - from[axis]!) / slope];
    low = Math.max(low, Math.min(a, b));
    high = Math.min(high, Math.max(a, b));
  }
  for (let tried = 0; tried < tries; tried++) {
    const along = low + source.uniform() * (high - low);
    const next = accept(from.map((p, axis) => Math.min(1, Math.max(0, p + along * direction[axis]!))));
    if (next !== null) return next;
    if (along < 0) low = along;
    else high = along;
  }
  return from;
}

/**
 * The distribution of the direction does not depend on where the step starts, and opposite directions are equally likely. So steps keep the
 * uniform distribution.
 */
function randomDirection(dims: number, { lower, upper, among = [] }: FeasibleStep, source: Stream): Float64Array {
  const direction = new Float64Array(dims);
  const kind = source.uniform();
  if (kind < 0.5) direction[source.integer(dims)] = 1;
  else if (kind < 0.75 && among.length > 1) {
    const [one, other] = [among[source.integer(among.length)]!, among[source.integer(among.length)]!];
    for (let axis = 0; axis < dims; axis++) direction[axis] = one[axis]! - other[axis]!;
  } else for (let axis = 0; axis < dims; axis++) direction[axis] = source.normal() * (upper[axis]! - lower[axis]!);
  return direction;
}

/** The last feasible point that halving finds on the line from the feasible point `from` to `goal`. */
export function lastFeasible(from: Float64Array, goal: Float64Array, halvings: number, accept: Accept): Float64Array {
  let reached = from;
  let [low, high] = [0, 1];
  for (let halving = 0; halving < halvings; halving++) {
    const middle = (low + high) / 2;
    const next = accept(from.map((p, axis) => p + middle * (goal[axis]! - p)));
    if (next === null) high = middle;
    else [low, reached] = [middle, next];
  }
  return reached;
}
