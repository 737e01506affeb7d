/** Random points in a study of core, asked for and reported by the program itself. */
import { bestTrials, complete, compose, createSpace, real, startStudy } from "@caviar-hpo/core";
import { randomSampler } from "@caviar-hpo/samplers";

const study = startStudy({
  problem: {
    space: createSpace({ x: real(-1, 1) }),
    objectives: [{ name: "loss", goal: "minimize" }],
    constraints: [],
    fidelity: null,
    resumable: false,
  },
  strategy: compose(complete, randomSampler()),
  seed: 1,
});
for (let trial = 0; trial < 20; trial++) {
  const [job] = study.ask().jobs;
  if (job !== undefined) study.tell(job.id, { values: [(job.config.x as number) ** 2] });
}
export const best: number = bestTrials(study.problem, study.history)[0]!.curve.at(-1)!.values[0]!;
