/** From a point of the unit cube to a configuration: decoded, cardinalities and equalities seen to, constraints checked. */
import type { Stream } from "../../random/stream.ts";
import { decode, encode } from "../codec.ts";
import { countValues, isValueOf } from "../lattice.ts";
import { type Config, isActive, type ParamValue, type Space } from "../param.ts";
import type { Equalities } from "./equalities.ts";
import type { NamedParams } from "./expression.ts";
import { violationIn } from "./predicate.ts";
import type { Rule } from "./readConstraints.ts";

/** What a feasible set is made of. `cardinalities` name sums of parameters of which most must be 0. */
export type Restrictions = {
  readonly space: Space;
  readonly params: NamedParams;
  readonly rules: readonly Rule[];
  readonly equalities: Equalities | null;
  readonly cardinalities: readonly Cardinality[];
};
export type Cardinality = { readonly names: readonly string[]; readonly atMost: number };

/** How far a configuration is from fulfilling a rule; 0 where one of the rule's parameters is inactive. */
export function ruleViolation(rule: Rule, config: Config): number {
  for (const name of rule.names) if (!Object.hasOwn(config, name)) return 0;
  return violationIn(rule.predicate, config);
}

type SettledConfig = { readonly config: Config; readonly outside: number };

/**
 * The configuration at a point after cardinalities and equalities were seen to, and how far its computed values lie outside their ranges.
 * A computed value may be a condition of other parameters: then these are added or dropped, and all is seen to again.
 */
export function settled(restrictions: Restrictions, unit: Float64Array, source: Stream | null): SettledConfig {
  const { space, equalities, cardinalities } = restrictions;
  let config = decode(space, unit);
  if (equalities === null && cardinalities.length === 0) return { config, outside: 0 };
  for (let round = 0; round < mostRounds; round++) {
    const computed = compute(restrictions, config, source);
    if (space.params.every(([name, param]) => isActive(param, computed.config) === Object.hasOwn(computed.config, name))) return computed;
    config = reactivated(space, unit, computed.config);
  }
  return { config, outside: 1 };
}

const mostRounds = 4;

function compute({ params, equalities, cardinalities }: Restrictions, drawn: Config, source: Stream | null): SettledConfig {
  const config: { [name: string]: ParamValue } = { ...drawn };
  const zero = new Set<string>();
  for (const cardinality of cardinalities) {
    for (const name of namesToZero(cardinality, params, config, source)) {
      config[name] = 0;
      zero.add(name);
    }
  }
  const outside = equalities?.apply(config, zero) ?? 0;
  return { config: Object.freeze(config), outside };
}

/** With the parameters that are active now; those that were not before have the values at the point. */
function reactivated(space: Space, unit: Float64Array, config: Config): Config {
  const computed = encode(space, config);
  const isKept = space.params.map(([name]) => Object.hasOwn(config, name));
  const active = decode(
    space,
    unit.map((p, axis) => (isKept[axis] ? computed[axis]! : p)),
  );
  const entries = Object.entries(active).map(([name, value]) => [name, Object.hasOwn(config, name) ? config[name]! : value] as const);
  return Object.freeze(Object.fromEntries(entries));
}

/** The configuration at a point, or null where it breaks a constraint. */
export function settle(restrictions: Restrictions, unit: Float64Array, source: Stream | null): Config | null {
  const { config, outside } = settled(restrictions, unit, source);
  if (outside > 0) return null;
  for (const rule of restrictions.rules) if (ruleViolation(rule, config) > 0) return null;
  return config;
}

/**
 * The parameters that a cardinality sets to 0, of those that can be 0: those nearest to 0, or chosen at random where there is a source of
 * chance.
 */
function namesToZero({ names, atMost }: Cardinality, params: NamedParams, config: Config, source: Stream | null): readonly string[] {
  if (!names.every((name) => Object.hasOwn(config, name))) return [];
  const rest = names.filter((name) => isValueOf(params.get(name)!, 0));
  const count = Math.min(rest.length, names.length - atMost);
  if (source !== null) {
    const zero: string[] = [];
    while (zero.length < count) zero.push(...rest.splice(source.integer(rest.length), 1));
    return zero;
  }
  const size = (name: string): number => Math.abs(config[name] as number);
  return rest.sort((a, b) => size(a) - size(b)).slice(0, count);
}

/** Cardinalities that have to set parameters to 0: a real number is never 0 by chance. Those of whole numbers are left to rejection. */
export function cardinalitiesIn(rules: readonly Rule[], params: NamedParams): readonly Cardinality[] {
  return rules.flatMap(({ source }) => {
    if (typeof source === "string" || !("of" in source) || source.atMost === undefined || source.atMost >= source.of.length) return [];
    const continuous = source.of.some((name) => countValues(params.get(name)!) === Infinity);
    return continuous ? [{ names: source.of, atMost: source.atMost }] : [];
  });
}

export function uniformUnit({ dims }: Space, source: Stream): Float64Array {
  const unit = new Float64Array(dims);
  for (let axis = 0; axis < dims; axis++) unit[axis] = source.uniform();
  return unit;
}
