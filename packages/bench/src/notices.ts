/** What a campaign gives notice of, before its first run. */
import type { Notice } from "@caviar-hpo/core";

/** The number of workers was left open, and `why` there can be only one. */
export function oneWorker(why: string): Notice {
  return {
    code: "oneWorker",
    what: "campaign",
    message: `its runs are made one after another, since ${why}`,
    remedy: "No result depends on it. Ask for one worker, and this notice is not given.",
  };
}

/** @param paths the records whose last line is not whole; at least one. */
export function tornRecords(paths: readonly string[]): Notice {
  const [first, ...others] = paths;
  return {
    code: "tornRecords",
    what: "records",
    message: `${first}${others.length === 0 ? "" : ` and ${others.length} more`} ended in the middle of a line; that line is dropped, and what is missing is measured again`,
    remedy: "After a crash nothing is to be done. Otherwise check the disk, and whether another program writes into the folder.",
  };
}
