/** Values in patterns that have broken optimisers: constant, huge, tied and so on. */
import fc from "fast-check";
import type { Config } from "../../space/param.ts";
import { bestTrials } from "../../study/best.ts";
import { type Study, startStudy } from "../../study/study.ts";
import { runCampaign } from "../campaign.ts";
import { problems } from "../spaces.ts";
import { valuePatterns } from "../values.ts";
import { demandSame, violate } from "../violate.ts";
import { everydaySpace } from "./drawn.ts";
import type { LawMaker } from "./subject.ts";

export const takesEveryValue: LawMaker = ({ law, create, can, seed }) => {
  const drawn = fc.tuple(problems(can, fc.constant(everydaySpace(can.conditional))), seed);
  return law("takes every kind of value", 2, drawn, ([one, key]) => {
    for (const pattern of valuePatterns) {
      const study = startStudy({ problem: one, seed: key, strategy: create() });
      const end = runCampaign(study, { workers: 3, trials: 60, pick: (turn) => turn * 7, judge: (job) => pattern.at(job.trial) });
      if (end === "trials" && study.history.trials.length !== 60)
        violate(`60 trials while ${pattern.name}`, `${study.history.trials.length}`);
      if (one.objectives.length === 1) checkBest(study, pattern.name);
    }
  });
};

/** The best trial is the earliest of the best value at the highest fidelity that any trial reached. A look at all trials finds it. */
function checkBest({ problem, history }: Study, pattern: string): void {
  const sign = problem.objectives[0]!.goal === "maximize" ? -1 : 1;
  let best: { readonly fidelity: number; readonly value: number; readonly config: Config } | null = null;
  for (const { curve, config, status } of history.trials) {
    const last = curve.at(-1);
    if (last === undefined || status === "failed") continue;
    const value = sign * last.values[0]!;
    const better = best === null || last.fidelity > best.fidelity || (last.fidelity === best.fidelity && value < best.value);
    if (better) best = { fidelity: last.fidelity, value, config };
  }
  demandSame(`best configuration while ${pattern}`, [best?.config], [bestTrials(problem, history)[0]?.config]);
}
