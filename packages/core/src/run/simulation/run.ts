/** One job at work on a simulated worker. Stragglers and lost workers are those of Li et al. (ASHA, MLSys 2020), appendix A.1. */
import { exp, log1p } from "@caviar-hpo/numerics";
import type { Job } from "../../contract/trial.ts";
import { derive, type Key } from "../../random/key.ts";
import { firstNormal, firstUniform } from "../../random/stream.ts";
import type { Settings } from "./settings.ts";

/** From `fidelity`, where it was at `reportedAt`, the job trains towards its milestone `next`, unless its worker breaks before. */
export type Run = {
  readonly job: Job;
  /** The trial's. */
  readonly key: Key;
  /** How many times as long as on an undisturbed worker everything takes. */
  readonly factor: number;
  readonly startedAt: number;
  readonly breaksAt: number;
  readonly breaksBy: "lost" | "timeout";
  /** An index into the job's milestones. */
  next: number;
  fidelity: number;
  reportedAt: number;
  reportsAt: number;
};

/** From which the keys of trials and jobs are derived. */
export type RunKeys = { readonly trial: Key; readonly straggler: Key; readonly loss: Key };

type Start = { readonly job: Job; readonly next: number; readonly now: number; readonly keys: RunKeys; readonly settings: Settings };

const infinity = Infinity;

/** Draws the worker's fate by the job's id, so that it does not depend on the order in which jobs begin. */
export function createRun({ job, next, now, keys, settings }: Start): Run {
  const { stragglerSigma, lossSeconds, timeoutSeconds } = settings;
  const lost = lossSeconds === infinity ? infinity : -lossSeconds * log1p(-firstUniform(derive(keys.loss, job.id)));
  return {
    job,
    key: derive(keys.trial, job.trial),
    factor: stragglerSigma === 0 ? 1 : exp(stragglerSigma * firstNormal(derive(keys.straggler, job.id))),
    startedAt: now,
    breaksAt: now + Math.min(lost, timeoutSeconds),
    breaksBy: lost < timeoutSeconds ? "lost" : "timeout",
    next,
    fidelity: job.from?.fidelity ?? 0,
    reportedAt: now,
    reportsAt: now,
  };
}

/**
 * The fidelity that training has reached by `now`, linear in time since the last report. With whole fidelities an unfinished unit counts
 * for nothing.
 */
export function reached(run: Run, now: number, whole: boolean): number {
  const target = run.job.milestones[run.next]!;
  if (now >= run.reportsAt) return target;
  const share = (now - run.reportedAt) / (run.reportsAt - run.reportedAt);
  const fidelity = Math.min(run.fidelity + share * (target - run.fidelity), target);
  return whole ? Math.floor(fidelity) : fidelity;
}
