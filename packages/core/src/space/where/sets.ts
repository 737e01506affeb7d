/**
 * The feasible sets of constrained spaces. This file knows nothing about constraints, so a program that does not call `constrain` does not
 * include the code that reads them.
 */
import { decode } from "../codec.ts";
import type { Config, Space } from "../param.ts";
import type { FeasibleSet } from "./feasibleSet.ts";

const sets = new WeakMap<Space, FeasibleSet>();

export function keepSet(space: Space, set: FeasibleSet): void {
  sets.set(space, set);
}

/** The feasible set of a space that `constrain` has made; null for any other space. */
export function feasibleSetOf(space: Space): FeasibleSet | null {
  return sets.get(space) ?? null;
}

/**
 * The configuration at a point of the unit cube, of length `space.dims`. If it breaks a constraint, a feasible configuration near it. It is
 * `decode` if the space has no constraints.
 *
 * @throws SpaceError if no feasible configuration is found.
 */
export function decodeNear(space: Space, unit: Float64Array): Config {
  return sets.get(space)?.near(unit) ?? decode(space, unit);
}

/** The configuration at a point of the unit cube, with equalities solved. null if it breaks a constraint. */
export function decodeFeasible(space: Space, unit: Float64Array): Config | null {
  const set = sets.get(space);
  return set === undefined ? decode(space, unit) : set.at(unit);
}
