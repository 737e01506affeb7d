/** Pairs of a dear formula and a cheap one that stands in for it: level 1 is the cheap one, level 2 the dear one. */
import type { Fidelity } from "@caviar-hpo/core";
import type { MultiFidelityFunction } from "./multiFidelityFunction.ts";
import { type BoxFunction, overBox } from "./overBox.ts";

export type TwoLevels = Pick<BoxFunction, "id" | "title" | "bounds" | "optimum" | "minimisers" | "minimisersComplete" | "source"> & {
  readonly low: (x: Float64Array) => number;
  readonly high: (x: Float64Array) => number;
  /** How many times dearer the high level is; the low one takes a second. */
  readonly ratio: number;
};

/** Two simulations that share no work: a run of the cheap one is no checkpoint of the dear one. */
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
