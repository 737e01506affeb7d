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
} from "../read/decode.ts";
export { below, type Path, showPath } from "../read/path.ts";
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
