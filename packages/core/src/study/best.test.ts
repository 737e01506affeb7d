import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { trialId } from "../contract/ids.ts";
import type { Problem } from "../contract/problem.ts";
import type { History, Measurement, Trial, TrialStatus } from "../contract/trial.ts";
import { createSpace } from "../space/space.ts";
import { bestTrials } from "./best.ts";

const problem = (objectives: number): Problem => ({
  space: createSpace({}),
  objectives: Array.from({ length: objectives }, (_, index) => ({ name: `o${index}`, goal: "minimize" })),
  constraints: [],
  fidelity: null,
  resumable: false,
});

const at = (fidelity: number, values: readonly number[], constraints: readonly number[] = []): Measurement => ({
  fidelity,
  values,
  constraints,
  costSeconds: 0,
  atMilestone: true,
});

function historyOf(...curves: readonly (readonly Measurement[] | readonly [TrialStatus, ...Measurement[]])[]): History {
  const trials = curves.map((entry, id): Trial => {
    const [status, ...curve] = typeof entry[0] === "string" ? entry : ["finished", ...entry];
    return { id: trialId(id), config: {}, parent: null, status: status as TrialStatus, curve: curve as Measurement[] };
  });
  return { trials, running: [], version: 0 };
}

const ids = (objectives: number, history: History): readonly number[] => bestTrials(problem(objectives), history).map((trial) => trial.id);

describe("with one objective the best trials are", () => {
  it("those of the least value, the earliest first", () => {
    expect(ids(1, historyOf([at(1, [2])], [at(1, [1])], [at(1, [3])], [at(1, [1])]))).toEqual([1, 3]);
  });

  it("none where nothing was measured, or nothing is feasible", () => {
    expect(ids(1, historyOf([], ["failed"], ["running"]))).toEqual([]);
    expect(ids(1, historyOf([at(1, [1], [0.1])]))).toEqual([]);
  });

  it("feasible ones, also where an infeasible one is lower; on the boundary is feasible", () => {
    expect(ids(1, historyOf([at(1, [0], [1e-12])], [at(1, [5], [0, -1])]))).toEqual([1]);
  });

  it("those trained farthest, also where a value at a lower fidelity is lower", () => {
    expect(ids(1, historyOf([at(1, [0])], [at(1, [9]), at(3, [5])], [at(3, [7])]))).toEqual([1]);
  });

  it("judged by the last measurement of each, not by the best one", () => {
    expect(ids(1, historyOf([at(1, [0]), at(3, [8])], [at(3, [7])]))).toEqual([1]);
  });

  it("not kept from it by an infeasible trial that was trained farther", () => {
    expect(ids(1, historyOf([at(9, [0], [1])], [at(1, [5], [0])]))).toEqual([1]);
  });

  it("not failed ones, but stopped, paused, running and discarded ones", () => {
    const history = historyOf(["failed", at(1, [0])], ["stopped", at(1, [1])], ["paused", at(1, [1])], ["running", at(1, [1])]);
    expect(ids(1, history)).toEqual([1, 2, 3]);
    expect(ids(1, historyOf(["discarded", at(1, [1])]))).toEqual([0]);
  });
});

describe("with several objectives the best trials are", () => {
  it("those that no other dominates, twins included", () => {
    expect(ids(2, historyOf([at(1, [1, 4])], [at(1, [2, 2])], [at(1, [2, 3])], [at(1, [4, 1])], [at(1, [2, 2])]))).toEqual([0, 1, 3, 4]);
  });

  it("exactly the Pareto front by brute force", () => {
    const value = fc.integer({ min: 0, max: 5 });
    const points = fc.array(fc.tuple(value, value, value), { maxLength: 12 });
    fc.assert(
      fc.property(points, (all) => {
        const worse = (a: readonly number[], b: readonly number[]): boolean => b.every((x, i) => x <= a[i]!) && b.some((x, i) => x < a[i]!);
        const front = all.flatMap((point, index) => (all.some((other) => worse(point, other)) ? [] : [index]));
        expect(ids(3, historyOf(...all.map((point) => [at(1, point)])))).toEqual(front);
      }),
      { seed: 2, numRuns: 200 },
    );
  });
});
