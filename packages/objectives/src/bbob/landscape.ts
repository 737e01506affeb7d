/**
 * What a BBOB function is before its value is shifted to f*: one factory a function, from a dimension and an instance seed to a
 * landscape that is zero at its minimiser.
 */
import type { Tag } from "../testFunction.ts";

export type Landscape = {
  /** x*. */
  readonly minimiser: Float64Array;
  /** f(x) - f*. Holds buffers of its own, so that a call allocates nothing. */
  readonly excess: (x: Float64Array) => number;
};

export type LandscapeDefinition = {
  readonly title: string;
  readonly tags: readonly Tag[];
  /** Whether x* is the only minimiser. */
  readonly unique: boolean;
  /** How far rounding may leave f(x*) from f*, or any f(x) below it; see `Optimum`. */
  readonly tolerance: number;
  readonly landscape: (dimension: number, seed: number) => Landscape;
};
