/** Random points in a study of core, driven to the end. */
import { bestTrials, complete, compose, createSpace, drive, real, startStudy } from "@caviar-hpo/core";
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
await drive(study, ({ config }) => ({ values: [(config.x as number) ** 2] }), { trials: 20 });
export const best: number = bestTrials(study.problem, study.history)[0]!.curve.at(-1)!.values[0]!;
