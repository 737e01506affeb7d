/** Records of options of functions: read once, by name, into a new record. */
import { type Decoder, object } from "./decode.ts";
import { optionsRoot, type Path } from "./path.ts";

/**
 * A reader of the options of `owner`. Each option may be left out, or be undefined; `anything` leaves the value to be judged later. The
 * result has no more than what was given.
 *
 * @param path where the record stands, where it is not the argument itself.
 * @throws ConfigError for an unknown name, with the one that was meant, and for what is no plain object.
 */
export function optionReader<T extends object>(
  owner: string,
  fields: { readonly [N in keyof Required<T>]: Decoder<unknown> },
  path: Path = optionsRoot(owner),
): (given: T) => T {
  const decode = object({}, fields as { readonly [name: string]: Decoder<unknown> });
  return (given) => decode(given, path) as T;
}
