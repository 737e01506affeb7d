/** What a study needs that is stored or served: its eras, the notes in its log, what the log tells of its trials, and rules that end it. */
export { adviceOn, noGain, type OutlookLimits, outlookRule } from "../outlook.ts";
export { allTrials, type Era, firstEra, historyOf, jobNow, lostWith, nextEra, studyOf, withEntry } from "./eras.ts";
export { corrupt, fileRoot } from "./journalFault.ts";
export {
  type Attributes,
  checkTrial,
  decodeOwnRecord,
  encodeEntry,
  entryReader,
  isOwn,
  type LogEntry,
  type OwnRecord,
  readAttributes,
} from "./ownRecords.ts";
export { checkSameSetup, isToBeExtended, type StudyPlace } from "./sameStudy.ts";
export { notesOf, readLog, type StudyNotes } from "./storedStudy.ts";
export { createTrialBook, type StoredJob, type StoredTrial, type StudyEnd, type TrialBook } from "./storedTrials.ts";
