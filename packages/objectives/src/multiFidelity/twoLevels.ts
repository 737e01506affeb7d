/** Pairs of an expensive function and a cheap approximation. Level 1 is the cheap one, level 2 the expensive one. */
import type { Fidelity } from "@caviar-hpo/core";
import type { MultiFidelityFunction } from "./multiFidelityFunction.ts";
import { type BoxFunction, overBox } from "./overBox.ts";

export type TwoLevels = Pick<BoxFunction, "id" | "title" | "bounds" | "optimum" | "minimisers" | "minimisersComplete" | "source"> & {
  readonly low: (x: Float64Array) => number;
  readonly high: (x: Float64Array) => number;
  /** The cost of the high level in units of the low one, which takes one second. */
  readonly ratio: number;
};

/** Makes a function of two levels that share no work: a run of the cheap level is no checkpoint for the expensive one. */
export function twoLevels({ low, high, ratio, ...rest }: TwoLevels): MultiFidelityFunction {
  return overBox({
    ...rest,
    fidelity: levels,
    resumable: false,
    measureAt: (x, level) => (level === 1 ? low : high)(x),
    truthAt: high,
    secondsAt: (_, level) => (level === 1 ? 1 : ratio),
  });
}

const levels: Fidelity = { unit: "level", min: 1, max: 2, whole: true };
