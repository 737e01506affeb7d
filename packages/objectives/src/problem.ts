/**
 * Test functions as problems of the contract. The space has coordinates x1 … xD on linear scales, or is the function's own space. There is
 * one objective. Only functions of several fidelities have a fidelity.
 */
import { type Config, ConfigError, createSpace, type Problem, real, type Space } from "@caviar-hpo/core";
import type { ConstrainedFunction } from "./constrained/constrainedFunction.ts";
import type { MixedFunction } from "./mixed/mixedFunction.ts";
import type { MultiFidelityFunction } from "./multiFidelity/multiFidelityFunction.ts";
import type { TestFunction } from "./testFunction.ts";

/** The problem whose objective `value` is to minimise `fn`. */
export function asProblem(fn: TestFunction | MixedFunction | ConstrainedFunction | MultiFidelityFunction): Problem {
  return {
    space: "space" in fn ? fn.space : boxSpace(fn.bounds),
    objectives: [{ name: "value", goal: "minimize" }],
    constraints: "constraints" in fn ? fn.constraints : [],
    fidelity: "fidelity" in fn ? fn.fidelity : null,
    resumable: "fidelity" in fn && fn.resumable,
  };
}

/** Real coordinates x1 … xD on linear scales. */
export function boxSpace(bounds: TestFunction["bounds"]): Space {
  return createSpace(bounds.map(([low, high], k) => [coordinate(k), real(low, high)] as const));
}

/**
 * The point of a configuration of `asProblem(fn)`, with one entry per coordinate.
 *
 * @throws ConfigError for a coordinate that is missing, not a number, or outside the box, where the optimum is not certified.
 */
export function toPoint(fn: Pick<TestFunction, "id" | "bounds">, config: Config): Float64Array {
  return Float64Array.from(fn.bounds, ([low, high], k) => {
    const value = config[coordinate(k)];
    if (typeof value === "number" && value >= low && value <= high) return value;
    throw new ConfigError({
      code: "point",
      what: `${coordinate(k)} of ${fn.id}`,
      expected: `a number in [${low}, ${high}]`,
      got: String(value),
      remedy: "Pass configurations of the problem of this function.",
    });
  });
}

/** The name of coordinate k, counted from 0. */
export function coordinate(k: number): string {
  return `x${k + 1}`;
}
