/** Drawn constraints between parameters. */
import fc from "fast-check";
import { startStudy } from "../../study/study.ts";
import { runCampaign, toyValue } from "../campaign.ts";
import { type ConstrainedSpace, constrainedSpaces } from "../constrained.ts";
import { problems } from "../spaces.ts";
import { violate } from "../violate.ts";
import type { LawMaker } from "./subject.ts";

export const keepsConstraints: LawMaker = ({ law, create, can, seed }) => {
  const drawn = constrainedSpaces().chain((one) => fc.tuple(fc.constant(one), problems(can, fc.constant(one.space)), seed));
  return law("keeps the constraints between parameters", 10, drawn, ([one, problem, key]) => {
    const study = startStudy({ problem, seed: key, strategy: create() }, (event) => {
      for (const job of event.kind === "asked" ? event.jobs : []) {
        const broken = one.drawn.find(({ holds }) => !holds(job.config));
        if (broken !== undefined) violate(textOf(broken), JSON.stringify(job.config));
      }
    });
    runCampaign(study, {
      workers: 3,
      trials: 30,
      pick: (turn) => turn,
      judge: (job, fidelity) => toyValue(problem, job.config, fidelity, key),
    });
  });
};

function textOf({ constraint }: ConstrainedSpace["drawn"][number]): string {
  return `a configuration that fulfils ${JSON.stringify(constraint)}`;
}
