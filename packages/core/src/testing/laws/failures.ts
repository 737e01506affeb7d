/**
 * Jobs fail early or late, one of them or a whole cycle of them, and the campaign still comes to an end. A strategy that would not end by
 * itself within twice as many trials must not end because of failures. A strategy that does end may make other numbers of trials, because
 * its results are others.
 */
import fc from "fast-check";
import type { FailureReason, Job } from "../../contract/trial.ts";
import { startStudy } from "../../study/study.ts";
import { runCampaign, toyValue } from "../campaign.ts";
import { failurePatterns } from "../failurePatterns.ts";
import { violate } from "../violate.ts";
import { crews, pickBy } from "./drawn.ts";
import type { LawMaker } from "./subject.ts";

const trials = 40;

export const survivesFailures: LawMaker = ({ law, create, problem, seed }) => {
  const drawn = fc.tuple(fc.record({ problem, seed }), failurePatterns(), fc.option(fc.nat({ max: 12 }), { freq: 2 }), crews());
  return law("goes on, whatever fails", 40, drawn, ([one, reasons, only, { workers, order, early }]) => {
    const fails = (job: number): FailureReason | null => (only === null || only === job ? reasons[job % reasons.length]! : null);
    const run = (budget: number, failing: boolean): { readonly end: "done" | "trials"; readonly trials: number } => {
      const study = startStudy({ problem: one.problem, seed: one.seed, strategy: create() });
      const judge = (job: Job, fidelity: number): number | FailureReason => {
        const why = failing && (early || fidelity === job.until) ? fails(job.id) : null;
        return why ?? toyValue(one.problem, job.config, fidelity, one.seed);
      };
      const end = runCampaign(study, { workers, trials: budget, pick: pickBy(order), judge });
      return { end, trials: study.history.trials.length };
    };
    const failed = run(trials, true);
    if (failed.end === "done" && run(2 * trials, false).end === "trials")
      violate(`${trials} trials, as it had not ended by itself after ${2 * trials}`, `${failed.trials}, and then done`);
  });
};
