/**
 * Partial configurations: some values are given, the rest is left to a strategy. The legal completions are a space of their own: the same
 * parameters, where a given one has a single value, and a parent has only the values that its given children allow. So conditions and
 * constraints between parameters hold for completions as they do for any configuration.
 */
import { ConfigError, SpaceError } from "../contract/errors.ts";
import { derive, type Key } from "../random/key.ts";
import { uniforms } from "../random/words.ts";
import { show } from "../text/show.ts";
import { fromUnit } from "./codec.ts";
import { checkConfig, readValues } from "./config.ts";
import { ownValueOf } from "./lattice.ts";
import { type Config, isActive, type Param, type ParamValue, type Plain, plainOf, type Space } from "./param.ts";
import { keepSpace } from "./space.ts";
import { feasibleSetOf, keepSet } from "./where/sets.ts";

/** Whether every active parameter has a value. */
export function isComplete(space: Space, config: Config): boolean {
  return space.params.every(([name, param]) => Object.hasOwn(config, name) || !isActive(param, config));
}

/**
 * The configuration as new data, in declaration order and frozen. It may leave out parameters.
 *
 * @throws ConfigError for an unknown name, a value that its parameter does not have, and for values that no others complete.
 */
export function checkPartial(space: Space, given: unknown): Config {
  const config = readValues(space, given);
  if (isComplete(space, config)) return checkConfig(space, config);
  completions(space, config);
  return config;
}

/**
 * The given values with those of `proposed` for the rest. Parameters that only the given values make active have no value in `proposed`.
 * Their values are drawn, and the draw depends on `proposed` alone. If the values together break a constraint, the rest is changed.
 *
 * @param given as `checkPartial` returns it.
 */
export function completed(space: Space, given: Config, proposed: Config): Config {
  if (isComplete(space, given)) return given;
  const narrow = completions(space, given);
  const values = narrow.params.map(([name]) => (Object.hasOwn(proposed, name) ? proposed[name] : null));
  const uniform = uniforms(derive(restKey, JSON.stringify(values)));
  const config: { [name: string]: ParamValue } = {};
  narrow.params.forEach(([name, param], index) => {
    const p = uniform();
    if (isActive(param, config)) config[name] = ownValueOf(plainOf(param), values[index]) ?? fromUnit(plainOf(param), p);
  });
  return feasibleSetOf(narrow)?.repair(Object.freeze(config)) ?? Object.freeze(config);
}

const restKey: Key = [0x70617274, 0x69616c20, 0x72657374, 0];

/** By the configurations that `checkPartial` returned. */
const known = new WeakMap<Config, Space>();

/** The space of the configurations that have the given values. */
function completions(space: Space, given: Config): Space {
  const found = known.get(given);
  if (found !== undefined) return found;
  const narrow = keepSpace({ ...space, params: Object.freeze(narrowed(space, given)) });
  const whole = feasibleSetOf(space);
  if (whole !== null) {
    const set = whole.within(narrow);
    keepSet(narrow, set);
    // Bounds refuse in a moment what a search needs a second for.
    if (!whole.mayHold(given)) refuseBroken("none");
    prepare(set.prepare);
  }
  known.set(given, narrow);
  return narrow;
}

/** Children come after their parents, so that the last parameter is first. */
function narrowed({ params }: Space, given: Config): Space["params"] {
  const allowed = new Map<string, readonly unknown[]>();
  const narrow = [...params].reverse().map(([name, param]) => {
    const values = allowed.get(name);
    const own = Object.hasOwn(given, name) ? given[name] : undefined;
    if (own !== undefined && values?.includes(own) === false)
      refuse(`value of ${show(name)}`, `one of ${values.map(show).join(", ")}`, show(own));
    if (param.kind === "given" && (own ?? values) !== undefined) {
      const before = allowed.get(param.parent) ?? param.values;
      const both = before.filter((value) => (param.values as readonly unknown[]).includes(value));
      if (both.length === 0) refuse(`value of ${show(param.parent)}`, `one of ${before.map(show).join(", ")}`, `a value of ${show(name)}`);
      allowed.set(param.parent, both);
    }
    return Object.freeze([name, narrowParam(param, own === undefined ? values : [own])] as const);
  });
  return narrow.reverse();
}

function narrowParam(param: Param, values: readonly unknown[] | undefined): Param {
  if (values === undefined) return param;
  const plain = narrowPlain(plainOf(param), values as readonly ParamValue[]);
  return Object.freeze(param.kind === "given" ? { ...param, param: plain } : plain);
}

function narrowPlain(param: Plain, values: readonly ParamValue[]): Plain {
  const [value] = values;
  if (param.kind !== "choice" && values.length === 1) return { ...param, low: value as number, high: value as number };
  return { kind: "choice", options: values, ordered: param.kind !== "choice" || param.ordered };
}

function prepare(search: () => void): void {
  try {
    search();
  } catch (error) {
    if (error instanceof SpaceError) refuseBroken(error.got);
    throw error;
  }
}

function refuseBroken(got: string): never {
  return refuse("configuration", "values that others complete without breaking a constraint", got);
}

function refuse(what: string, expected: string, got: string): never {
  throw new ConfigError({ code: "badConfig", what, expected, got, remedy: "Correct the values, or leave some out." });
}
