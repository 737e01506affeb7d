/**
 * Steps inside the feasible set: random ones that keep the uniform distribution (hit-and-run; R. L. Smith, Operations Research 32, 1984,
 * with the shrinking intervals of R. M. Neal, Annals of Statistics 31, 2003, section 4), and the way from a feasible point towards another
 * point.
 */
import type { FeasibleSet, Space, Stream } from "@caviar-hpo/core";
import { feasiblePoint } from "../feasiblePoint.ts";
import type { UnitBox } from "./region.ts";

/** The set, the space that it belongs to, and the box that is searched. */
export type FeasibleRegion = { readonly space: Space; readonly set: FeasibleSet; readonly box: UnitBox };

/** A random feasible point of the box on a line through `from`, along a coordinate or in any direction. */
export function randomStep({ space, set, box }: FeasibleRegion, from: Float64Array, source: Stream): Float64Array {
  const d = from.length;
  const direction = new Float64Array(d);
  if (source.uniform() < 0.5) direction[source.integer(d)] = 1;
  else for (let axis = 0; axis < d; axis++) direction[axis] = source.normal() * (box.upper[axis]! - box.lower[axis]!);
  let [low, high] = [-Infinity, Infinity];
  for (let axis = 0; axis < d; axis++) {
    const slope = direction[axis]!;
    if (slope === 0) continue;
    const [a, b] = [(box.lower[axis]! - from[axis]!) / slope, (box.upper[axis]! - from[axis]!) / slope];
    low = Math.max(low, Math.min(a, b));
    high = Math.min(high, Math.max(a, b));
  }
  for (let tried = 0; tried < 30; tried++) {
    const along = low + source.uniform() * (high - low);
    const next = feasiblePoint(
      space,
      set,
      from.map((p, axis) => Math.min(1, Math.max(0, p + along * direction[axis]!))),
    );
    if (next !== null) return next;
    if (along < 0) low = along;
    else high = along;
  }
  return from;
}

/** The feasible point at `goal`, or the last one that halving finds on the straight way from the feasible point `from`. */
export function towards(
  { space, set }: Pick<FeasibleRegion, "space" | "set">,
  from: Float64Array,
  goal: Float64Array,
  halvings: number,
): Float64Array {
  const there = feasiblePoint(space, set, goal);
  if (there !== null) return there;
  let reached = from;
  let [low, high] = [0, 1];
  for (let halving = 0; halving < halvings; halving++) {
    const middle = (low + high) / 2;
    const next = feasiblePoint(
      space,
      set,
      from.map((p, axis) => p + middle * (goal[axis]! - p)),
    );
    if (next === null) high = middle;
    else [low, reached] = [middle, next];
  }
  return reached;
}
