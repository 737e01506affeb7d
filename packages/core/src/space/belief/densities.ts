/** The densities of believed spaces, each made once. */
import type { Space } from "../param.ts";
import { type BeliefDensity, densityOf } from "./density.ts";

const densities = new WeakMap<Space, BeliefDensity>();

/** The density of the beliefs of a space; null for a space without beliefs. */
export function beliefOf(space: Space): BeliefDensity | null {
  const { beliefs } = space;
  if (beliefs === undefined) return null;
  const density = densities.get(space) ?? densityOf(space, beliefs);
  densities.set(space, density);
  return density;
}
