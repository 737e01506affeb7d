/** For programs that look at stored studies and run none: this entry loads no strategy. */

export type { StoredJob, StoredTrial, StudyEnd } from "@caviar-hpo/tune/stored";
export { readSettings, readStudy, type StoredSettings, type StoredStudy } from "./readStudy.ts";
export { type RepairReport, repairStudy } from "./repairStudy.ts";
export { type WatchedStudy, type WatchOptions, watchStudy } from "./watchStudy.ts";
