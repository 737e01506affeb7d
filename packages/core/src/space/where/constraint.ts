/**
 * Constraints between parameters, as a user writes them. They are plain data, so they travel on the wire, in logs and in plans. A
 * constraint does not apply to a configuration in which one of its parameters is inactive. `docs/constraints.md` explains each form.
 */
import type { ParamValue } from "../param.ts";

/** Bounds, which are included. Use either `equals` alone, or `min`, `max` or both. */
export type ConstraintRange = { readonly min?: number; readonly max?: number; readonly equals?: number };

/** A value in a forbidden combination: one value, one of several values, or a number in a range whose bounds are included. */
export type ForbiddenValue = ParamValue | readonly ParamValue[] | { readonly min?: number; readonly max?: number };

/** `{ sum: ["a", "b", "c"], equals: 1 }`: bounds of a sum. */
export type SumConstraint = { readonly sum: readonly string[] } & ConstraintRange;
/** `{ linear: { a: 2, b: -1 }, max: 0.5 }`: bounds of 2 a - b. */
export type LinearConstraint = { readonly linear: { readonly [name: string]: number } } & ConstraintRange;
/** `{ product: ["layers", "units"], max: 600 }`: bounds of a product. */
export type ProductConstraint = { readonly product: readonly string[] } & ConstraintRange;
/** `{ less: ["a", "b"] }`: each is less than the next. Numbers are compared by value, and ordered choices by their order. */
export type OrderConstraint = { readonly less: readonly string[] };
/** `{ forbid: { kernel: "poly", units: { min: 257 } } }`: no configuration has all of these. */
export type ForbiddenCombination = { readonly forbid: { readonly [name: string]: ForbiddenValue } };
/** `{ atMost: 2, of: ["a", "b", "c"], nonzero: true }`: how many of these parameters may differ from 0. */
export type CardinalityConstraint = {
  readonly atMost?: number;
  readonly atLeast?: number;
  readonly of: readonly string[];
  readonly nonzero: true;
};

/** One constraint. A string is an expression such as `"log10(units) + layers <= 4"`. It is parsed and never run as code. */
export type ParameterConstraint =
  | SumConstraint
  | LinearConstraint
  | ProductConstraint
  | OrderConstraint
  | ForbiddenCombination
  | CardinalityConstraint
  | string;
