/** Fidelities that were added up: a study takes a report for the rung that it misses by rounding only. */
import { describe, expect, it } from "vitest";
import { compose } from "../contract/compose.ts";
import type { Problem } from "../contract/problem.ts";
import type { Strategy } from "../contract/strategy.ts";
import type { Report } from "../contract/trial.ts";
import { drive } from "../run/drive.ts";
import { real } from "../space/param.ts";
import { createSpace } from "../space/space.ts";
import { randomStub } from "../testing/stubs.fixture.ts";
import type { Event } from "./events.ts";
import { replay } from "./replay.ts";
import { startStudy } from "./study.ts";

const above = 0.1 + 0.1 + 0.1;
const below = 0.7 + 0.1 + 0.1;
const problem: Problem = {
  space: createSpace({ x: real(0, 1) }),
  objectives: [{ name: "loss", goal: "minimize" }],
  constraints: [],
  fidelity: { unit: "fraction", min: 0.1, max: 0.9, whole: false },
  resumable: true,
};

/** Trains to 0.3, and then from there to 0.9, with a rung at 0.3. `reports` are what it is told. */
function twoSteps(reports: Report[] = [], first: 0.3 | 0.9 = 0.3): Strategy {
  const paused: number[] = [];
  return compose(
    {
      name: "two steps",
      version: 1,
      init: () => null,
      rungs: () => [0.3, 0.9],
      next: (_state, { history }) => {
        const trial = history.trials.find(({ id, status }) => status === "paused" && paused.includes(id));
        if (trial !== undefined) return { kind: "resume", trial: trial.id, until: 0.9 };
        return { kind: "fill", slot: { until: first, bracket: 0, rung: 0, below: [] } };
      },
      filled: () => {},
      tell: (_state, _context, report) => {
        reports.push(report);
        if (report.kind === "finished") paused.push(report.trial);
        return [];
      },
    },
    randomStub(),
  );
}

describe("a report of 0.1 + 0.1 + 0.1, which is 0.30000000000000004", () => {
  it("is at the milestone 0.3, for the strategy and in the history", () => {
    const reports: Report[] = [];
    const study = startStudy({ problem, strategy: twoSteps(reports, 0.9), seed: 0 });
    const [job] = study.ask().jobs;
    expect(job!.milestones).toEqual([0.3, 0.9]);
    study.tell(job!.id, { values: [1], fidelity: above });
    expect(reports).toMatchObject([{ kind: "measured", measurement: { fidelity: 0.3, atMilestone: true } }]);
    expect(study.history.trials[0]!.curve).toMatchObject([{ fidelity: 0.3 }]);
  });

  it("ends a job until 0.3, although it is above", () => {
    const study = startStudy({ problem, strategy: twoSteps(), seed: 0 });
    const [job] = study.ask().jobs;
    expect(study.tell(job!.id, { values: [1], fidelity: above }).effect).toBe("accepted");
    expect(study.history.trials[0]).toMatchObject({ status: "paused", curve: [{ fidelity: 0.3 }] });
    expect(study.tell(job!.id, { values: [1], fidelity: above }).effect).toBe("repeated");
  });

  it("may be where a job fails that ends at 0.3, before and after its end", () => {
    const study = startStudy({ problem, strategy: twoSteps(), seed: 0 });
    const [job] = study.ask().jobs;
    expect(study.fail(job!.id, "threw", { fidelity: above }).effect).toBe("failed");
    expect(study.fail(job!.id, "lost", { fidelity: above * 3 }).effect).toBe("late");
  });

  it("is known already to a job that trains again from scratch, as there are no checkpoints", () => {
    const reports: Report[] = [];
    const study = startStudy({ problem: { ...problem, resumable: false }, strategy: twoSteps(reports), seed: 0 });
    study.tell(study.ask().jobs[0]!.id, { values: [1] });
    const [again] = study.ask().jobs;
    expect(again).toMatchObject({ trial: 0, from: null, until: 0.9 });
    study.tell(again!.id, { values: [1], fidelity: above });
    expect(reports).toHaveLength(1);
    expect(study.history.trials[0]!.curve).toHaveLength(1);
  });
});

describe("a report of 0.7 + 0.1 + 0.1, which is 0.8999999999999999", () => {
  it("ends a trial at 0.9, although it is below", () => {
    const study = startStudy({ problem, strategy: twoSteps([], 0.9), seed: 0 });
    study.tell(study.ask().jobs[0]!.id, { values: [1], fidelity: below });
    expect(study.history.trials[0]).toMatchObject({ status: "finished", curve: [{ fidelity: 0.9 }] });
  });

  it("is complete where it is observed", () => {
    const study = startStudy({ problem, strategy: twoSteps(), seed: 0 });
    study.observe({ x: 0.5 }, { values: [1], fidelity: below });
    study.observe({ x: 0.5 }, { values: [1], fidelity: above * 3 });
    expect(study.history.trials).toMatchObject([{ curve: [{ fidelity: 0.9 }] }, { curve: [{ fidelity: 0.9 }] }]);
  });
});

it("an interrupted job that runs again passes over what it had reported, added up another way", async () => {
  const events: Event[] = [];
  const first = startStudy({ problem, strategy: twoSteps([], 0.9), seed: 0 }, (event) => events.push(event));
  first.tell(first.ask().jobs[0]!.id, { values: [1], fidelity: 0.3 });
  const study = replay({ problem, strategy: twoSteps([], 0.9), seed: 0 }, events);
  await drive(
    study,
    (_job, { measure }) => {
      expect(measure({ values: [1], fidelity: above })).toBe(true);
      return { values: [2] };
    },
    { trials: 1 },
  );
  expect(study.history.trials).toMatchObject([{ status: "finished", curve: [{ fidelity: 0.3 }, { fidelity: 0.9 }] }]);
});

it("a log of such reports replays", () => {
  const events: Event[] = [];
  const study = startStudy({ problem, strategy: twoSteps(), seed: 0 }, (event) => events.push(event));
  study.tell(study.ask().jobs[0]!.id, { values: [1], fidelity: above });
  study.tell(study.ask().jobs[0]!.id, { values: [1], fidelity: below });
  expect(replay({ problem, strategy: twoSteps(), seed: 0 }, events).history.trials).toEqual(study.history.trials);
});
