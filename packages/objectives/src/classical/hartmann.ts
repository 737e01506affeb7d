/**
 * Hartmann's functions: four Gaussian wells of different depth and shape. J. K. Hartman, "Some experiments in global optimization" (1973);
 * tables of Dixon and Szegö, *Towards Global Optimisation 2* (1978). The four-dimensional function has the first four columns of the
 * six-dimensional tables and is rescaled: V. Picheny, T. Wagner and D. Ginsbourger, "A benchmark of kriging-based infill criteria for noisy
 * optimization" (2013).
 *
 * The three-dimensional function is in use in two versions. They differ in one entry of P, .0381 or .03815, and their minima differ from
 * the sixth digit on. The minimiser that is usually cited, (.114614, .555649, .852547), belongs to .03815.
 *
 * Every well is centred inside the unit cube, so moving an outside point to the nearest point of the cube makes all of them deeper.
 * Therefore the minimum over R^n is the one in the cube.
 */
import { exp } from "@caviar-hpo/numerics";
import type { TestFunction } from "../testFunction.ts";
import { cube } from "./dimension.ts";

/** Hartmann's function on [0, 1]^3, with the entry .0381 in P. Its minimum is -3.86278. */
export function hartmann3(): TestFunction {
  return wells({
    id: "hartmann3",
    title: "Hartmann 3",
    sum: (x) => depth(shapes3, centres3, x),
    optimum: -3.8627797873326624,
    minimiser: [0.11458887665506896, 0.55564889461693, 0.8525469846866774],
  });
}

/** Hartmann's function on [0, 1]^3, with .03815 in place of .0381 in P. Its minimum is -3.86278. */
export function hartmann3Alternative(): TestFunction {
  return wells({
    id: "hartmann3-alt",
    title: "Hartmann 3 with P41 = .03815",
    sum: (x) => depth(shapes3, centres3Alternative, x),
    optimum: -3.8627821478207554,
    minimiser: [0.11461433858967197, 0.5556488499718569, 0.8525469535208657],
  });
}

/** Hartmann's function on [0, 1]^4, rescaled. Its minimum is -3.1345. */
export function hartmann4(): TestFunction {
  return {
    ...wells({
      id: "hartmann4",
      title: "Hartmann 4 (rescaled)",
      sum: (x) => (depth(shapes4, centres4, x) - 1.1) / 0.839,
      optimum: -3.134494141222399,
      minimiser: [0.1873952729734667, 0.19415152930244073, 0.557917780062569, 0.26477962417039713],
    }),
    source: "Hartman 1973; Picheny, Wagner & Ginsbourger 2013",
  };
}

/** Hartmann's function on [0, 1]^6. Its minimum is -3.32237. */
export function hartmann6(): TestFunction {
  return wells({
    id: "hartmann6",
    title: "Hartmann 6",
    sum: (x) => depth(shapes6, centres6, x),
    optimum: hartmann6Optimum,
    minimiser: hartmann6Minimiser,
  });
}

export const hartmann6Optimum: number = -3.3223680114155147;
export const hartmann6Minimiser: readonly number[] = [
  0.20168951100670543, 0.15001069182345797, 0.476873974221897, 0.2753324304940561, 0.31165161660011326, 0.6573005340656203,
];

/** The value of Hartmann 6 at the point `x`. */
export function hartmann6At(x: Float64Array): number {
  return -depth(shapes6, centres6, x);
}

/** The depths of the four wells in all published versions. */
export const wellDepths: readonly number[] = [1, 1.2, 3, 3.2];

/** Hartmann 3 with other depths of its four wells. */
export function hartmann3WithDepths(depths: readonly number[], x: Float64Array): number {
  return -depth(shapes3, centres3, x, depths);
}

/** Hartmann 6 with other depths of its four wells. */
export function hartmann6WithDepths(depths: readonly number[], x: Float64Array): number {
  return -depth(shapes6, centres6, x, depths);
}

type Wells = {
  readonly id: string;
  readonly title: string;
  readonly sum: (x: Float64Array) => number;
  readonly optimum: number;
  readonly minimiser: readonly number[];
};

function wells({ id, title, sum, optimum, minimiser }: Wells): TestFunction {
  return {
    id,
    title,
    bounds: cube(0, 1, minimiser.length),
    evaluate: (x) => -sum(x),
    optimum: { value: optimum, tolerance: 1e-14 },
    minimisers: [minimiser],
    minimisersComplete: true,
    domain: "reals",
    tags: ["multimodal"],
    source: "Hartman 1973; Dixon & Szegö 1978",
  };
}

/** Sum over i of alpha_i exp(-sum over j of A_ij (x_j - P_ij)^2); A and P row-major, 4 x length of x. */
function depth(shapes: readonly number[], centres: readonly number[], x: Float64Array, depths: readonly number[] = wellDepths): number {
  const dimension = x.length;
  let total = 0;
  for (let i = 0; i < 4; i++) {
    let exponent = 0;
    for (let j = 0; j < dimension; j++) {
      const away = x[j]! - centres[i * dimension + j]!;
      exponent += shapes[i * dimension + j]! * away * away;
    }
    total += depths[i]! * exp(-exponent);
  }
  return total;
}

const shapes3 = [3, 10, 30, 0.1, 10, 35, 3, 10, 30, 0.1, 10, 35];
const centres3 = [0.3689, 0.117, 0.2673, 0.4699, 0.4387, 0.747, 0.1091, 0.8732, 0.5547, 0.0381, 0.5743, 0.8828];
const centres3Alternative = [...centres3.slice(0, 9), 0.03815, ...centres3.slice(10)];
// biome-ignore format: one row a well
const shapes6 = [
  10, 3, 17, 3.5, 1.7, 8,
  0.05, 10, 17, 0.1, 8, 14,
  3, 3.5, 1.7, 10, 17, 8,
  17, 8, 0.05, 10, 0.1, 14,
];
// biome-ignore format: one row a well
const centres6 = [
  0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886,
  0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991,
  0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665,
  0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381,
];
const shapes4 = firstColumns(shapes6);
const centres4 = firstColumns(centres6);

function firstColumns(table: readonly number[]): readonly number[] {
  return table.filter((_, position) => position % 6 < 4);
}
