/** How far the points of one ask keep apart, next to the points of as many asks for one. */
import type { Problem } from "../contract/problem.ts";
import type { Strategy } from "../contract/strategy.ts";
import { encode } from "../space/codec.ts";
import { type Config, real } from "../space/param.ts";
import { createSpace } from "../space/space.ts";
import { type Study, startStudy } from "../study/study.ts";

const square: Problem = {
  space: createSpace({ x: real(0, 1), y: real(0, 1) }),
  objectives: [{ name: "value", goal: "minimize" }],
  constraints: [],
  fidelity: null,
  resumable: false,
};
const points = 16;

/** The mean over seeds of the least distance between two of 16 points of the unit square, all from one ask. */
export function batchSpread(create: () => Strategy, seeds: readonly number[]): number {
  return meanSpread(create, seeds, (study) => study.ask({ want: points }).jobs);
}

/** The same for sixteen asks for one point, with nothing told between. */
export function sequenceSpread(create: () => Strategy, seeds: readonly number[]): number {
  return meanSpread(create, seeds, (study) => Array.from({ length: points }, () => study.ask().jobs).flat());
}

function meanSpread(
  create: () => Strategy,
  seeds: readonly number[],
  jobsOf: (study: Study) => readonly { readonly config: Config }[],
): number {
  const distances = seeds.map((seed) => {
    const study = startStudy({ problem: square, strategy: create(), seed });
    return leastDistance(jobsOf(study).map(({ config }) => encode(square.space, config)));
  });
  return distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
}

function leastDistance(units: readonly Float64Array[]): number {
  return Math.min(...units.flatMap((unit, index) => units.slice(0, index).map((other) => distance(unit, other))));
}

function distance(a: Float64Array, b: Float64Array): number {
  return Math.sqrt(a.reduce((sum, u, axis) => sum + (u - b[axis]!) * (u - b[axis]!), 0));
}
