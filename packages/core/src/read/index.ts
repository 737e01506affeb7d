/** Combinators that read untrusted data: what they return was checked, and what they refuse is named by its path. */

export {
  type Alternative,
  anything,
  array,
  between,
  boolean,
  type Decoded,
  type Decoder,
  finite,
  func,
  hasKey,
  json,
  keyed,
  map,
  name,
  named,
  nullable,
  number,
  object,
  oneOf,
  reject,
  scalar,
  string,
  tagged,
  text,
  tuple,
  typed,
  union,
  whole,
  withMethods,
} from "./decode.ts";
export { below, configRoot, optionsRoot, type Path, type Root, showPath } from "./path.ts";
export { picker } from "./pick.ts";
export { optionReader } from "./record.ts";
