/** Options of strategies: described as data, so that a plan, a command line and a wire can list and check them. */

import { below, optionsRoot } from "../read/path.ts";
import { reject } from "../read/refuse.ts";
import { membersOf } from "../read/snapshot.ts";
import { describeValues } from "../space/config.ts";
import { isValueOf } from "../space/lattice.ts";
import type { ParamValue, Plain } from "../space/param.ts";

/** `param` bounds the value; `doc` is one sentence. */
export type OptionSpec = { readonly param: Plain; readonly default: ParamValue; readonly doc: string };
export type OptionSpecs = { readonly [name: string]: OptionSpec };

/**
 * The options in full, as a new record: what was given, defaults for the rest. An option that is undefined counts as left out.
 *
 * @param what whose options they are, for the message.
 * @throws ConfigError for an unknown name (with the nearest known one), a value out of range, or what is no plain object.
 */
export function readOptions<T extends object>(
  what: string,
  specs: { readonly [N in keyof Required<T>]: OptionSpec },
  given: T,
): Required<T> {
  const known = specs as OptionSpecs;
  const root = { ...optionsRoot(what), codes: { wrongValue: "badConfig", unknownKey: "unknownOption" } };
  const members = membersOf(given, root, new Set(Object.keys(known)));
  const options = Object.entries(known).map(([name, { param, default: usual, doc }]) => {
    const value = members[name];
    if (value === undefined) return [name, usual] as const;
    if (!isValueOf(param, value)) reject(below(root, name), describeValues(param), value, doc);
    return [name, value] as const;
  });
  return Object.fromEntries(options) as Required<T>;
}
