/** The JSON codec of problems, jobs, events and measurements. */

export { definitionChanges, encodeDefinition, type StoredDefinition, type StoredStrategy } from "./definition.ts";
export { eventReader } from "./eventReader.ts";
export { parseWire, stringifyWire } from "./json.ts";
export { decodeProblem, encodeProblem } from "./problem.ts";
export {
  configDecoder,
  decodeFailureReason,
  decodeJobId,
  eventDecoder,
  fidelityDecoder,
  jobDecoder,
  measurementDecoder,
} from "./records.ts";
