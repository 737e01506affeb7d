/** The notices of a campaign. */
import type { Notice } from "@caviar-hpo/core";
import type { RunResult } from "@caviar-hpo/report";

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

/** @param failed the runs that have failed; at least one. @param total all runs. */
export function failedRuns(failed: readonly RunResult[], total: number): Notice {
  const [first] = failed;
  const { problem, strategy, seed } = first!;
  const reason = first!.failed!.message.replace(/\.$/, "");
  return {
    code: "failedRuns",
    what: "runs",
    message: `${failed.length} of ${total} failed. The first is ${problem}, ${strategy}, seed ${seed}: ${reason}`,
    remedy:
      "The report counts what they found until then. To run them again, repeat the campaign with retryFailed (--retry-failed); if you have " +
      "changed code of the plan, with fresh (--fresh), which runs everything again.",
  };
}
