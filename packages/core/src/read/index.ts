/** Combinators that read untrusted data: what they return was checked, and what they refuse is named by its path. */

export {
  array,
  between,
  boolean,
  type Decoded,
  type Decoder,
  finite,
  json,
  map,
  name,
  nullable,
  number,
  object,
  oneOf,
  reject,
  string,
  tagged,
  tuple,
  whole,
} from "./decode.ts";
export { below, type Path, showPath } from "./path.ts";
