/** The page of a study: its progress, its parameters, its jobs and its trials. */
export type { ShownJob, ShownStudy, ShownTrial } from "./shownStudy.ts";
export { liveStudyReport, type StudyReport, studyReport } from "./studyReport.ts";
