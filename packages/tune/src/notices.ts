/** What a study of tune gives notice of: checkpoints that are dropped or missing. */
import type { Job, Notice } from "@caviar-hpo/core";

/** `save` was called, and the problem is not resumable. */
export const checkpointDropped: Notice = {
  code: "checkpointDropped",
  what: "save",
  message: "the problem is not resumable, so checkpoints are dropped, and training that continues a trial repeats it from scratch",
  remedy: "Give createStudy checkpoints, or resumable: true.",
};

/** `load` found no checkpoint where the job continues from one. */
export function checkpointMissing({ trial, fidelity }: NonNullable<Job["from"]>): Notice {
  return {
    code: "checkpointMissing",
    what: "load",
    message: `there is no checkpoint of trial ${trial} at fidelity ${fidelity}, so its training is repeated from scratch`,
    remedy: "Call save before the end of each job, and keep the checkpoints as long as the study.",
  };
}
