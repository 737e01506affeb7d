/** The constraints of a space, ready for use. */
import { decode } from "../codec.ts";
import { type Config, type Param, plainOf, type Space } from "../param.ts";
import { readEqualities } from "./equalities.ts";
import type { NamedParams } from "./expression.ts";
import { createFeasibleSet, type FeasibleSet } from "./feasibleSet.ts";
import { refuseEmpty } from "./proof.ts";
import { type Rule, readConstraints } from "./readConstraints.ts";
import { cardinalitiesIn } from "./settle.ts";

const sets = new WeakMap<Space, FeasibleSet>();

/** The feasible set of a space, or null where every configuration is feasible. */
export function feasibleSetOf(space: Space): FeasibleSet | null {
  return sets.get(space) ?? null;
}

/**
 * The configuration at a point of the unit cube, length `space.dims`, or the feasible one that is found near it where that breaks a
 * constraint. It is `decode` where the space has no constraints.
 *
 * @throws SpaceError where no feasible configuration is found.
 */
export function decodeNear(space: Space, unit: Float64Array): Config {
  return sets.get(space)?.near(unit) ?? decode(space, unit);
}

/** The configuration at a point of the unit cube, with equalities solved; null where it breaks a constraint. */
export function decodeFeasible(space: Space, unit: Float64Array): Config | null {
  const set = sets.get(space);
  return set === undefined ? decode(space, unit) : set.at(unit);
}

/** Reads the constraints of a space. @throws SpaceError for one that cannot be served, or that leaves the space empty. */
export function readWhere(where: unknown, params: Space["params"]): readonly Rule[] {
  const named: NamedParams = new Map(params.map(([name, param]) => [name, plainOf(param)]));
  const rules = readConstraints(where, named);
  const conditional = new Set(params.filter(([, param]) => isConditional(param)).map(([name]) => name));
  refuseEmpty(
    rules.filter(({ names }) => !names.some((name) => conditional.has(name))),
    named,
  );
  return rules;
}

function isConditional(param: Param): boolean {
  return param.kind === "given";
}

/** Remembers the rules of a space that was just made. */
export function restrict(space: Space, rules: readonly Rule[]): void {
  if (rules.length === 0) return;
  const params: NamedParams = new Map(space.params.map(([name, param]) => [name, plainOf(param)]));
  const restrictions = { space, params, rules, equalities: readEqualities(rules, params), cardinalities: cardinalitiesIn(rules, params) };
  sets.set(space, createFeasibleSet(restrictions));
}
