/** Drawn spaces with drawn constraints between their parameters. */
import fc from "fast-check";
import { SpaceError } from "../../contract/errors.ts";
import { feasibleSetOf } from "../../space/where/sets.ts";
import { startStudy } from "../../study/study.ts";
import { runCampaign, toyValue } from "../campaign.ts";
import { problems } from "../spaces.ts";
import { violate } from "../violate.ts";
import { type ConstrainedSpace, constrainedSpaces } from "../where/constrainedSpaces.ts";
import type { LawMaker } from "./subject.ts";

export const keepsConstraints: LawMaker = ({ law, create, can, seed }) => {
  const constrained = constrainedSpaces({ conditional: can.conditional }).filter(isFound);
  const drawn = constrained.chain((one) => fc.tuple(fc.constant(one), problems(can, fc.constant(one.space)), seed));
  return law("keeps the constraints between parameters", 10, drawn, ([one, problem, key]) => {
    const study = startStudy({ problem, seed: key, strategy: create() }, (event) => {
      for (const job of event.kind === "asked" ? event.jobs : []) {
        const broken = one.drawn.find(({ verdict }) => verdict(job.config) === false);
        if (broken !== undefined) violate(`a configuration that fulfils ${JSON.stringify(broken.constraint)}`, JSON.stringify(job.config));
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

/** The search for feasible points fails on few drawn spaces; `constrain.laws.test.ts` counts them. */
function isFound({ space }: ConstrainedSpace): boolean {
  try {
    feasibleSetOf(space)?.prepare();
    return true;
  } catch (error) {
    if (error instanceof SpaceError) return false;
    throw error;
  }
}
