/** All mixed and conditional functions by id. */
import { type Family, fromFamilies } from "../families.ts";
import { plateaus } from "../rugged/plateaus.ts";
import { rugged } from "../rugged/rugged.ts";
import { ackleyMixed } from "./ackleyMixed.ts";
import { bbobMixint } from "./bbobMixint.ts";
import { func2C, func3C } from "./cocabo.ts";
import { jenattonTree } from "./jenattonTree.ts";
import { labs } from "./labs.ts";
import type { MixedFunction } from "./mixedFunction.ts";
import { pipeline } from "./pipeline.ts";

/**
 * The function with this id, such as `func2c`, `jenatton-tree` or `bbob-mixint-f15-d5-i3`.
 *
 * @throws ConfigError for an unknown id, with the nearest known ones, and for a number out of range.
 */
export function mixedFunction(id: string): MixedFunction {
  return fromFamilies(mixedFamilies, id, "mixedFunctionIds");
}

/**
 * The ids of all functions. `{n}` stands for a length, and `{f}`, `{D}` and `{i}` for the function number of BBOB, the dimension and the
 * instance.
 */
export function mixedFunctionIds(): readonly string[] {
  return mixedFamilies.map(([pattern]) => pattern);
}

/** All families of mixed and conditional functions. */
export const mixedFamilies: readonly Family<MixedFunction>[] = [
  ["func2c", func2C],
  ["func3c", func3C],
  ["jenatton-tree", jenattonTree],
  ["pipeline", pipeline],
  ["ackley-mixed-d{D}", ackleyMixed],
  ["labs-n{n}", labs],
  ["bbob-mixint-f{f}-d{D}-i{i}", bbobMixint],
  ["plateaus", plateaus],
  ["rugged-i{i}", rugged],
];
