/** The check that every function of free dimension makes first, and the boxes that repeat one interval. */
import { ConfigError, limits } from "@caviar-hpo/core";

export type Interval = readonly [low: number, high: number];

/** Throws ConfigError unless `dimension` is a whole number in [least, most] and a multiple of `step`. */
export function checkDimension(family: string, dimension: number, least: number, most: number = limits.params, step = 1): void {
  if (Number.isInteger(dimension) && dimension >= least && dimension <= most && dimension % step === 0) return;
  throw new ConfigError({
    code: "dimension",
    what: `the dimension of ${family}`,
    expected: `a ${step === 1 ? "whole number" : `multiple of ${step}`} from ${least} to ${most}`,
    got: String(dimension),
    remedy: "Choose a dimension in that range.",
  });
}

/** The same interval for every coordinate. */
export function cube(low: number, high: number, dimension: number): readonly Interval[] {
  return Array.from({ length: dimension }, (): Interval => [low, high]);
}

/** The point whose coordinates all have one value. */
export function everywhere(value: number, dimension: number): readonly number[] {
  return Array.from({ length: dimension }, () => value);
}
