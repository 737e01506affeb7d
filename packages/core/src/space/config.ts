/** Checking configurations that come from outside: from a user, a wire, or a strategy. */
import { ConfigError } from "../contract/errors.ts";
import { show } from "../text/show.ts";
import { type Config, isActive, type ParamValue, type Plain, plainOf, type Space } from "./param.ts";
import { realAt, realToUnit } from "./scale.ts";
import { isIntValue } from "./space.ts";

/**
 * The configuration itself, in declaration order and frozen, if every active parameter has a legal value and nothing else is there.
 *
 * @throws ConfigError naming the first parameter that is missing, superfluous or out of range.
 */
export function checkConfig(space: Space, config: unknown): Config {
  if (typeof config !== "object" || config === null || Array.isArray(config))
    fail("configuration", "an object of values by name", show(config), "Pass { name: value, … }.");
  const given = config as { readonly [name: string]: unknown };
  const checked: { [name: string]: ParamValue } = {};
  const names = Object.keys(given);
  let count = 0;
  let asItIs = Object.isFrozen(given);
  for (const [name, param] of space.params) {
    if (!isActive(param, checked)) continue;
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    const plain = plainOf(param);
    if (!isValue(plain, value)) fail(`configuration value ${show(name)}`, describe(plain), show(value), "Correct the value, or the space.");
    asItIs &&= names[count] === name;
    checked[name] = value as ParamValue;
    count++;
  }
  if (names.length !== count) {
    const extra = names.find((name) => !Object.hasOwn(checked, name));
    fail("configuration", "only the names of active parameters", show(extra), "Drop it, or give its parent the value that activates it.");
  }
  return asItIs ? (config as Config) : Object.freeze(checked);
}

function isValue(param: Plain, value: unknown): boolean {
  switch (param.kind) {
    case "real":
      if (typeof value !== "number" || !(value >= param.low && value <= param.high)) return false;
      return param.step === undefined || Math.abs(realAt(param, realToUnit(param, value)) - value) <= 1e-9 * param.step;
    case "int":
      return isIntValue(param, value);
    case "choice":
      return param.options.includes(value as ParamValue);
  }
}

function describe(param: Plain): string {
  switch (param.kind) {
    case "real":
      return `a number in [${param.low}, ${param.high}]${param.step === undefined ? "" : ` on steps of ${param.step}`}`;
    case "int":
      return `a whole number in [${param.low}, ${param.high}]${param.step === undefined ? "" : ` on steps of ${param.step}`}`;
    case "choice":
      return `one of ${param.options.slice(0, 6).map(show).join(", ")}${param.options.length > 6 ? ", …" : ""}`;
  }
}

function fail(what: string, expected: string, got: string, remedy: string): never {
  throw new ConfigError({ code: "badConfig", what, expected, got, remedy });
}
