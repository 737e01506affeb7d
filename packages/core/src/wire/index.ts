/** The JSON codec of problems, jobs, events and measurements. */

export { eventReader } from "./eventReader.ts";
export { parseWire, stringifyWire } from "./json.ts";
export { decodeProblem, encodeProblem } from "./problem.ts";
export {
  configDecoder,
  decodeDirective,
  decodeFailureReason,
  decodeJobId,
  decodeThen,
  eventDecoder,
  fidelityDecoder,
  jobDecoder,
  measurementDecoder,
  partialConfigDecoder,
} from "./records.ts";
export { encodeSetup, type StoredStrategy, type StudySetup, setupChanges } from "./setup.ts";
