/** Constraints between the parameters of a space. */
import { type Param, plainOf, type Space } from "../param.ts";
import { keepSpace } from "../space.ts";
import type { ParameterConstraint } from "./constraint.ts";
import { readEqualities } from "./equalities.ts";
import type { NamedParams } from "./expression.ts";
import { createFeasibleSet } from "./feasibleSet.ts";
import { refuseEmpty } from "./proof.ts";
import { readConstraints } from "./readConstraints.ts";
import { keepSet } from "./sets.ts";
import { cardinalitiesIn } from "./settle.ts";

/**
 * The space with constraints between its parameters. They take the place of those that it may have had. Every strategy keeps them, after
 * rounding and stepping: inequalities, forbidden combinations and whole numbers exactly, equalities of real numbers within 1e-9.
 *
 * ```ts
 * const space = constrain(createSpace({ a: real(0, 1), b: real(0, 1) }), [{ sum: ["a", "b"], max: 1 }, "a < 2 * b"]);
 * ```
 *
 * @throws SpaceError for a constraint that cannot be served, and for constraints that are proved to leave nothing.
 */
export function constrain(space: Space, where: readonly ParameterConstraint[]): Space {
  const params: NamedParams = new Map(space.params.map(([name, param]) => [name, plainOf(param)]));
  const rules = readConstraints(where, params);
  const conditional = new Set(space.params.filter(([, param]) => isConditional(param)).map(([name]) => name));
  refuseEmpty(
    rules.filter(({ names }) => !names.some((name) => conditional.has(name))),
    params,
  );
  const constrained = keepSpace({ ...space, where: Object.freeze(rules.map(({ source }) => source)) });
  if (rules.length > 0) {
    const [equalities, cardinalities] = [readEqualities(rules, params), cardinalitiesIn(rules, params)];
    keepSet(constrained, createFeasibleSet({ space: constrained, params, rules, equalities, cardinalities }));
  }
  return constrained;
}

function isConditional(param: Param): boolean {
  return param.kind === "given";
}
