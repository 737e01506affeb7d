import {
  type Config,
  ConfigError,
  complete,
  compose,
  createSpace,
  derive,
  type Problem,
  real,
  root,
  type Study,
  startStudy,
  uniformConfig,
} from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { importance } from "./importance.ts";
import { importanceOf } from "./importanceOf.ts";

const problem: Problem = {
  space: createSpace({ much: real(0, 1), little: real(0, 1) }),
  objectives: [
    { name: "loss", goal: "minimize" },
    { name: "score", goal: "maximize" },
  ],
  constraints: [],
  fidelity: { unit: "epochs", min: 1, max: 9, whole: true },
  resumable: false,
};
const value = ({ much, little }: Config): number => 10 * Number(much) + Number(little);

function study(): Study {
  let draws = 0;
  const core = startStudy({
    problem,
    strategy: compose(complete, {
      name: "uniform",
      version: 1,
      can: { conditional: true, objectives: 9, constraints: true, external: true },
      init: () => null,
      suggest: () => ({ config: uniformConfig(problem.space, derive(root(3), draws++)) }),
      tell: () => {},
    }),
    seed: 0,
  });
  for (let trial = 0; trial < 40; trial++) {
    const [job] = core.ask().jobs;
    const { config, id } = job!;
    // What a lower fidelity or a failed trial says is noise here.
    if (trial % 4 === 0) {
      core.tell(id, { fidelity: 1, values: [100 * Number(config.little), 0] });
      core.fail(id, "threw");
    } else core.tell(id, { values: [value(config), Number(config.little)] });
  }
  return core;
}

describe("the importance of a study", () => {
  it("is that of its trials that did not fail and were trained the furthest", () => {
    const core = study();
    const observations = core.history.trials
      .filter(({ status }) => status === "finished")
      .map(({ config }) => ({ config, value: value(config) }));
    expect(observations).toHaveLength(30);
    const found = importanceOf({ problem, trials: core.history.trials });
    expect(found).toEqual(importance(problem.space, observations, { key: root("importance") }));
    expect(found.main[0]!.name).toBe("much");
    expect(found.main[0]!.share.mean).toBeGreaterThan(0.8);
  });

  it("takes a study as createStudy makes it, and another objective", () => {
    const core = study();
    const face = { core, trials: () => core.history.trials };
    expect(importanceOf(face, { trees: 8 })).toEqual(importanceOf({ problem, trials: core.history.trials }, { trees: 8 }));
    expect(importanceOf(face, { objective: "score" }).main[0]!.name).toBe("little");
  });

  it("refuses an objective that the study lacks, and a study of one trial", () => {
    const core = study();
    const { trials } = core.history;
    expect(() => importanceOf({ problem, trials }, { objective: "accuracy" })).toThrow('expected one of loss, score, got "accuracy"');
    expect(() => importanceOf({ problem, trials: trials.slice(0, 2) })).toThrow(ConfigError);
  });
});
