/**
 * A small campaign in no time at all: a study is asked for jobs until its trials are spent, `workers` of them run at once, and they report
 * in the order that `pick` says. It throws where the study goes on without end.
 */

import type { Problem } from "../contract/problem.ts";
import type { FailureReason, Job } from "../contract/trial.ts";
import { derive, type Key, root } from "../random/key.ts";
import { stream } from "../random/stream.ts";
import { encode } from "../space/codec.ts";
import type { Config } from "../space/param.ts";
import type { Study } from "../study/study.ts";
import { toldOf } from "./play.ts";
import { violate } from "./violate.ts";

/** How a campaign runs. */
export type Campaign = {
  readonly workers: number;
  readonly trials: number;
  /** Whether trials are trained to the end when the budget is spent and nothing runs; false by default. */
  readonly finish?: boolean;
  /** Which of `count` running jobs reports next, at the `turn`-th report. */
  readonly pick: (turn: number, count: number) => number;
  /** What a job measures at a fidelity, or why it fails. */
  readonly judge: (job: Job, fidelity: number) => number | FailureReason;
};

/** Runs a campaign. "done": the strategy ended it. "trials": all trials were spent. */
export function runCampaign(study: Study, { workers, trials, finish = false, pick, judge }: Campaign): "done" | "trials" {
  const patience = 1000 + 1000 * trials;
  const progress = new Map<number, number>();
  let then = "more";
  for (let turn = 0; turn < patience; turn++) {
    for (;;) {
      const room = workers - study.history.running.length;
      if (room <= 0 || then !== "more") break;
      const starts = Math.max(0, trials - study.started);
      const asked = study.ask({ want: room, trials, finish: finish && starts === 0 && room === workers });
      then = asked.then;
      if (asked.jobs.length === 0) break;
    }
    const { running } = study.history;
    const job = running[pick(turn, running.length) % Math.max(1, running.length)];
    if (job === undefined) return study.done ? "done" : "trials";
    if (then === "wait") then = "more";
    const reached = progress.get(job.id) ?? 0;
    const fidelity = job.milestones.find((milestone) => milestone > reached)!;
    const verdict = judge(job, fidelity);
    progress.set(job.id, fidelity);
    if (typeof verdict === "string" && verdict !== "nonfinite") study.fail(job.id, verdict);
    else study.tell(job.id, { ...toldOf(study.problem, typeof verdict === "string" ? NaN : verdict, 0), fidelity });
  }
  return violate(`an end within ${patience} reports`, `${study.history.trials.length} trials and no end`);
}

/**
 * A bowl whose minimum becomes clearer with more fidelity. It is a function of the configuration's position in the unit cube, and does not
 * depend on names. With a whole `salt`, values are often equal.
 */
export function toyValue(problem: Problem, config: Config, fidelity: number, salt: number): number {
  const unit = encode(problem.space, config);
  if (lastCentre?.salt !== salt) lastCentre = { salt, key: derive(root(salt), "centre") };
  const centre = stream(lastCentre.key);
  const bowl = unit.reduce((sum, coordinate) => sum + (coordinate - centre.uniform()) * (coordinate - centre.uniform()), 0);
  const value = bowl + 1 / (1 + fidelity);
  return salt % 2 === 0 ? Math.round(value * 4) : value;
}

/** The centre for the salt of the last value: all values of a campaign have one salt, and a root key takes longer than a value. */
let lastCentre: { readonly salt: number; readonly key: Key } | null = null;
