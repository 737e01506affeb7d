/** Options of strategies: described as data, so that a plan, a command line and a wire can list and check them. */

import { checkConfig } from "../space/config.ts";
import type { ParamValue, Plain } from "../space/param.ts";
import { createSpace } from "../space/space.ts";
import { nearest } from "../text/nearest.ts";
import { show } from "../text/show.ts";
import { ConfigError } from "./errors.ts";

/** The value of an option. Null means "no limit" where the option has that meaning. */
export type OptionValue = ParamValue | null;

export type OptionSpec = {
  /** The kind of the value and its bounds, both included. */
  readonly param: Plain;
  /**
   * One more value that the option takes: "auto" lets the strategy choose, null means no limit. By default there is none.
   */
  readonly special?: "auto" | null;
  /**
   * How plans, logs and snapshots of format 1 spell `special`: as this number. `readOptions` still reads it as `special`, so files keep
   * their bytes and their hashes. It may lie outside the bounds of `param`. Not for new options.
   */
  readonly formerly?: number;
  /** The value if the option is not given: one of `param`, or `special`. */
  readonly default: OptionValue;
  /** One sentence or more, each with a capital and a full stop. */
  readonly doc: string;
};
export type OptionSpecs = { readonly [name: string]: OptionSpec };

/**
 * The options in full: the given values, and the defaults of all others. An option that is `undefined` has its default. A value that
 * equals the `formerly` of its option is read as the `special` value.
 *
 * @param what names the owner of the options in messages, for instance "hyperband".
 * @throws ConfigError for an unknown name (with the nearest known one) or a value out of range.
 */
export function readOptions<T extends object>(
  what: string,
  specs: { readonly [N in keyof Required<T>]: OptionSpec },
  given: T,
): Required<T> {
  const known = specs as OptionSpecs;
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(known, name)) continue;
    const names = Object.keys(known);
    throw new ConfigError({
      code: "unknownOption",
      what: `option of ${what}`,
      expected: names.length === 0 ? "no options" : `one of ${names.join(", ")}`,
      got: show(name),
      remedy: names.length === 0 ? "Drop it." : `Did you mean ${show(nearest(name, names))}?`,
    });
  }
  const options = Object.entries(known).map(([name, spec]) => {
    const value = (given as { readonly [name: string]: unknown })[name];
    if (value === undefined) return [name, spec.default] as const;
    return [name, checkOption(what, name, spec, value)] as const;
  });
  return Object.fromEntries(options) as Required<T>;
}

function checkOption(what: string, name: string, { param, special, formerly, doc }: OptionSpec, value: unknown): OptionValue {
  if (special !== undefined && (value === special || (value === formerly && formerly !== undefined))) return special;
  try {
    return checkConfig(createSpace([[name, param]]), { [name]: value })[name]!;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const { code, expected, got } = error;
    const all = special === undefined ? expected : `${expected}, or ${show(special)}`;
    throw new ConfigError({ code, what: `option ${name} of ${what}`, expected: all, got, remedy: doc });
  }
}
