/** Steps inside the feasible set, from and to canonical points. */
import type { FeasibleSet, Space, Stream } from "@caviar-hpo/core";
import { lastFeasible, randomFeasibleStep } from "@caviar-hpo/core/contract";
import { feasiblePoint } from "../feasiblePoint.ts";
import type { UnitBox } from "./region.ts";

/** The set, the space that it belongs to, and the box that is searched. */
export type FeasibleRegion = { readonly space: Space; readonly set: FeasibleSet; readonly box: UnitBox };

/** A random feasible point of the box on a line through `from`, along a coordinate or in any direction. */
export function randomStep({ space, set, box }: FeasibleRegion, from: Float64Array, source: Stream): Float64Array {
  const { lower, upper } = box;
  return randomFeasibleStep(from, { lower, upper, tries: 30, accept: (unit) => feasiblePoint(space, set, unit) }, source);
}

/** The feasible point at `goal`, or the last one that halving finds on the straight way from the feasible point `from`. */
export function towards(
  { space, set }: Pick<FeasibleRegion, "space" | "set">,
  from: Float64Array,
  goal: Float64Array,
  halvings: number,
): Float64Array {
  return feasiblePoint(space, set, goal) ?? lastFeasible(from, goal, halvings, (unit) => feasiblePoint(space, set, unit));
}
