import type { Job, Trial } from "./trial.ts";

/** Whether a running job resumes its trial: an earlier job of the trial ended at a milestone below those of this one. */
export function isResumed({ milestones }: Job, { curve }: Trial): boolean {
  return curve.some(({ fidelity, atMilestone }) => atMilestone && fidelity < milestones[0]!);
}
