/**
 * A test function with constraints that are measured. A configuration is feasible if every constraint is at most 0. A strategy learns the
 * values of the constraints only with the value of the configuration, as in the literature on constrained Bayesian optimisation.
 * (Constraints that strategies know in advance are part of a space; see `constrain` in `@caviar-hpo/core`.)
 */
import type { Config } from "@caviar-hpo/core";
import type { MixedFunction } from "../mixed/mixedFunction.ts";

/** A test function with measured constraints. Its `optimum` is the minimum over the feasible configurations, and minimisers are feasible. */
export type ConstrainedFunction = MixedFunction & {
  /** The names of the constraints. */
  readonly constraints: readonly string[];
  /** The values of the constraints at a configuration, in the order of their names. Pure. */
  readonly constraintsAt: (config: Config) => readonly number[];
};
