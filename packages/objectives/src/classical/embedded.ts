/**
 * Functions of few dimensions hidden among many: Branin and Hartmann 6 in D dimensions, of which only two and six matter. The idea is
 * that of Z. Wang, F. Hutter, M. Zoghi, D. Matheson and N. de Freitas, "Bayesian optimization in a billion dimensions via random
 * embeddings" (2016).
 *
 * Which ones matter is fixed once and for all: of d among D they are floor((2j + 1) D / 2d), j = 0 … d - 1, counted from zero: 25 and
 * 75 for Branin in 100 dimensions; 8, 25, 41, 58, 75 and 91 for Hartmann 6. Every coordinate runs over [0, 1], so that the box does
 * not give them away; the inner function sees its own box. The idle coordinates are free, so the minimisers are not finite; those
 * listed put them at one half.
 */
import type { TestFunction } from "../testFunction.ts";
import { braninAt, braninMinimisers } from "./branin.ts";
import { checkDimension, cube, everywhere } from "./dimension.ts";
import { hartmann6At, hartmann6Minimiser, hartmann6Optimum } from "./hartmann.ts";

/** Branin on two of `dimension` coordinates, which are mapped from [0, 1] to [-5, 10] and [0, 15]. */
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

/** Hartmann 6 on six of `dimension` coordinates. */
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
