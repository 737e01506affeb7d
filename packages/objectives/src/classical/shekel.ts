/**
 * Shekel's foxholes: a plain with m narrow holes. J. Shekel, "Test functions for multimodal search techniques" (1971); tables of Dixon and
 * Szegö, *Towards Global Optimisation 2* (1978).
 *
 * Two versions are in use. The seventh hole is at (5, 5, 3, 3) in the table of Dixon and Szegö. It is at (5, 3, 5, 3) in the collection of
 * Surjanovic and Bingham (SFU), and in libraries that copied it. With m = 5 there is no seventh hole, and the two versions are equal.
 *
 * All holes are inside the box, so moving an outside point to the nearest point of the box makes all of them deeper. Therefore the minimum
 * over R^4 is the one in the box.
 */
import { ConfigError } from "@caviar-hpo/core";
import type { TestFunction } from "../testFunction.ts";
import { cube } from "./dimension.ts";

/**
 * Shekel's foxholes on [0, 10]^4, with the table of Dixon and Szegö.
 *
 * @param holes 5, 7 or 10.
 * @throws ConfigError for another number.
 */
export function shekel(holes: number): TestFunction {
  return foxholes("", "Dixon & Szegö", dixonSzego, holes, optima);
}

/**
 * Shekel's foxholes on [0, 10]^4, with the table of Surjanovic and Bingham (SFU).
 *
 * @param holes 5, 7 or 10.
 * @throws ConfigError for another number.
 */
export function shekelSfu(holes: number): TestFunction {
  return foxholes("-sfu", "SFU", sfu, holes, optimaSfu);
}

type Certified = { readonly [holes: number]: readonly [optimum: number, minimiser: readonly number[]] };

function foxholes(suffix: string, version: string, centres: readonly number[], holes: number, certified: Certified): TestFunction {
  const known = Object.hasOwn(certified, holes) ? certified[holes] : undefined;
  if (known === undefined) {
    throw new ConfigError({
      code: "holes",
      what: "the number of Shekel's holes",
      expected: "5, 7 or 10",
      got: String(holes),
      remedy: "Choose one of the three published sizes.",
    });
  }
  const [value, minimiser] = known;
  return {
    id: `shekel${holes}${suffix}`,
    title: `Shekel with ${holes} holes (${version})`,
    bounds: cube(0, 10, 4),
    evaluate: (x) => foxholesAt(centres, holes, x),
    optimum: { value, tolerance: 2e-14 },
    minimisers: [minimiser],
    minimisersComplete: true,
    domain: "reals",
    tags: ["multimodal", "plateau"],
    source:
      suffix === "" ? "Shekel 1971; Dixon & Szegö 1978" : "Shekel 1971; Surjanovic & Bingham, Virtual Library of Simulation Experiments",
  };
}

/** Minus the sum over the holes of 1 / (|x - a_i|^2 + c_i); `centres` row-major, 10 x 4. */
function foxholesAt(centres: readonly number[], holes: number, x: Float64Array): number {
  let total = 0;
  for (let i = 0; i < holes; i++) {
    let distance = widths[i]!;
    for (let j = 0; j < 4; j++) {
      const away = x[j]! - centres[4 * i + j]!;
      distance += away * away;
    }
    total -= 1 / distance;
  }
  return total;
}

const widths = [0.1, 0.2, 0.2, 0.4, 0.4, 0.6, 0.3, 0.7, 0.5, 0.5];
// biome-ignore format: one row a hole
const dixonSzego = [
  4, 4, 4, 4,
  1, 1, 1, 1,
  8, 8, 8, 8,
  6, 6, 6, 6,
  3, 7, 3, 7,
  2, 9, 2, 9,
  5, 5, 3, 3,
  8, 1, 8, 1,
  6, 2, 6, 2,
  7, 3.6, 7, 3.6,
];
const sfu = [...dixonSzego.slice(0, 25), 3, 5, ...dixonSzego.slice(27)];

const five = [-10.153199679058227, [4.000037152819676, 4.00013327659156, 4.000037152819676, 4.00013327659156]] as const;
const optima: Certified = {
  5: five,
  7: [-10.40294056681866, [4.000572916185823, 4.000689366185305, 3.9994897088591506, 3.9996061588586316]],
  10: [-10.536409816692043, [4.000746531592046, 4.000592934138532, 3.9996633980403224, 3.9995098005868077]],
};
const optimaSfu: Certified = {
  5: five,
  7: [-10.402915336777744, [4.000572819251117, 3.9996062096096887, 4.000572819251117, 3.9996062096096887]],
  10: [-10.536443153483528, [4.000746868270634, 3.9995094800857736, 4.000746868270634, 3.9995094800857736]],
};
