/**
 * A test function: a formula on a box whose minimum is known. Everything is minimised; `source` says where the formula stands and
 * `optimum` how far its value can be trusted, so that a regret computed from it is a regret.
 */

export type Optimum = {
  /** The minimum over the box. */
  readonly value: number;
  /** No evaluation lies below `value - tolerance`, and every minimiser reaches `value + tolerance`. */
  readonly tolerance: number;
};

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

export type TestFunction = {
  /** Stable and unique, for instance `hartmann6`, `ackley-d5`, `bbob-f15-d5-i3`. */
  readonly id: string;
  readonly title: string;
  /** One [low, high] a coordinate. */
  readonly bounds: readonly (readonly [low: number, high: number])[];
  /** Pure; `x` has one entry a coordinate and is not changed. */
  readonly evaluate: (x: Float64Array) => number;
  readonly optimum: Optimum;
  /** Points of the box that attain the minimum: all of them where there are finitely many and `minimisersComplete`. */
  readonly minimisers: readonly (readonly number[])[];
  readonly minimisersComplete: boolean;
  /**
   * `reals`: the formula holds on all of R^n and its minimum over R^n is the same `optimum`, so the function may be rotated without
   * bringing lower values into the box; `box`: it only means something inside its bounds, or falls lower outside.
   */
  readonly domain: "reals" | "box";
  readonly tags: readonly Tag[];
  readonly source: string;
};
