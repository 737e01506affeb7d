/** All functions that are evaluated point by point, by id: those on boxes, those on other spaces, and those with constraints. */
import { testFunctionFamilies } from "./catalogue.ts";
import { constrainedFamilies } from "./constrained/catalogue.ts";
import type { ConstrainedFunction } from "./constrained/constrainedFunction.ts";
import { type Family, fromFamilies } from "./families.ts";
import { mixedFamilies } from "./mixed/catalogue.ts";
import type { MixedFunction } from "./mixed/mixedFunction.ts";
import type { TestFunction } from "./testFunction.ts";

/** A function on a box, on another space, or with constraints. */
export type PointFunction = TestFunction | MixedFunction | ConstrainedFunction;

/**
 * The function with this id, such as `branin`, `func2c` or `gramacy`.
 *
 * @throws ConfigError for an unknown id, with the nearest known ones, and for a number out of range.
 */
export function pointFunction(id: string): PointFunction {
  return fromFamilies(families, id, "pointFunctionIds");
}

/** The ids of all functions. Letters in braces stand for numbers, as in `testFunctionIds` and `mixedFunctionIds`. */
export function pointFunctionIds(): readonly string[] {
  return families.map(([pattern]) => pattern);
}

const families: readonly Family<PointFunction>[] = [...testFunctionFamilies, ...mixedFamilies, ...constrainedFamilies];
