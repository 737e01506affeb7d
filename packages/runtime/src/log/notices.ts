/** The notices of durable studies: what was repaired or ignored when one was opened, and what could not be saved. */
import type { Notice } from "@caviar-hpo/core";

/** A crash has cut the last write short. */
export function tornRecord(path: string, offset: number, bytes: number): Notice {
  return {
    code: "tornRecord",
    what: path,
    message: `the last record, at byte ${offset}, was not whole, and its ${bytes} bytes were cut off`,
    remedy: "The study continues after the record before it.",
  };
}

/** A snapshot is damaged, or of another log. */
export function snapshotIgnored(path: string): Notice {
  return {
    code: "snapshotIgnored",
    what: path,
    message: "the snapshot does not fit the log, so it is not used",
    remedy: "The study is replayed from the log instead, which takes longer and gives the same study. Delete the file if this repeats.",
  };
}

/** @param why the message of the error. */
export function snapshotNotWritten(path: string, why: string): Notice {
  return {
    code: "snapshotNotWritten",
    what: path,
    message: `the snapshot could not be written (${why}), so the next start of the study takes longer`,
    remedy: "Check the disk. The log is complete.",
  };
}

/** The bytes of a checkpoint are not those that were saved. */
export function checkpointDamaged(path: string): Notice {
  return {
    code: "checkpointDamaged",
    what: path,
    message: "the checkpoint is damaged, so it counts as missing",
    remedy: "Check the disk. The trial trains from scratch.",
  };
}
