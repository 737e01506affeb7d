/** Drawn problems, then every degenerate space that the strategy serves. */
import fc from "fast-check";
import type { Problem } from "../../contract/problem.ts";
import { startStudy } from "../../study/study.ts";
import { runCampaign, toyValue } from "../campaign.ts";
import { inSpace, legalUntil } from "../legal.ts";
import { degenerateSpaces } from "../spaces.ts";
import { violate } from "../violate.ts";
import type { LawMaker, Subject } from "./subject.ts";

export const staysInside: LawMaker = (subject) => {
  const { law, options, problem, seed } = subject;
  const property = law("stays inside every space, and ends every job where the problem allows", 40, fc.record({ problem, seed }), (drawn) =>
    checkJobs(subject, drawn, 30),
  );
  const run = (): void => {
    property.run();
    if (options.spaces === undefined && options.reproduce === undefined) checkDegenerate(subject);
  };
  return { name: property.name, run };
};

function checkDegenerate(subject: Subject): void {
  for (const { name, space } of degenerateSpaces()) {
    if (!subject.can.conditional && space.params.some(([, param]) => param.kind === "given")) continue;
    const problem: Problem = {
      space,
      objectives: [{ name: "value", goal: "minimize" }],
      constraints: [],
      fidelity: null,
      resumable: false,
    };
    try {
      checkJobs(subject, { problem, seed: 1 }, 20);
    } catch (error) {
      violate(`to serve the space "${name}"`, error instanceof Error ? error.message : String(error));
    }
  }
}

function checkJobs(subject: Subject, { problem, seed }: { readonly problem: Problem; readonly seed: number }, trials: number): void {
  const study = startStudy({ problem, seed, strategy: subject.create() }, (event) => {
    for (const job of event.kind === "asked" ? event.jobs : []) {
      if (!inSpace(problem.space, job.config)) violate("a configuration in the space", JSON.stringify(job.config));
      if (!legalUntil(problem, job.from?.fidelity ?? 0, job)) violate("an end that the problem allows", JSON.stringify(job));
    }
  });
  runCampaign(study, {
    workers: 2,
    trials,
    pick: (turn) => turn,
    judge: (job, fidelity) => toyValue(problem, job.config, fidelity, seed),
  });
}
