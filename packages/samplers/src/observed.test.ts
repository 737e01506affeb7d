/** What samplers make of trials that ran elsewhere and have failed or finished since. */
import { choice, complete, compose, createSpace, type Problem, real, type Sampler, startStudy } from "@caviar-hpo/core";
import { expect, it, test } from "vitest";
import { type DifferentialEvolutionState, differentialEvolutionSampler } from "./differentialEvolution/differentialEvolution.ts";
import { gridSampler } from "./grid/grid.ts";
import { tpeSampler } from "./tpe/tpe.ts";

const problemIn = (space: Problem["space"]): Problem => ({
  space,
  objectives: [{ name: "value", goal: "minimize" }],
  constraints: [],
  fidelity: null,
  resumable: false,
});
const letters = problemIn(createSpace({ letter: choice(["a", "b", "c"]) }));
const line = problemIn(createSpace({ x: real(0, 1) }));

function open(problem: Problem, sampler: Sampler): ReturnType<typeof startStudy> {
  return startStudy({ problem, strategy: compose(complete, sampler), seed: 1 });
}

test.each<readonly [string, "at once" | "later", "lost" | "threw", readonly string[]]>([
  ["tries again the points that were lost elsewhere", "at once", "lost", ["a", "b", "c"]],
  ["tries again the points that were lost elsewhere later", "later", "lost", ["a", "b", "c"]],
  ["does not try again the points that failed elsewhere", "at once", "threw", ["c"]],
  ["does not try again the points that failed elsewhere later", "later", "threw", ["c"]],
])("a grid %s", (_name, when, reason, expected) => {
  const study = open(letters, gridSampler() as Sampler);
  for (const letter of ["a", "b"]) {
    if (when === "at once") study.observe({ letter }, { status: "failed", reason });
    else study.fail(study.observe({ letter }, { status: "running" })!, reason);
  }
  const tried = [];
  for (let ask = 0; ask < 4; ask++) for (const { config } of study.ask().jobs) tried.push(config.letter);
  expect(tried.sort()).toEqual(expected);
});

test("a density sampler counts a failed trial from elsewhere as bad, and a lost one not at all", () => {
  const badOf = (reason: "lost" | "threw"): unknown => {
    const study = open(line, tpeSampler({ startup: 2 }) as Sampler);
    for (const x of [0.1, 0.5, 0.9]) study.observe({ x }, { values: [x] });
    study.observe({ x: 0.7 }, { status: "failed", reason });
    return (study.ask().jobs[0]!.note as { readonly bad: number }).bad;
  };
  expect([badOf("threw"), badOf("lost")]).toEqual([3, 2]);
});

it("differential evolution seats a trial that finished elsewhere after the last ask, once", () => {
  const study = open(line, differentialEvolutionSampler({ population: 5 }) as Sampler);
  const job = study.observe({ x: 0.25 }, { status: "running" })!;
  study.observe({ x: 0.5 }, { values: [2] });
  const seats = (): readonly number[] =>
    (study.state as unknown as { readonly sampler: DifferentialEvolutionState }).sampler.populations.flatMap(({ members }) =>
      members.map(({ trial }) => trial),
    );
  study.ask();
  expect(seats()).toEqual([1]);
  study.tell(job, { values: [1] });
  study.ask();
  expect(seats()).toEqual([1, 0]);
  study.ask();
  expect(seats()).toEqual([1, 0]);
});
