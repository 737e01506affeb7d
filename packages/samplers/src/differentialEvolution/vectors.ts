/**
 * The operators of differential evolution on points of the unit cube (Storn and Price, Journal of Global Optimization 11, 1997): a mutant
 * is a base plus F times a difference, and a child takes each coordinate from the mutant with probability CR, at least one in all. A
 * coordinate that leaves the cube is drawn again at random, as in DEHB, so that no points gather at the walls.
 */
import type { Stream } from "@caviar-hpo/core";

export type Vector = readonly number[];

/** base + F (plus - minus), equation 4 of the paper. */
export function mutate(base: Vector, plus: Vector, minus: Vector, F: number): number[] {
  return base.map((coordinate, axis) => coordinate + F * (plus[axis]! - minus[axis]!));
}

/** Binomial crossover, equations 5 and 6, repaired to lie in the cube. */
export function cross(target: Vector, mutant: Vector, CR: number, source: Stream): number[] {
  const always = source.integer(target.length);
  return target.map((coordinate, axis) => {
    const taken = source.uniform() < CR || axis === always ? mutant[axis]! : coordinate;
    return taken >= 0 && taken <= 1 ? taken : source.uniform();
  });
}
