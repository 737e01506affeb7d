/**
 * A test function: a formula on a box whose minimum is known. Everything is minimised. `source` says where the formula was published.
 * `optimum` says how exactly its value is known, so that regrets computed from it are right.
 */

/** A certified minimum. */
export type Optimum = {
  /** The minimum over the box. */
  readonly value: number;
  /** No value is below `value - tolerance`, and the value at every minimiser is at most `value + tolerance`. */
  readonly tolerance: number;
};

/** What makes a function easy or hard. */
export type Tag =
  | "unimodal"
  | "multimodal"
  | "separable"
  | "ill-conditioned"
  | "valley"
  | "deceptive"
  | "non-smooth"
  | "plateau"
  | "ridge"
  | "boundary optimum"
  | "centred optimum"
  | "weak structure"
  | "low effective dimension";

/** A formula on a box, with a certified minimum. */
export type TestFunction = {
  /** Stable and unique, such as `hartmann6`, `ackley-d5` or `bbob-f15-d5-i3`. */
  readonly id: string;
  readonly title: string;
  /** [low, high] for each coordinate. */
  readonly bounds: readonly (readonly [low: number, high: number])[];
  /** The value at x, which has one entry per coordinate. Pure: x is not changed. */
  readonly evaluate: (x: Float64Array) => number;
  readonly optimum: Optimum;
  /** Points of the box that attain the minimum: all of them if `minimisersComplete`, otherwise some. */
  readonly minimisers: readonly (readonly number[])[];
  readonly minimisersComplete: boolean;
  /**
   * "reals": the formula holds on all of R^n, and its minimum over R^n is the same `optimum`. So the function may be rotated without
   * bringing lower values into the box. "box": the formula has no meaning outside the bounds, or has lower values there.
   */
  readonly domain: "reals" | "box";
  /** Whether the function is one of many instances that differ in the place of the optimum, such as those of BBOB. false by default. */
  readonly isInstance?: boolean;
  readonly tags: readonly Tag[];
  readonly source: string;
};
