/**
 * Functions of few dimensions hidden among many: Branin's function and Hartmann 6 in D dimensions, of which only two or six matter. The
 * idea is that of Z. Wang, F. Hutter, M. Zoghi, D. Matheson and N. de Freitas, "Bayesian optimization in a billion dimensions via random
 * embeddings" (2016).
 *
 * The coordinates that matter are fixed. If d of D coordinates matter, their indices are floor((2j + 1) D / 2d), j = 0 … d - 1, counted
 * from zero. These are 25 and 75 for Branin in 100 dimensions, and 8, 25, 41, 58, 75 and 91 for Hartmann 6. Every coordinate has the range
 * [0, 1], so the box does not reveal which ones matter. They are mapped to the box of the inner function. The other coordinates are free,
 * so there are infinitely many minimisers. The listed minimisers have 1/2 for the free coordinates.
 */
import type { TestFunction } from "../testFunction.ts";
import { braninAt, braninMinimisers } from "./branin.ts";
import { checkDimension, cube, everywhere } from "./dimension.ts";
import { hartmann6At, hartmann6Minimiser, hartmann6Optimum } from "./hartmann.ts";

/**
 * Branin's function of two of the coordinates, on [0, 1]^dimension. The two are mapped to [-5, 10] and [0, 15].
 *
 * @param dimension a whole number from 2 to `limits.params`.
 * @throws ConfigError if it is out of range.
 */
export function embeddedBranin(dimension: number): TestFunction {
  checkDimension("branin-in", dimension, 2);
  const [first, second] = activeCoordinates(2, dimension) as [number, number];
  return {
    id: `branin-in-d${dimension}`,
    title: `Branin in 2 of ${dimension} dimensions`,
    bounds: cube(0, 1, dimension),
    evaluate: (x) => braninAt(15 * x[first]! - 5, 15 * x[second]!),
    optimum: { value: 5 / (4 * Math.PI), tolerance: 1e-14 },
    minimisers: braninMinimisers.map(([x1, x2]) => scattered([first, second], [(x1! + 5) / 15, x2! / 15], dimension)),
    minimisersComplete: dimension === 2,
    domain: "reals",
    tags: ["multimodal", "low effective dimension"],
    source: "Branin 1972; Wang et al. 2016",
  };
}

/**
 * Hartmann's function of six of the coordinates, on [0, 1]^dimension.
 *
 * @param dimension a whole number from 6 to `limits.params`.
 * @throws ConfigError if it is out of range.
 */
export function embeddedHartmann6(dimension: number): TestFunction {
  checkDimension("hartmann6-in", dimension, 6);
  const active = activeCoordinates(6, dimension);
  const inner = new Float64Array(6);
  return {
    id: `hartmann6-in-d${dimension}`,
    title: `Hartmann 6 in 6 of ${dimension} dimensions`,
    bounds: cube(0, 1, dimension),
    evaluate: (x) => {
      for (let j = 0; j < 6; j++) inner[j] = x[active[j]!]!;
      return hartmann6At(inner);
    },
    optimum: { value: hartmann6Optimum, tolerance: 1e-14 },
    minimisers: [scattered(active, hartmann6Minimiser, dimension)],
    minimisersComplete: dimension === 6,
    domain: "reals",
    tags: ["multimodal", "low effective dimension"],
    source: "Hartman 1973; Wang et al. 2016",
  };
}

/** floor((2j + 1) D / 2d) for j = 0 … d - 1. */
export function activeCoordinates(count: number, dimension: number): readonly number[] {
  return Array.from({ length: count }, (_, j) => Math.floor(((2 * j + 1) * dimension) / (2 * count)));
}

function scattered(active: readonly number[], values: readonly number[], dimension: number): readonly number[] {
  const point = [...everywhere(0.5, dimension)];
  active.forEach((coordinate, j) => {
    point[coordinate] = values[j]!;
  });
  return point;
}
