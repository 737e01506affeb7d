/** Options of strategies: described as data, so that a plan, a command line and a wire can list and check them. */

import { checkConfig } from "../space/config.ts";
import type { ParamValue, Plain } from "../space/param.ts";
import { createSpace } from "../space/space.ts";
import { nearest } from "../text/nearest.ts";
import { show } from "../text/show.ts";
import { ConfigError } from "./errors.ts";

/** `param` bounds the value; `doc` is one sentence. */
export type OptionSpec = { readonly param: Plain; readonly default: ParamValue; readonly doc: string };
export type OptionSpecs = { readonly [name: string]: OptionSpec };

/**
 * The options in full: what was given, defaults for the rest.
 *
 * @param what whose options they are, for the message.
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

function checkOption(what: string, name: string, { param, doc }: OptionSpec, value: unknown): ParamValue {
  try {
    return checkConfig(createSpace([[name, param]]), { [name]: value })[name]!;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const { code, expected, got } = error;
    throw new ConfigError({ code, what: `option ${name} of ${what}`, expected, got, remedy: doc });
  }
}
