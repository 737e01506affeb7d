/**
 * Test functions as problems of the contract: coordinates x1 … xD on linear scales, or a mixed function's own space; one objective,
 * every evaluation complete.
 */
import { type Config, ConfigError, createSpace, type Problem, real } from "@caviar/core";
import type { MixedFunction } from "./mixed/mixedFunction.ts";
import type { TestFunction } from "./testFunction.ts";

export function asProblem(fn: TestFunction | MixedFunction): Problem {
  return {
    space: "space" in fn ? fn.space : createSpace(fn.bounds.map(([low, high], k) => [coordinate(k), real(low, high)] as const)),
    objectives: [{ name: "value", goal: "minimize" }],
    constraints: [],
    fidelity: null,
    resumable: false,
  };
}

/**
 * The point that a configuration of `asProblem(fn)` stands for, one entry a coordinate.
 *
 * @throws ConfigError for a coordinate that is missing, not a number or outside the box, where the optimum is not certified.
 */
export function toPoint(fn: TestFunction, config: Config): Float64Array {
  return Float64Array.from(fn.bounds, ([low, high], k) => {
    const value = config[coordinate(k)];
    if (typeof value === "number" && value >= low && value <= high) return value;
    throw new ConfigError({
      code: "point",
      what: `${coordinate(k)} of ${fn.id}`,
      expected: `a number in [${low}, ${high}]`,
      got: String(value),
      remedy: "Evaluate configurations of this function's own problem.",
    });
  });
}

function coordinate(k: number): string {
  return `x${k + 1}`;
}
