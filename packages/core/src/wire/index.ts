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
  json,
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
} from "../read/decode.ts";
export { below, configRoot, optionsRoot, type Path, type Root, showPath } from "../read/path.ts";
export { pick } from "../read/pick.ts";
export { optionReader } from "../read/record.ts";
export { parseWire, stringifyWire } from "./json.ts";
export { decodeProblem, encodeProblem } from "./problem.ts";
export {
  configDecoder,
  decodeDirective,
  decodeFailureReason,
  decodeJobId,
  decodeKey,
  decodeThen,
  decodeTrialId,
  eventDecoder,
  fidelityDecoder,
  jobDecoder,
  measurementDecoder,
} from "./records.ts";
