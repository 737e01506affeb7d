import { describe, expect, it } from "vitest";
import { type JobId, jobId, trialId } from "../contract/ids.ts";
import type { Problem } from "../contract/problem.ts";
import type { Context } from "../contract/strategy.ts";
import type { Report } from "../contract/trial.ts";
import { bestTrials } from "./best.ts";
import type { Event } from "./events.ts";
import { orientationOf } from "./orientation.ts";
import { replay } from "./replay.ts";
import { scripted, simple, start, trained } from "./scripted.fixture.ts";
import { startStudy } from "./study.ts";

const speed: Problem = {
  ...trained,
  objectives: [
    { name: "speed", goal: "maximize" },
    { name: "loss", goal: "minimize" },
  ],
  constraints: ["memory"],
};
const told = { fidelity: 3, values: [5, 2], constraints: [1], variance: [0.5, 0.25], costSeconds: 7 } as const;

/** A strategy that predicts, and writes down what it is shown. */
function watched(problem: Problem) {
  const contexts: { readonly history: unknown; readonly problem: Problem }[] = [];
  const reports: Report[] = [];
  const look = ({ history, problem: shown }: Context): void => {
    contexts.push({ history: JSON.parse(JSON.stringify({ trials: history.trials, running: history.running })), problem: shown });
  };
  const strategy = {
    ...scripted({
      ask: (_asks, want, context, nextTrial) => {
        look(context);
        const prediction = { mean: problem.objectives.map((_, index) => index - 4), sd: problem.objectives.map(() => 1) };
        return { proposals: Array.from({ length: want }, (_, index) => ({ ...start((nextTrial + index) / 100, 9), prediction })) };
      },
      tell: (report, context) => {
        look(context);
        reports.push(report);
        return [];
      },
    }),
    predict: () => ({ mean: [-3, -0, 0, 4], sd: [1, 1, 1, 1] }),
  };
  return { strategy, contexts, reports };
}

describe("a study with a maximised objective", () => {
  const { strategy, contexts, reports } = watched(speed);
  const events: Event[] = [];
  const definition = { problem: speed, strategy, seed: 1 };
  const study = startStudy(definition, (event) => events.push(event));
  const { jobs } = study.ask({ want: 1 });
  const job: JobId = jobs[0]!.id;
  study.tell(job, told);
  const running = [...study.history.running];
  study.observe({ x: 0.5, mode: "plain" }, { values: [0, -0], constraints: [-1] });
  study.ask({ want: 1 });

  it("shows the user's values in its history, jobs and log", () => {
    expect(jobs[0]!.prediction).toEqual({ mean: [4, -3], sd: [1, 1] });
    expect(running).toEqual(jobs);
    expect(study.history.trials.map(({ curve }) => curve[0]?.values)).toEqual([[5, 2], [0, 0], undefined]);
    expect(events.flatMap((event) => ("measurement" in event ? [event.measurement] : []))).toEqual([
      { ...told, atMilestone: false },
      { fidelity: 9, values: [0, 0], constraints: [-1], costSeconds: 0, atMilestone: true },
    ]);
    expect(events[0]).toMatchObject({ jobs: [{ prediction: { mean: [4, -3] } }] });
  });

  it("shows its strategy values of which less is better, and a problem to minimise", () => {
    const last = contexts.at(-1)!;
    expect(last.problem).toEqual({ ...speed, objectives: speed.objectives.map(({ name }) => ({ name, goal: "minimize" })) });
    expect(last.history).toMatchObject({
      trials: [{ curve: [{ ...told, values: [-5, 2], atMilestone: false }] }, { curve: [{ values: [0, 0] }] }],
      running: [{ id: job, prediction: { mean: [-4, -3], sd: [1, 1] } }],
    });
    expect(reports).toEqual([{ kind: "measured", job, trial: trialId(0), measurement: { ...told, values: [-5, 2], atMilestone: false } }]);
  });

  it("predicts in the user's orientation, without -0", () => {
    expect(study.predict([{ x: 0.5, mode: "plain" }])).toEqual({ mean: [3, 0, 0, -4], sd: [1, 1, 1, 1] });
  });

  it("replays its log, and takes what is said again for the same", () => {
    const again = replay(definition, events);
    expect(again.history.trials).toEqual(study.history.trials);
    expect(again.tell(job, { ...told, fidelity: 9 })).toEqual({ effect: "accepted", directives: [] });
    expect(again.tell(job, { ...told, fidelity: 9 }).effect).toBe("repeated");
  });
});

it("a study without one shows its strategy the same objects as its user, and pays for no others", () => {
  const shown: unknown[] = [];
  const strategy = scripted({
    tell: (report, context) => {
      shown.push(context.problem, context.history.trials, report.kind === "failed" ? null : report.measurement);
      return [];
    },
  });
  const study = startStudy({ problem: simple, strategy, seed: 1 });
  study.tell(study.ask().jobs[0]!.id, { values: [1] });
  expect(shown[0]).toBe(study.problem);
  expect(shown[1]).toBe(study.history.trials);
  expect(shown[2]).toBe(study.history.trials[0]!.curve[0]);
});

it("the best trials are those of the greatest value where that is the goal, for the user and for the strategy", () => {
  const problem: Problem = { ...simple, objectives: [{ name: "accuracy", goal: "maximize" }] };
  const seen: (readonly number[])[] = [];
  const strategy = scripted({
    tell: (_report, context) => {
      seen.push(bestTrials(context.problem, context.history).map(({ id }) => id));
      return [];
    },
  });
  const study = startStudy({ problem, strategy, seed: 1 });
  study.ask({ want: 3 }).jobs.forEach(({ id }, index) => {
    study.tell(id, { values: [[0.5, 0.9, 0.7][index]!] });
  });
  expect(seen).toEqual([[0], [1], [1]]);
  expect(bestTrials(problem, study.history).map(({ id }) => id)).toEqual([1]);
  expect(study.recommend()).toEqual(study.history.trials[1]!.config);
});

it("converting twice gives the same, but for -0, which becomes 0", () => {
  const orientation = orientationOf(speed);
  const measurement = { fidelity: 1, values: [-1.5, 0], constraints: [2], costSeconds: 0, atMilestone: true };
  const job = {
    id: jobId(0),
    trial: trialId(0),
    config: { x: 0 },
    from: null,
    until: 9,
    milestones: [9],
    prediction: { mean: [3, 4], sd: [1, 2] },
  };
  const events: readonly Event[] = [
    { kind: "asked", want: 1, jobs: [job], directives: [], then: "more", atMs: 0 },
    { kind: "told", job: job.id, measurement, last: false, directives: [], atMs: 1 },
    { kind: "failed", job: job.id, reason: "threw", fidelity: 1, costSeconds: 0, directives: [], atMs: 2 },
    { kind: "enqueued", config: { x: 1 }, atMs: 3 },
    { kind: "observed", config: { x: 1 }, measurement, directives: [], atMs: 4 },
  ];
  expect(events.map(orientation.event).map(orientation.event)).toEqual(events);
  expect(orientation.event(events[1]!)).not.toEqual(events[1]);
  expect(orientation.values([0, -1])).toEqual([0, -1]);
  expect(orientation.values(orientation.values([-0, 1]))).toEqual([0, 1]);
});
