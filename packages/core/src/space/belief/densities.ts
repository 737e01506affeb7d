/** The densities of believed spaces. A program that does not call `believe` does not include the code that makes them. */
import type { Space } from "../param.ts";
import type { BeliefDensity } from "./density.ts";

const densities = new WeakMap<Space, BeliefDensity>();

export function keepDensity(space: Space, density: BeliefDensity): void {
  densities.set(space, density);
}

/** The density of the beliefs of a space that `believe` has made; null for any other space. */
export function beliefOf(space: Space): BeliefDensity | null {
  return densities.get(space) ?? null;
}
