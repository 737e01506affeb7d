/** Records of options of functions. Each is read once, by name, into a new record. */
import { type Decoder, object } from "./decode.ts";
import { optionsRoot, type Path } from "./path.ts";

/**
 * Makes a reader of the options of `owner`. Each option may be absent or undefined. `anything` accepts every value, so the caller checks it
 * later. The result has only the given options.
 *
 * @param path the place of the record, if it is not the argument itself.
 * @throws ConfigError, when it reads, for an unknown name (with the nearest known one), and for a value that is not a plain object.
 */
export function optionReader<T extends object>(
  owner: string,
  fields: { readonly [N in keyof Required<T>]: Decoder<unknown> },
  path: Path = optionsRoot(owner),
): (given: T) => T {
  const decode = object({}, fields as { readonly [name: string]: Decoder<unknown> });
  return (given) => decode(given, path) as T;
}
