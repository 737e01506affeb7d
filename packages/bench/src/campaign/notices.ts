/** The notices of a campaign, which it gives before its first run. */
import type { Notice } from "@caviar-hpo/core";

/** The caller did not set the number of workers, and the campaign uses one. `why` is the reason. */
export function oneWorker(why: string): Notice {
  return {
    code: "oneWorker",
    what: "campaign",
    message: `the runs happen one after another, because ${why}`,
    remedy: "The results are the same. To avoid this notice, ask for one worker.",
  };
}

/** @param paths the records whose last line is incomplete; at least one. */
export function tornRecords(paths: readonly string[]): Notice {
  const [first, ...others] = paths;
  return {
    code: "tornRecords",
    what: "records",
    message: `${first}${others.length === 0 ? "" : ` and ${others.length} more`} ended in the middle of a line. The campaign drops that line and measures the missing values again`,
    remedy: "After a crash you need not do anything. Otherwise check the disk, and check whether another program writes into the folder.",
  };
}
