import { createSpace, type History, type Problem, real, root, type Trial, trialId } from "@caviar-hpo/core";
import type { Context, Slot, Suggestion } from "@caviar-hpo/core/contract";
import { contextOf } from "@caviar-hpo/core/testing";
import { describe, expect, it } from "vitest";
import { type BohbOptions, bohbSampler } from "./bohb.ts";

const problem: Problem = {
  space: createSpace({ x: real(0, 1), y: real(0, 1) }),
  objectives: [{ name: "loss", goal: "minimize" }],
  constraints: [],
  fidelity: { unit: "epoch", min: 1, max: 9, whole: true },
  resumable: true,
};
const slot: Slot = { until: 1, bracket: 0, rung: 0, below: [] };
const rungs = [1, 3, 9];

/** Trial i is at (i / 100, 1 - i / 100) and measures what `value` says at each of its rungs. */
function contextAt(reached: readonly number[], value: (trial: number, rung: number) => number = (trial) => trial): Context {
  const history: History = {
    version: 0,
    running: [],
    trials: reached.map((count, id): Trial => {
      const curve = rungs
        .slice(0, count)
        .map((fidelity, rung) => ({ fidelity, values: [value(id, rung)], constraints: [], costSeconds: 0, atMilestone: true }));
      const status = count === 0 ? "failed" : count === 3 ? "finished" : "paused";
      return { id: trialId(id), config: { x: id / 100, y: 1 - id / 100 }, parent: null, status, curve };
    }),
  };
  return contextOf(problem, history);
}

function suggestions(context: Context, options: BohbOptions, count: number): readonly Exclude<Suggestion, string>[] {
  const sampler = bohbSampler(options);
  const state = sampler.init(problem, root(1));
  return Array.from({ length: count }, (_, index) => {
    const trial = trialId(context.history.trials.length + index);
    return sampler.suggest(state, context, { slot, rungs, trial }) as Exclude<Suggestion, string>;
  });
}
const noteOf = (context: Context, options: BohbOptions = { random: 0 }): unknown => suggestions(context, options, 1)[0]!.note;
const times = (count: number, value: number): readonly number[] => Array.from({ length: count }, () => value);

describe("the model", () => {
  it("needs two measurements more than the parameters and one", () => {
    expect(noteOf(contextAt(times(4, 1)))).toEqual({ by: "start" });
    expect(noteOf(contextAt(times(5, 1)))).toEqual({ by: "model", fidelity: 1, good: 3, bad: 3 });
  });

  it("is of the first measurements past a rung where trials report every second epoch", () => {
    const sparse = (count: number, fidelities: readonly number[]): Context => {
      const context = contextAt(times(count, fidelities.length));
      const trials = context.history.trials.map((trial) => ({
        ...trial,
        curve: trial.curve.map((measurement, index) => ({ ...measurement, fidelity: fidelities[index]! })),
      }));
      return { ...context, history: { ...context.history, trials } };
    };
    expect(noteOf(sparse(5, [2]))).toEqual({ by: "model", fidelity: 1, good: 3, bad: 3 });
    expect(noteOf(sparse(5, [2, 4]))).toEqual({ by: "model", fidelity: 3, good: 3, bad: 3 });
    // A jump over the rung at 3 says nothing about 3.
    expect(noteOf(sparse(5, [2, 9]))).toEqual({ by: "model", fidelity: 9, good: 3, bad: 3 });
  });

  it("is of the highest fidelity that has so many", () => {
    expect(noteOf(contextAt([...times(20, 1), ...times(4, 3)]))).toMatchObject({ fidelity: 1 });
    expect(noteOf(contextAt([...times(20, 1), ...times(5, 2)]))).toMatchObject({ fidelity: 3 });
    expect(noteOf(contextAt([...times(20, 1), ...times(9, 2), ...times(5, 3)]))).toMatchObject({ fidelity: 9 });
  });

  it("has 15 % good ones, three at least, and all that failed among the bad", () => {
    expect(noteOf(contextAt(times(40, 1)))).toEqual({ by: "model", fidelity: 1, good: 6, bad: 34 });
    expect(noteOf(contextAt([...times(10, 1), ...times(7, 0)]))).toEqual({ by: "model", fidelity: 1, good: 3, bad: 7 + 7 });
  });

  it("ranks by what was measured there, whatever came later", () => {
    // At rung 0 the early trials are best, at rung 1 the late ones.
    const both = contextAt([...times(40, 2)], (trial, rung) => (rung === 0 ? trial : -trial));
    const first = contextAt([...times(40, 1)], (trial) => trial);
    const mean = (context: Context): number =>
      suggestions(context, { random: 0 }, 40).reduce((sum, one) => sum + (one.config.x as number), 0) / 40;
    expect(mean(both)).toBeGreaterThan(mean(first) + 0.1);
  });
});

it("a third of the points is random", () => {
  const notes = suggestions(contextAt(times(20, 1)), {}, 900).map((one) => (one.note as { readonly by: string }).by);
  const random = notes.filter((by) => by === "random").length;
  expect(random).toBeGreaterThan(240);
  expect(random).toBeLessThan(360);
  expect(notes.filter((by) => by === "model").length).toBe(900 - random);
});
