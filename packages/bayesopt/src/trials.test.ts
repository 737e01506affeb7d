import { encode, real, type Trial, trialId } from "@caviar-hpo/core";
import type { Context } from "@caviar-hpo/core/contract";
import { contextOf as handMade } from "@caviar-hpo/core/testing";
import { describe, expect, it } from "vitest";
import { problemOf } from "../testing/studies.ts";
import { readTrials } from "./trials.ts";

const problem = problemOf({ x: real(0, 10) });
const at = (x: number): Float64Array => encode(problem.space, { x });

function trial(id: number, status: Trial["status"], ...curve: readonly (readonly [fidelity: number, value: number])[]): Trial {
  return {
    id: trialId(id),
    config: { x: id },
    parent: null,
    status,
    curve: curve.map(([fidelity, value]) => ({ fidelity, values: [value], constraints: [value - 1], costSeconds: 0, atMilestone: true })),
  };
}

function contextOf(trials: readonly Trial[], queue: readonly { x: number }[] = []): Context {
  const running = trials
    .filter(({ status }) => status === "running")
    .map(({ id, config }, job) => ({ id: job as never, trial: id, config, from: null, until: 9, milestones: [9] }));
  return handMade(problem, { trials, running, version: 1 }, queue);
}

const read = (trials: readonly Trial[], rungs: readonly number[] = [1, 3, 9], enough = 3) =>
  readTrials(contextOf(trials), { rungs, enough, lost: [] });

describe("the values that a model sees", () => {
  it("are those at the highest rung that enough trials have reached", () => {
    const low = [0, 1, 2, 3].map((id) => trial(id, "paused", [1, id]));
    const middle = [4, 5, 6].map((id) => trial(id, "paused", [1, id], [3, 10 * id]));
    const high = [trial(7, "finished", [1, 7], [3, 70], [9, 700])];
    expect(read([...low, ...middle, ...high])).toMatchObject({
      fidelity: 3,
      observed: [{ value: 40 }, { value: 50 }, { value: 60 }, { value: 70 }],
    });
    expect(read([...low, ...middle, ...high], [1, 3, 9], 1)).toMatchObject({ fidelity: 9, observed: [{ trial: 7, value: 700 }] });
    expect(read([...low, ...middle, ...high], [1, 3, 9], 100)).toMatchObject({ fidelity: 1 });
  });

  it("are those at the highest of the rungs that most have reached where none has enough", () => {
    const trials = [trial(0, "paused", [1, 1], [3, 2]), trial(1, "paused", [1, 3], [3, 4])];
    expect(read(trials)).toMatchObject({ fidelity: 3, observed: [{ value: 2 }, { value: 4 }] });
  });

  it("are the first at or past the rung and before the next one, for trials that report every second epoch", () => {
    const sparse = [0, 1, 2].map((id) => trial(id, "paused", [2, id], [4, 10 * id], [6, 20 * id]));
    const jumped = trial(3, "finished", [2, 3], [10, 300]);
    expect(read([...sparse, jumped])).toMatchObject({
      fidelity: 3,
      observed: [
        { trial: 0, value: 0 },
        { trial: 1, value: 10 },
        { trial: 2, value: 20 },
      ],
    });
    expect(read([...sparse, jumped], [1, 3, 9], 4)).toMatchObject({
      fidelity: 1,
      observed: [{ value: 0 }, { value: 1 }, { value: 2 }, { value: 3 }],
    });
    expect(read([...sparse, jumped], [1, 3, 9], 1)).toMatchObject({ fidelity: 9, observed: [{ trial: 3, value: 300 }] });
  });

  it("are empty if nothing has been measured at or past a rung", () => {
    expect(read([trial(0, "running", [2, 5])], [3, 9])).toMatchObject({ fidelity: null, observed: [] });
    expect(read([], [])).toEqual({ fidelity: null, observed: [], failed: [], pending: [] });
  });

  it("come with their points, variances and constraints, of stopped and discarded trials too", () => {
    const noisy: Trial = {
      ...trial(2, "stopped"),
      curve: [{ fidelity: 9, values: [5], variance: [0.25], constraints: [-1], costSeconds: 1, atMilestone: true }],
    };
    expect(read([trial(0, "discarded", [9, 1]), noisy]).observed).toEqual([
      { trial: 0, unit: at(0), value: 1, variance: null, constraints: [0], costSeconds: 0 },
      { trial: 2, unit: at(2), value: 5, variance: 0.25, constraints: [-1], costSeconds: 1 },
    ]);
  });
});

describe("the points that failed", () => {
  it("are those of failed trials, whatever they had measured before", () => {
    const { observed, failed } = read([trial(0, "failed"), trial(1, "failed", [1, 1], [9, 2]), trial(2, "finished", [9, 3])]);
    expect(failed).toEqual([
      { trial: 0, unit: at(0) },
      { trial: 1, unit: at(1) },
    ]);
    expect(observed).toMatchObject([{ trial: 2 }]);
  });

  it("are not those that were lost with their worker", () => {
    const { failed, observed, pending } = readTrials(contextOf([trial(0, "failed"), trial(1, "failed", [9, 1])]), {
      rungs: [9],
      enough: 1,
      lost: [trialId(1)],
    });
    expect({ failed, observed, pending }).toEqual({ failed: [{ trial: 0, unit: at(0) }], observed: [], pending: [] });
  });
});

describe("the points that are not known yet", () => {
  it("are those of running trials without a value at the model's fidelity, of the queue, and of the same ask", () => {
    const trials = [trial(0, "running", [9, 1]), trial(1, "running", [1, 1]), trial(2, "running"), trial(3, "paused")];
    const context = contextOf(trials, [{ x: 8 }]);
    // The first start takes the queued configuration.
    const proposals = [{ x: 3 }, { x: 4 }].map((config) => ({ kind: "start", config, until: 9 }) as const);
    const asked = { ...context, pending: context.pending.after(proposals, trialId(4)) };
    const pendingIn = (one: Context) => readTrials(one, { rungs: [9], enough: 1, lost: [] }).pending;
    expect(pendingIn(context)).toEqual([at(1), at(2), at(8)]);
    expect(pendingIn(asked)).toEqual([at(1), at(2), at(8), at(4)]);
  });

  it("are also those of a trial that was resumed in the same ask, and has no value at the model's fidelity yet", () => {
    const context = contextOf([trial(0, "paused", [9, 1]), trial(1, "paused", [1, 1])]);
    const pending = context.pending.after([{ kind: "resume", trial: trialId(1), until: 9 }], trialId(2));
    expect(readTrials({ ...context, pending }, { rungs: [9], enough: 1, lost: [] }).pending).toEqual([at(1)]);
  });
});
