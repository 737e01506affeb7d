/**
 * The end of a study: a budget of trials is spent, and the study is asked to finish what it has. Without failures, its best trial has then
 * reached the highest fidelity. The user of a method that trains most trials only for a few epochs still wants one model that is fully
 * trained.
 */
import fc from "fast-check";
import { bestTrials } from "../../study/best.ts";
import { startStudy } from "../../study/study.ts";
import { runCampaign, toyValue } from "../campaign.ts";
import { fidelities } from "../spaces.ts";
import { violate } from "../violate.ts";
import { crews, pickBy } from "./drawn.ts";
import type { LawMaker } from "./subject.ts";

export const trainsTheBest: LawMaker = ({ law, create, problem, seed }) => {
  const drawn = fc.tuple(fc.record({ problem, seed, fidelity: fidelities() }), fc.integer({ min: 1, max: 30 }), crews());
  return law("trains the best to the end", 40, drawn, ([{ fidelity, ...one }, trials, { workers, order }]) => {
    const study = startStudy({ problem: { ...one.problem, fidelity }, seed: one.seed, strategy: create() });
    runCampaign(study, {
      workers,
      trials,
      finish: true,
      pick: pickBy(order),
      judge: (job, at) => toyValue(study.problem, job.config, at, one.seed),
    });
    const best = bestTrials(study.problem, study.history)[0]!;
    const [reached, most] = [best.curve.at(-1)!.fidelity, fidelity?.max ?? 1];
    if (reached < most) violate(`the best of ${study.history.trials.length} trials at ${most}`, `trial ${best.id} at ${reached}`);
  });
};
