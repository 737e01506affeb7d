/** All mixed and conditional functions by id. */
import { type Family, fromFamilies } from "../families.ts";
import { bbobMixint } from "./bbobMixint.ts";
import { func2C, func3C } from "./cocabo.ts";
import { jenattonTree } from "./jenattonTree.ts";
import type { MixedFunction } from "./mixedFunction.ts";

/**
 * The function with this id, such as `func2c`, `jenatton-tree` or `bbob-mixint-f15-d5-i3`.
 *
 * @throws ConfigError for an unknown id, with the nearest known ones, and for a number out of range.
 */
export function mixedFunction(id: string): MixedFunction {
  return fromFamilies(mixedFamilies, id, "mixedFunctionIds");
}

/** The ids of all functions. `{f}`, `{D}` and `{i}` stand for the function number of BBOB, the dimension and the instance. */
export function mixedFunctionIds(): readonly string[] {
  return mixedFamilies.map(([pattern]) => pattern);
}

/** All families of mixed and conditional functions. */
export const mixedFamilies: readonly Family<MixedFunction>[] = [
  ["func2c", func2C],
  ["func3c", func3C],
  ["jenatton-tree", jenattonTree],
  ["bbob-mixint-f{f}-d{D}-i{i}", bbobMixint],
];
