import type { Job } from "../../contract/trial.ts";
import type { Key } from "../../random/key.ts";
import type { Config } from "../../space/param.ts";
import type { Evaluated } from "../evaluation.ts";

/** What is simulated. `key` is the trial's, the same for all its jobs: derive others from it. */
export type World = {
  /** How long training takes from one fidelity to a higher one, in seconds, on a worker that nothing disturbs. */
  seconds(config: Config, from: number, to: number, key: Key): number;
  /**
   * What a job measures at a fidelity. `simulate` calls it at each of the job's milestones; the last milestone is the job's end. `resource`
   * is the total that is accounted for once the job has reported. `simulate` throws whatever this function throws.
   */
  evaluate(job: Job, fidelity: number, key: Key, resource: number): Evaluated;
};
