/** All functions with measured constraints by id. */
import { type Family, fromFamilies } from "../families.ts";
import { g06, g08 } from "./cec2006.ts";
import type { ConstrainedFunction } from "./constrainedFunction.ts";
import { pressureVessel, speedReducer, tensionSpring, weldedBeam } from "./engineering.ts";
import { gardner1, gardner2, gramacy, mishraBird, simionescu, townsend } from "./planar.ts";

/**
 * The function with this id, such as `gramacy` or `welded-beam`.
 *
 * @throws ConfigError for an unknown id, with the nearest known ones.
 */
export function constrainedFunction(id: string): ConstrainedFunction {
  return fromFamilies(constrainedFamilies, id, "constrainedFunctionIds");
}

/** The ids of all functions. */
export function constrainedFunctionIds(): readonly string[] {
  return constrainedFamilies.map(([pattern]) => pattern);
}

/** All families of functions with constraints. */
export const constrainedFamilies: readonly Family<ConstrainedFunction>[] = [
  ["gramacy", gramacy],
  ["gardner1", gardner1],
  ["gardner2", gardner2],
  ["townsend", townsend],
  ["simionescu", simionescu],
  ["mishra-bird", mishraBird],
  ["g06", g06],
  ["g08", g08],
  ["tension-spring", tensionSpring],
  ["welded-beam", weldedBeam],
  ["speed-reducer", speedReducer],
  ["pressure-vessel", pressureVessel],
];
