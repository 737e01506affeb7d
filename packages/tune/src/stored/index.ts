/** What a study needs that is stored, wherever it is: its eras, the notes in its log, and what the log tells of its trials. */
export { acrossEras, allTrials, type Era, firstEra, historyOf, lostWith, nextEra, withEntry } from "./eras.ts";
export { corrupt, fileRoot } from "./journalFault.ts";
export {
  type Attributes,
  checkRunning,
  checkTrial,
  decodeOwnRecord,
  encodeOwnRecord,
  isOwn,
  type LogEntry,
  type OwnRecord,
  readAttributes,
  readOwnRecord,
} from "./ownRecords.ts";
export { createTrialBook, type StoredJob, type StoredTrial, type StudyEnd, type TrialBook } from "./storedTrials.ts";
export { lackingIn } from "./widerSpace.ts";
