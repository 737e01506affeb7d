/** Studies for other programs, and studies of other programs: Optuna, TensorBoard, CSV and JSON. Campaigns on BBOB for COCO. */

export { type CocoFile, type CocoRun, cocoFiles } from "./coco/cocoFiles.ts";
export type { ExportedStudy, ExportedTrial } from "./exportedStudy.ts";
export { optunaJournal } from "./optuna/journal.ts";
export { type ImportedStudy, type ImportedTrial, type ReadOptunaOptions, readOptunaJournal } from "./optuna/readJournal.ts";
export { studyCsv } from "./studyCsv.ts";
export { studyJson } from "./studyJson.ts";
export { type ExportedFile, tensorboardFiles } from "./tensorboard/tensorboardFiles.ts";
