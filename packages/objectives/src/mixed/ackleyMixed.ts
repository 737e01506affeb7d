/**
 * Ackley's function with switches: of D coordinates, three are real numbers in [-1, 1] and the others are 0 or 1. With 50 switches it is
 * Ackley53 of L. Bliek, A. Guijt, S. Verwer and M. de Weerdt, "Black-box mixed-variable optimization using a surrogate model that satisfies
 * integer constraints" (2021). The minimum is that of Ackley's function: 0, where everything is 0.
 */
import { type Config, checkConfig, createSpace, int, type Param, real } from "@caviar-hpo/core";
import { ackley } from "../classical/ackley.ts";
import { checkDimension } from "../classical/dimension.ts";
import type { MixedFunction } from "./mixedFunction.ts";

/** @param dimension 4 or more: three coordinates are real. */
export function ackleyMixed(dimension: number): MixedFunction {
  checkDimension("ackley-mixed", dimension, 4);
  const isReal = (k: number): boolean => k >= dimension - 3;
  const names = Array.from({ length: dimension }, (_, k) => `x${k + 1}`);
  const space = createSpace(names.map((name, k): [string, Param] => [name, isReal(k) ? real(-1, 1) : int(0, 1)]));
  const inner = ackley(dimension);
  return {
    id: `ackley-mixed-d${dimension}`,
    title: `Ackley with ${dimension - 3} switches and 3 real coordinates`,
    space,
    evaluate: (given: Config) => {
      const config = checkConfig(space, given);
      return inner.evaluate(Float64Array.from(names, (name) => config[name] as number));
    },
    optimum: inner.optimum,
    minimisers: [Object.fromEntries(names.map((name) => [name, 0]))],
    minimisersComplete: true,
    source: "Ackley 1987; Bliek, Guijt, Verwer & de Weerdt 2021",
  };
}
