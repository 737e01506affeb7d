/**
 * From a point outside the feasible set to one on its boundary: Newton steps along the normals of the constraints that the point breaks
 * (J. B. Rosen, The gradient projection method for nonlinear programming II, SIAM Journal 9, 1961). Normals are differences of the
 * violations, one coordinate after another, since violations are cheap next to the acquisition.
 */
import { feasiblePoint, pointOf } from "../feasiblePoint.ts";
import { type FeasibleRegion, towards } from "./feasibleWalk.ts";

/** A feasible point, and orthonormal normals of the constraints that were broken on the way, over the free axes. */
export type Restored = {
  readonly unit: Float64Array;
  readonly normals: readonly Float64Array[];
};

/**
 * @param free the axes that may change.
 * @param home a feasible point: where Newton's steps fail, the way back leads there.
 */
export function restore(region: FeasibleRegion, goal: Float64Array, free: readonly number[], home: Float64Array): Restored {
  const { space, set, box } = region;
  let unit = goal;
  let normals: readonly Float64Array[] = [];
  for (let step = 0; step < newtonSteps; step++) {
    const there = feasiblePoint(space, set, unit);
    if (there !== null) return { unit: there, normals };
    const broken = basisOf(brokenAt(region, unit, free));
    if (broken.length === 0) break;
    normals = broken.map(({ normal }) => normal);
    const next = unit.slice();
    for (const { normal, shift } of broken)
      free.forEach((axis, f) => {
        next[axis] = next[axis]! + shift * normal[f]!;
      });
    for (const axis of free) next[axis] = Math.min(box.upper[axis]!, Math.max(box.lower[axis]!, next[axis]!));
    unit = next;
  }
  return { unit: towards(region, home, unit, lastHalvings), normals };
}

const newtonSteps = 6;
const lastHalvings = 30;

type Broken = { readonly violation: number; readonly gradient: Float64Array };

/** The violations at a point that change along the free axes, greatest distance first. */
function brokenAt({ set, box }: FeasibleRegion, unit: Float64Array, free: readonly number[]): readonly Broken[] {
  const { violations } = set.measure(unit);
  const gradients = violations.map(() => new Float64Array(free.length));
  const moved = unit.slice();
  free.forEach((axis, f) => {
    const at = unit[axis]!;
    const step = at + difference > 1 ? -difference : difference;
    moved[axis] = at + step;
    const ahead = set.measure(moved).violations;
    moved[axis] = at;
    // A normal points to where there is room.
    const stuck = (slope: number): boolean => (slope > 0 ? at <= box.lower[axis]! : at >= box.upper[axis]!);
    violations.forEach((violation, rule) => {
      if (!(violation > 0 && violation < Infinity && ahead[rule]! < Infinity)) return;
      const slope = (ahead[rule]! - violation) / step;
      if (!stuck(slope)) gradients[rule]![f] = slope;
    });
  });
  return violations
    .map((violation, rule): Broken => ({ violation, gradient: gradients[rule]! }))
    .filter(({ violation, gradient }) => violation > 0 && gradient.some((slope) => slope !== 0))
    .sort((a, b) => b.violation / norm(b.gradient) - a.violation / norm(a.gradient));
}

const difference = 1e-7;

/** A unit normal, and how far to go along it. */
type Leg = { readonly normal: Float64Array; readonly shift: number };

/** The shortest step to where all linearised violations are 0, by Gram and Schmidt; normals that depend on earlier ones are left out. */
function basisOf(broken: readonly Broken[]): readonly Leg[] {
  const legs: Leg[] = [];
  for (const { violation, gradient } of broken) {
    const rest = gradient.slice();
    let left = violation;
    for (const { normal, shift } of legs) {
      const along = dot(rest, normal);
      left += along * shift;
      for (let f = 0; f < rest.length; f++) rest[f] = rest[f]! - along * normal[f]!;
    }
    const length = norm(rest);
    if (!(length > 1e-6 * norm(gradient))) continue;
    const shift = -(left / length) * (1 + overshoot) - clearance;
    legs.push({ normal: rest.map((slope) => slope / length), shift });
  }
  return legs;
}

const overshoot = 1e-4;
/** A distance in the unit cube that rounding does not bridge. */
const clearance = 1e-10;

/** What is left of a gradient along the boundary. */
export function alongBoundary(gradient: Float64Array, normals: readonly Float64Array[]): void {
  for (const normal of normals) {
    const along = dot(gradient, normal);
    for (let f = 0; f < gradient.length; f++) gradient[f] = gradient[f]! - along * normal[f]!;
  }
}

/**
 * The gradient by the free axes, where equalities compute other coordinates from them: `full` holds the derivatives by all coordinates of
 * `unit`, a feasible point.
 */
export function throughEqualities(
  { space, set }: Pick<FeasibleRegion, "space" | "set">,
  unit: Float64Array,
  free: readonly number[],
  full: Float64Array,
): Float64Array {
  const moved = unit.slice();
  return Float64Array.from(free, (axis) => {
    const at = unit[axis]!;
    const step = at + difference > 1 ? -difference : difference;
    moved[axis] = at + step;
    const ahead = pointOf(space, set.measure(moved).config, moved);
    moved[axis] = at;
    let slope = 0;
    for (const other of free) slope += (full[other]! * (ahead[other]! - unit[other]!)) / step;
    return slope;
  });
}

/** Whether equalities or cardinalities may compute coordinates from others. */
export function computesCoordinates({ space, set }: Pick<FeasibleRegion, "space" | "set">): boolean {
  return set.determined.length > 0 || space.where.some((one) => typeof one !== "string" && "of" in one);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let f = 0; f < a.length; f++) sum += a[f]! * b[f]!;
  return sum;
}

function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}
