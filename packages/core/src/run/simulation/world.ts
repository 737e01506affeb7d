import type { Job } from "../../contract/trial.ts";
import type { Key } from "../../random/key.ts";
import type { Config } from "../../space/param.ts";
import type { Evaluated } from "../evaluation.ts";

/** The simulated world. `key` is the key of the trial, which is the same for all its jobs. Derive other keys from it. */
export type World = {
  /** How many seconds it takes to train from one fidelity to a higher one on an undisturbed worker. */
  seconds(config: Config, from: number, to: number, key: Key): number;
  /**
   * What a job measures at a fidelity. `simulate` calls it at each of the job's milestones; the last milestone is the end of the job.
   * `resource` is the total spent after the job has reported. `simulate` throws whatever this function throws.
   */
  evaluate(job: Job, fidelity: number, key: Key, resource: number): Evaluated;
};
