/** Checks configurations from outside: from a user, a wire or a strategy. */
import { ConfigError } from "../contract/errors.ts";
import { configRoot } from "../read/path.ts";
import { isList, type Members, membersOf } from "../read/snapshot.ts";
import { show } from "../text/show.ts";
import { ownValueOf } from "./lattice.ts";
import { type Config, isActive, type Param, type ParamValue, type Plain, plainOf, type Space } from "./param.ts";
import { feasibleSetOf } from "./where/sets.ts";

/**
 * The configuration as new data, in declaration order and frozen, if every active parameter has a legal value and nothing else is there.
 * Each value becomes the parameter's own (`ownValueOf`): 3 * 0.1 becomes 0.3 on steps of 0.1. Everything that enters a study passes here.
 *
 * @throws ConfigError naming the first parameter that is missing, superfluous or out of range, or the first constraint that is broken; for
 * what is no plain object.
 */
export function checkConfig(space: Space, config: unknown): Config {
  return checked(space, config, false);
}

/**
 * `checkConfig` for the proposal of a strategy: a frozen plain object that is in order and has the parameters' own values is kept as it is,
 * because a copy of each would double the cost of a large study.
 */
export function checkProposal(space: Space, config: Config): Config {
  return checked(space, config, config instanceof Object && Object.isFrozen(config) && Object.getPrototypeOf(config) === Object.prototype);
}

/** @param fixed whether the configuration is plain data that can never change, and may be kept as it is. */
function checked(space: Space, config: unknown, fixed: boolean): Config {
  const given = fixed ? (config as Members) : copyOf(config);
  const read: { [name: string]: ParamValue } = {};
  const names = Object.keys(given);
  let count = 0;
  let kept = fixed;
  const { params } = space;
  for (let axis = 0; axis < params.length; axis++) {
    const param = params[axis]![1];
    if (!isActive(param, read)) continue;
    const name = params[axis]![0];
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    const own = readValue(name, param, value);
    kept &&= names[count] === name && Object.is(own, value);
    read[name] = own;
    count++;
  }
  if (names.length !== count) refuseExtra(names, read);
  feasibleSetOf(space)?.check(read);
  return kept ? (config as Config) : Object.freeze(read);
}

/** The values of a configuration that may leave out parameters, as `checkConfig` gives them. Conditions and constraints are not checked. */
export function readValues(space: Space, config: unknown): Config {
  const given = copyOf(config);
  const named = space.params.filter(([name]) => Object.hasOwn(given, name));
  const read = Object.fromEntries(named.map(([name, param]) => [name, readValue(name, param, given[name])]));
  const names = Object.keys(given);
  if (names.length !== named.length) refuseExtra(names, read);
  return Object.freeze(read);
}

function readValue(name: string, param: Param, value: unknown): ParamValue {
  const plain = plainOf(param);
  return (
    ownValueOf(plain, value) ??
    fail(`configuration value ${show(name)}`, describeValues(plain), show(value), "Correct the value, or the space.")
  );
}

function refuseExtra(names: readonly string[], read: Config): never {
  const extra = names.find((name) => !Object.hasOwn(read, name));
  return fail("configuration", "only names of active parameters", show(extra), "Drop it, or activate it.");
}

function copyOf(config: unknown): Members {
  if (typeof config !== "object" || config === null || isList(config))
    fail("configuration", "an object of values by name", show(config), "Pass { name: value, … }.");
  return membersOf(config, configuration, null);
}

const configuration = configRoot("configuration", "badConfig");

/** The values of a parameter, for messages. */
export function describeValues(param: Plain): string {
  switch (param.kind) {
    case "real":
    case "int": {
      const steps = param.step === undefined ? "" : ` on steps of ${param.step}`;
      return `a ${param.kind === "int" ? "whole " : ""}number in [${param.low}, ${param.high}]${steps}`;
    }
    case "choice":
      return `one of ${param.options.slice(0, 6).map(show).join(", ")}${param.options.length > 6 ? ", …" : ""}`;
  }
}

function fail(what: string, expected: string, got: string, remedy: string): never {
  throw new ConfigError({ code: "badConfig", what, expected, got, remedy });
}
