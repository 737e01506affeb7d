import { createSpace, type History, type Problem, real, type Trial, type TrialId } from "@caviar-hpo/core";
import type { Context } from "@caviar-hpo/core/contract";
import { contextOf } from "@caviar-hpo/core/testing";
import { describe, expect, it } from "vitest";
import { readCurves } from "./readCurves.ts";

const rungs = [1, 3, 9, 27, 81];
const problem: Problem = {
  space: createSpace({ x: real(0, 1) }),
  objectives: [{ name: "value", goal: "minimize" }],
  constraints: [],
  fidelity: { unit: "epoch", min: 1, max: 81, whole: true },
  resumable: true,
};

function trial(id: number, fidelities: readonly number[], rest: Partial<Trial> = {}): Trial {
  const curve = fidelities.map((fidelity) => ({
    fidelity,
    values: [id + 1 / fidelity],
    constraints: [],
    costSeconds: 0,
    atMilestone: true,
  }));
  return { id: id as TrialId, config: { x: (id % 100) / 100 }, parent: null, status: "paused", curve, ...rest };
}

function contextWith(trials: readonly Trial[]): Context {
  const history: History = { trials, running: [], version: 1 };
  return contextOf(problem, history);
}

describe("what the joint model reads of the history", () => {
  it("is each trial's results at its last three rungs, the first at or past each", () => {
    const { rows, observed, reached } = readCurves(contextWith([trial(0, [1, 2, 3, 4, 9, 30]), trial(1, [1]), trial(2, [])]), rungs, []);
    expect(rows.map(({ row, fidelity, value }) => [row, fidelity, value])).toEqual([
      [0, 3, 1 / 3],
      [0, 9, 1 / 9],
      [0, 27, 1 / 30],
      [1, 1, 2],
    ]);
    expect(reached).toEqual([27, 1]);
    expect(observed.map(({ trial: id, value }) => [id, value])).toEqual([
      [0, 1 / 30],
      [1, 2],
    ]);
  });

  it("leaves out failed trials, whose points count as failed unless their worker was lost", () => {
    const failed = { status: "failed", failure: { reason: "threw" } } as const;
    const trials = [trial(0, [1], failed), trial(1, [1], failed), trial(2, [1])];
    const read = readCurves(contextWith(trials), rungs, [1 as TrialId]);
    expect(read.observed.map((one) => one.trial)).toEqual([2]);
    expect(read.failed.map(({ trial: id }) => id)).toEqual([0]);
  });

  it("is at most 300 results: the last ones of all trials before earlier ones, then higher rungs, then newer trials", () => {
    const trials = Array.from({ length: 260 }, (_, id) => trial(id, id % 5 === 0 ? rungs : id % 5 === 1 ? [1, 3] : [1]));
    const { rows } = readCurves(contextWith(trials), rungs, []);
    expect(rows.length).toBe(300);
    // 260 last results, and of the 52 x 2 + 52 earlier ones the 40 newest at 27.
    const last = (id: number): number => (id % 5 === 0 ? 81 : id % 5 === 1 ? 3 : 1);
    const kept = trials.flatMap(({ id }) => (id % 5 === 0 && id >= 60 ? [27, 81] : [last(id)]).map((fidelity) => [id, fidelity]));
    expect(rows.map(({ row, fidelity }) => [row, fidelity])).toEqual(kept);
  });
});
