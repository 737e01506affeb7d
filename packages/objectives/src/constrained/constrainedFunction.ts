/**
 * Test functions with constraints that are measured. A configuration is feasible if every constraint is at most 0. A strategy learns the
 * values of the constraints only with the value of the configuration, as in the literature on constrained Bayesian optimisation.
 * (Constraints that strategies know in advance are part of a space; see `constrain` in `@caviar-hpo/core`.)
 */
import { type Config, checkConfig, createSpace, type Param } from "@caviar-hpo/core";
import type { MixedFunction } from "../mixed/mixedFunction.ts";
import { coordinate } from "../problem.ts";

/** A test function with measured constraints. Its `optimum` is the minimum over the feasible configurations. Minimisers are feasible. */
export type ConstrainedFunction = MixedFunction & {
  /** The names of the constraints. */
  readonly constraints: readonly string[];
  /** The values of the constraints at a configuration, in the order of their names. Pure. */
  readonly constraintsAt: (config: Config) => readonly number[];
};

/** A formula on numbers, with its constraints. */
export type ConstrainedFormula = {
  readonly id: string;
  readonly title: string;
  readonly params: readonly Param[];
  /** The value at a point, with one entry per parameter. */
  readonly objective: (x: readonly number[]) => number;
  /** Each is to be at most 0. */
  readonly constraints: { readonly [name: string]: (x: readonly number[]) => number };
  readonly optimum: MixedFunction["optimum"];
  /** Feasible points that attain the minimum within the tolerance. */
  readonly minimisers: readonly (readonly number[])[];
  readonly minimisersComplete: boolean;
  readonly source: string;
};

/** The function of a formula. Its parameters are called x1, x2 and so on. */
export function fromFormula(formula: ConstrainedFormula): ConstrainedFunction {
  const { params, objective, constraints, minimisers, ...facts } = formula;
  const space = createSpace(params.map((param, k) => [coordinate(k), param]));
  const pointOf = (given: Config): readonly number[] => {
    const config = checkConfig(space, given);
    return params.map((_, k) => config[coordinate(k)] as number);
  };
  return {
    ...facts,
    space,
    evaluate: (config) => objective(pointOf(config)),
    constraints: Object.keys(constraints),
    constraintsAt: (config) => {
      const x = pointOf(config);
      return Object.values(constraints).map((constraint) => constraint(x));
    },
    minimisers: minimisers.map((minimiser) => Object.fromEntries(minimiser.map((value, k) => [coordinate(k), value]))),
  };
}
