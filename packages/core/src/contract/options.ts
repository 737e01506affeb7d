/** Options of strategies as data, so that a plan, a command line and a wire can list and check them. */

import { below, optionsRoot, type Path } from "../read/path.ts";
import { reject } from "../read/refuse.ts";
import { membersOf } from "../read/snapshot.ts";
import { describeValues } from "../space/config.ts";
import { ownValueOf } from "../space/lattice.ts";
import type { ParamValue, Plain } from "../space/param.ts";
import { show } from "../text/show.ts";

/** The value of an option. null means "no limit", for options that can have no limit. */
export type OptionValue = ParamValue | null;

/** What an option is. */
export type OptionSpec = {
  /** The kind of the value and its bounds, both included. */
  readonly param: Plain;
  /**
   * One more value that the option takes: "auto" lets the strategy choose, null means no limit. By default there is none.
   */
  readonly special?: "auto" | null;
  /**
   * The number that stands for `special` in plans, logs and snapshots of format 1. `readOptions` still reads it as `special`, so files keep
   * their bytes and their hashes. It may be outside the bounds of `param`. Do not use it for new options.
   */
  readonly formerly?: number;
  /** The value if the option is not given: one of `param`, or `special`. */
  readonly default: OptionValue;
  /** One sentence or more, each with a capital and a full stop. */
  readonly doc: string;
};
/** Options by name. */
export type OptionSpecs = { readonly [name: string]: OptionSpec };

/**
 * The options in full, as a new record: the given values, and the defaults of all others. An option that is `undefined` has its default.
 * A value that equals the `formerly` of its option is read as the `special` value.
 *
 * @param what names the owner of the options in messages, for instance "hyperband".
 * @throws ConfigError for an unknown name (with the nearest known one), a value out of range, or what is not a plain object.
 */
export function readOptions<T extends object>(
  what: string,
  specs: { readonly [N in keyof Required<T>]: OptionSpec },
  given: T,
): Required<T> {
  const known = specs as OptionSpecs;
  const root = { ...optionsRoot(what), codes: { wrongValue: "badConfig", unknownKey: "unknownOption" } };
  const members = membersOf(given, root, new Set(Object.keys(known)));
  const options = Object.entries(known).map(([name, spec]) => {
    const value = members[name];
    return [name, value === undefined ? spec.default : readOption(below(root, name), spec, value)] as const;
  });
  return Object.fromEntries(options) as Required<T>;
}

function readOption(path: Path, { param, special, formerly, doc }: OptionSpec, value: unknown): OptionValue {
  if (special !== undefined && (value === special || (value === formerly && formerly !== undefined))) return special;
  const own = ownValueOf(param, value);
  if (own !== undefined) return own;
  const all = special === undefined ? describeValues(param) : `${describeValues(param)}, or ${show(special)}`;
  return reject(path, all, value, doc);
}
