/** The notices of a study of tune: checkpoints that are dropped or missing. */
import type { Job, Notice } from "@caviar-hpo/core";

/** The objective called `save`, but the problem is not resumable. */
export const checkpointDropped: Notice = {
  code: "checkpointDropped",
  what: "save",
  message: "the problem is not resumable, so checkpoints are dropped",
  remedy: "Pass `checkpoints` or `resumable: true` to createStudy.",
};

/** `load` found no checkpoint, although the job continues from one. */
export function checkpointMissing({ trial, fidelity }: NonNullable<Job["from"]>): Notice {
  return {
    code: "checkpointMissing",
    what: "load",
    message: `there is no checkpoint of trial ${trial} at fidelity ${fidelity}, so it trains from scratch`,
    remedy: "Call save before each job ends, and keep the checkpoints.",
  };
}
