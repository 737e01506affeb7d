import { describe, expect, it, test } from "vitest";
import { ConfigError, ProtocolError, StateError } from "../contract/errors.ts";
import { type JobId, jobId, trialId } from "../contract/ids.ts";
import type { Told } from "../contract/measurement.ts";
import type { Problem } from "../contract/problem.ts";
import type { FailureReason, History } from "../contract/trial.ts";
import type { Event } from "./events.ts";
import { historyCache } from "./historyCache.ts";
import { readHistory } from "./readHistory.ts";
import { replay } from "./replay.ts";
import { type Memory, type Script, scripted, simple, start, trained } from "./scripted.fixture.ts";
import { type Study, startStudy } from "./study.ts";

const twoOfEach: Problem = {
  ...simple,
  objectives: [
    { name: "loss", goal: "minimize" },
    { name: "size", goal: "minimize" },
  ],
  constraints: ["memory"],
};

type Opened = { readonly study: Study; readonly events: Event[]; readonly heard: Memory["heard"] };

function open(problem: Problem = simple, script: Script = {}): Opened {
  const events: Event[] = [];
  const study = startStudy({ problem, strategy: scripted(script), seed: 0 }, (event) => events.push(event));
  return { study, events, heard: (study.state as Memory).heard };
}

/** A study with one running job, and that job. */
function running(problem: Problem = simple, script: Script = {}): Opened & { readonly job: JobId } {
  const opened = open(problem, script);
  return { ...opened, job: opened.study.ask().jobs[0]!.id };
}

/** The code of what was thrown. */
function codeOf(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    return `${(error as Error).constructor.name} ${(error as ProtocolError).code}`;
  }
  return "nothing thrown";
}

describe("a report", () => {
  it("is accepted once, ends its job, and reaches the strategy", () => {
    const { study, events, heard, job } = running();
    expect(study.tell(job, { values: [0.5] }, 7)).toEqual({ effect: "accepted", directives: [] });
    const measurement = { fidelity: 1, values: [0.5], constraints: [], costSeconds: 0, atMilestone: true };
    expect(events[1]).toEqual({ kind: "told", job, measurement, last: true, directives: [], atMs: 7 });
    expect(heard).toEqual([{ kind: "finished", job, trial: 0, measurement }]);
    expect(study.history.trials[0]).toMatchObject({ status: "finished", curve: [measurement] });
    expect(study.history.running).toEqual([]);
  });

  it("is repeated if it says the same: no event, no effect", () => {
    const { study, events, heard, job } = running();
    study.tell(job, { values: [-0], costSeconds: 2 });
    const before = study.history.version;
    expect(study.tell(job, { values: [0], costSeconds: 2, fidelity: 1, constraints: [] }).effect).toBe("repeated");
    expect([events.length, heard.length, study.history.version]).toEqual([2, 1, before]);
  });

  test.each<readonly [string, Told]>([
    ["another value", { values: [0.6] }],
    ["another cost", { values: [0.5], costSeconds: 3 }],
    ["a variance", { values: [0.5], variance: [1] }],
    ["NaN", { values: [NaN] }],
  ])("is late if it says something else: %s. The event is kept, nothing changes", (_name, told) => {
    const { study, events, heard, job } = running();
    study.tell(job, { values: [0.5] });
    const trials = JSON.stringify(study.history.trials);
    expect(study.tell(job, told)).toEqual({ effect: "late", directives: [] });
    expect([events.length, heard.length]).toEqual([3, 1]);
    expect(JSON.stringify(study.history.trials)).toBe(trials);
    expect(JSON.stringify(readHistory(simple, events).trials)).toBe(trials);
  });

  it("of a failure is failed, repeated for the same reason, late for another one and for a measurement", () => {
    const { study, events, heard, job } = running();
    expect(study.fail(job, "threw", { costSeconds: 1.5 }, 3).effect).toBe("failed");
    expect(events[1]).toEqual({ kind: "failed", job, reason: "threw", fidelity: 0, costSeconds: 1.5, directives: [], atMs: 3 });
    expect(heard).toEqual([{ kind: "failed", job, trial: 0, reason: "threw", fidelity: 0, costSeconds: 1.5 }]);
    const effects = [study.fail(job, "threw"), study.fail(job, "lost"), study.tell(job, { values: [1] })].map((one) => one.effect);
    expect(effects).toEqual(["repeated", "late", "late"]);
    expect([events.length, heard.length, study.history.trials[0]!.status]).toEqual([4, 1, "failed"]);
  });

  test.each<FailureReason>(["threw", "timeout", "lost", "nonfinite", "infeasible"])("can fail as %s", (reason) => {
    const { study, job } = running();
    study.fail(job, reason);
    expect(study.history.trials[0]!.status).toBe("failed");
  });

  it("after a stop is late, also without a fidelity", () => {
    const problem: Problem = { ...trained, fidelity: { unit: "share", min: 0.1, max: 0.5, whole: false } };
    const { study, job } = running(problem, { tell: (report) => [{ kind: "stop", job: report.job }] });
    study.tell(job, { values: [1], fidelity: 0.2 });
    expect(study.history.trials[0]!.status).toBe("stopped");
    expect(study.tell(job, { values: [1] }).effect).toBe("late");
    expect(study.fail(job, "lost").effect).toBe("late");
  });

  test.each([-1, 1, 0.5, NaN, 2 ** 40])("of the job %f, which was never handed out, is refused", (id) => {
    const { study, events } = running();
    expect(codeOf(() => study.tell(jobId(id), { values: [1] }))).toBe("ProtocolError unknownJob");
    expect(codeOf(() => study.fail(jobId(id), "lost"))).toBe("ProtocolError unknownJob");
    expect(events).toHaveLength(1);
  });

  it("of an unknown reason is refused", () => {
    const { study, job } = running();
    expect(codeOf(() => study.fail(job, "bored" as FailureReason))).toBe("ProtocolError unknownReason");
    expect(study.history.running).toHaveLength(1);
  });
});

describe("a number that is not finite fails the job as nonfinite", () => {
  const awkward = [NaN, Infinity, -Infinity];
  test.each(awkward)("%f, among the values, the constraints or the variances", (bad) => {
    for (const told of [
      { values: [0, bad], constraints: [0] },
      { values: [0, 0], constraints: [bad] },
      { values: [0, 0], constraints: [0], variance: [bad, 1] },
    ]) {
      const { study, events, heard, job } = running(twoOfEach);
      expect(study.tell(job, told).effect).toBe("failed");
      expect(heard).toMatchObject([{ kind: "failed", reason: "nonfinite", fidelity: 1 }]);
      expect(events[1]).toMatchObject({ kind: "failed", reason: "nonfinite" });
      expect(study.tell(job, told).effect).toBe("repeated");
      expect(study.history.trials[0]).toMatchObject({ status: "failed", curve: [] });
    }
  });

  it("at the fidelity where it came up, leaving what was measured before", () => {
    const { study, heard, job } = running(trained);
    study.tell(job, { values: [1], fidelity: 3 });
    expect(study.tell(job, { values: [NaN], fidelity: 4 }).effect).toBe("failed");
    expect(heard[1]).toMatchObject({ kind: "failed", reason: "nonfinite", fidelity: 4 });
    expect(study.history.trials[0]!.curve.map((one) => one.fidelity)).toEqual([3]);
  });

  it("while the largest doubles, the smallest and -0 are values like any other; -0 is kept as 0", () => {
    const { study, job } = running(twoOfEach);
    study.tell(job, { values: [Number.MAX_VALUE, 5e-324], constraints: [-0], variance: [0, Number.MAX_VALUE] });
    const [measurement] = study.history.trials[0]!.curve;
    expect(measurement).toMatchObject({ values: [Number.MAX_VALUE, 5e-324], variance: [0, Number.MAX_VALUE] });
    expect(Object.is(measurement!.constraints[0], 0)).toBe(true);
  });
});

describe("a measurement is refused, and changes nothing, with", () => {
  const good = { values: [1, 2], constraints: [0] };
  test.each<readonly [string, object]>([
    ["too few values", { ...good, values: [1] }],
    ["too many values", { ...good, values: [1, 2, 3] }],
    ["no constraints", { values: [1, 2] }],
    ["too many constraints", { ...good, constraints: [0, 0] }],
    ["too few variances", { ...good, variance: [1] }],
    ["text for a value", { ...good, values: [1, "2"] }],
    ["null for a value, as JSON writes NaN", { ...good, values: [1, null] }],
    ["a number for the values", { ...good, values: 1 }],
    ["no values", { constraints: [0] }],
    ["a negative variance", { ...good, variance: [1, -1e-300] }],
    ["a negative cost", { ...good, costSeconds: -1 }],
    ["an infinite cost", { ...good, costSeconds: Infinity }],
    ["a NaN cost next to a NaN value", { ...good, values: [1, NaN], costSeconds: NaN }],
    ["a fidelity that is text", { ...good, fidelity: "1" }],
  ])("%s", (_name, told) => {
    const { study, events, heard, job } = running(twoOfEach);
    expect(() => study.tell(job, told as Told)).toThrow(ProtocolError);
    expect(() => study.observe({ x: 0, mode: "plain" }, told as Told)).toThrow(ProtocolError);
    expect([events.length, heard.length, study.history.running.length]).toEqual([1, 0, 1]);
    expect(study.tell(job, good).effect).toBe("accepted");
  });
});

describe("fidelities", () => {
  test.each<readonly [string, number]>([
    ["0", 0],
    ["a negative one", -3],
    ["one reported already", 3],
    ["one passed already", 2],
    ["a fraction of a whole one", 4.5],
    ["one beyond the job's end", 10],
    ["NaN", NaN],
    ["infinity", Infinity],
  ])("refuse %s, with finite values or without", (_name, fidelity) => {
    const { study, events, job } = running(trained);
    study.tell(job, { values: [1], fidelity: 3 });
    for (const value of [1, NaN]) expect(() => study.tell(job, { values: [value], fidelity })).toThrow(ProtocolError);
    expect([events.length, study.history.running.length]).toEqual([2, 1]);
    expect(study.tell(job, { values: [1], fidelity: 4 }).effect).toBe("accepted");
  });

  it("default to the job's end; only that one is the last", () => {
    const { study, events, heard, job } = running(trained);
    study.tell(job, { values: [2], fidelity: 4 });
    study.tell(job, { values: [1] });
    expect(events.slice(1)).toMatchObject([
      { last: false, measurement: { fidelity: 4, atMilestone: false } },
      { last: true, measurement: { fidelity: 9, atMilestone: true } },
    ]);
    expect(heard.map((report) => report.kind)).toEqual(["measured", "finished"]);
  });

  it("mark the milestones that the strategy asked for", () => {
    const { study, job } = running(trained, { ask: () => ({ proposals: [{ ...start(0, 9), milestones: [1, 3] }] }) });
    expect(study.history.running[0]!.milestones).toEqual([1, 3, 9]);
    for (const fidelity of [1, 2, 3]) study.tell(job, { values: [1], fidelity });
    expect(study.history.trials[0]!.curve.map((one) => one.atMilestone)).toEqual([true, false, true]);
  });

  it("of failures default to what was reported last, and cannot exceed the job's end", () => {
    const { study, heard, job } = running(trained, { ask: () => ({ proposals: [start(0, 7)] }) });
    study.tell(job, { values: [1], fidelity: 5 });
    for (const fidelity of [8, 10]) expect(codeOf(() => study.fail(job, "lost", { fidelity }))).toBe("ProtocolError badFidelity");
    study.fail(job, "lost");
    expect(heard[1]).toMatchObject({ kind: "failed", fidelity: 5 });
  });

  it("of late reports may exceed the job's end, with finite values or without", () => {
    const { study, job } = running(trained, { ask: () => ({ proposals: [start(0, 7)] }) });
    study.fail(job, "lost");
    for (const value of [1, NaN]) expect(study.tell(job, { values: [value], fidelity: 8 }).effect).toBe("late");
  });

  it("that end below the most leave the trial paused, at the most finished", () => {
    const { study, job } = running(trained, { ask: () => ({ proposals: [start(0, 3)] }) });
    study.tell(job, { values: [1] });
    expect(study.history.trials[0]!.status).toBe("paused");
  });
});

describe("a trial that is resumed", () => {
  const stepwise: Script = {
    ask: (asks) => ({
      proposals: [asks === 0 ? start(0.1, 3) : { kind: "resume", trial: trialId(0), until: 9, milestones: [5] }],
    }),
  };

  it("continues from its checkpoint if the problem is resumable", () => {
    const { study, job } = running(trained, stepwise);
    study.tell(job, { values: [1] });
    const [again] = study.ask().jobs;
    expect(again).toMatchObject({ id: 1, trial: 0, from: { trial: 0, fidelity: 3 }, until: 9, milestones: [5, 9] });
    expect(codeOf(() => study.tell(again!.id, { values: [1], fidelity: 3 }))).toBe("ProtocolError badFidelity");
    expect(study.history.trials).toHaveLength(1);
  });

  it("starts again where it is not; what it passes through again is heard once", () => {
    const { study, events, heard, job } = running({ ...trained, resumable: false }, stepwise);
    for (const fidelity of [1, 3]) study.tell(job, { values: [fidelity], fidelity });
    const [again] = study.ask().jobs;
    expect(again!.from).toBeNull();
    for (const fidelity of [1, 2, 3, 5, 9]) {
      expect(study.tell(again!.id, { values: [10 * fidelity], fidelity })).toEqual({ effect: "accepted", directives: [] });
    }
    expect(study.history.trials[0]!.curve.map((one) => one.values[0])).toEqual([1, 3, 50, 90]);
    expect(heard.map((report) => (report.kind === "failed" ? 0 : report.measurement.fidelity))).toEqual([1, 3, 5, 9]);
    expect(events.filter((event) => event.kind === "told")).toHaveLength(7);
    expect(readHistory({ ...trained, resumable: false }, events).trials).toEqual(study.history.trials);
  });
});

describe("the queue", () => {
  const config = (x: number): { readonly x: number; readonly mode: string } => ({ x, mode: "plain" });

  it("gives its configurations to the next starts, oldest first, whatever the strategy proposed", () => {
    const { study } = open();
    for (const x of [0.7, 0.8, 0.9]) study.enqueue(config(x));
    const xs = [...study.ask({ want: 2 }).jobs, ...study.ask({ want: 3 }).jobs].map((job) => job.config.x);
    expect(xs).toEqual([0.7, 0.8, 0.9, 0.003, 0.004]);
  });

  it("is seen by the strategy, whose ask comes before the taking", () => {
    const seen: number[] = [];
    const { study } = open(simple, {
      ask: (_asks, _want, context) => {
        seen.push(context.queue.length);
        return { proposals: [start(0.5)] };
      },
    });
    study.enqueue(config(0.1));
    study.enqueue(config(0.2));
    for (let time = 0; time < 3; time++) study.ask();
    expect(seen).toEqual([2, 1, 0]);
  });

  it("is passed over by resumes and clones", () => {
    const { study, job } = running(trained, {
      ask: (asks) => ({
        proposals:
          asks === 0
            ? [start(0.1, 3)]
            : [
                { kind: "clone", parent: trialId(0), at: 3, config: config(0.2), until: 9 },
                start(0.3, 9),
                { kind: "resume", trial: trialId(0), until: 9 },
              ],
      }),
    });
    study.tell(job, { values: [1] });
    study.enqueue(config(0.9));
    const { jobs } = study.ask({ want: 3 });
    expect(jobs.map((one) => [one.trial, one.config.x, one.from?.trial ?? null])).toEqual([
      [1, 0.2, 0],
      [2, 0.9, null],
      [0, 0.1, 0],
    ]);
    expect(study.history.trials.map((trial) => trial.parent)).toEqual([null, 0, null]);
  });

  it("refuses what is not in the space, and keeps its own copy of what is", () => {
    const { study, events } = open();
    expect(() => study.enqueue({ x: 2, mode: "plain" })).toThrow(ConfigError);
    expect(() => study.enqueue({ x: 0, mode: "plain", depth: 1 })).toThrow(ConfigError);
    expect(() => study.enqueue({ mode: "plain", depth: 1 })).toThrow('value of "mode": expected one of "deep", got "plain"');
    expect(events).toEqual([]);
    const mine = { mode: "plain", x: 0.5 };
    study.enqueue(mine, 4);
    mine.x = 99;
    expect(events).toEqual([{ kind: "enqueued", config: { x: 0.5, mode: "plain" }, atMs: 4 }]);
    expect(Object.isFrozen(study.ask().jobs[0]!.config)).toBe(true);
  });
});

describe("a partial configuration in the queue", () => {
  it("is logged as it was given, and the strategy's next proposal fills in the rest", () => {
    const { study, events } = open();
    study.enqueue({ mode: "plain" }, 3);
    study.enqueue({ x: 0.75 });
    expect(events[0]).toEqual({ kind: "enqueued", config: { mode: "plain" }, atMs: 3 });
    const { jobs } = study.ask({ want: 3 });
    expect(jobs.map(({ config }) => config)).toEqual([
      { x: 0, mode: "plain" },
      { x: 0.75, mode: "plain" },
      { x: 0.002, mode: "plain" },
    ]);
    expect(Object.isFrozen(jobs[1]!.config)).toBe(true);
    expect(replay({ problem: simple, strategy: scripted(), seed: 0 }, events).history.trials).toEqual(study.history.trials);
  });

  it("is no pending configuration before it is complete", () => {
    const sizes: number[] = [];
    const { study } = open(simple, {
      ask: (asks, _want, { pending, queue }) => {
        sizes.push(pending.size, [...pending].length, queue.length);
        return { proposals: [start(asks / 8)] };
      },
    });
    study.enqueue({ x: 0.5 });
    study.enqueue({ x: 0.25, mode: "plain" });
    study.ask();
    study.ask();
    expect(sizes).toEqual([1, 1, 2, 2, 2, 1]);
  });

  it("is pending in the same ask as the study completes it, whatever the strategy proposes for it", () => {
    const seen: unknown[] = [];
    const { study } = open(simple, {
      ask: (_asks, _want, { pending, queue, history }) => {
        const proposals = [{ ...start(0), config: queue[0]! }];
        seen.push([...pending.after(proposals, trialId(history.trials.length))].map((one) => one.config));
        return { proposals };
      },
    });
    study.enqueue({ mode: "plain" });
    const { jobs } = study.ask();
    expect(seen).toEqual([jobs.map((job) => job.config)]);
  });
});

describe("an observed result", () => {
  it("becomes a finished trial that the strategy finds in its history, and is told nothing of", () => {
    const { study, events, heard } = open(trained);
    study.observe({ x: 0.5, mode: "deep", depth: 1.5 }, { values: [-0], costSeconds: 3 }, 8);
    expect(study.history.trials).toMatchObject([{ id: 0, status: "finished", curve: [{ fidelity: 9, values: [0], atMilestone: true }] }]);
    expect(events).toMatchObject([{ kind: "observed", atMs: 8, measurement: { costSeconds: 3 } }]);
    expect(heard).toEqual([]);
    expect(study.ask().jobs[0]!.trial).toBe(1);
  });

  it("is refused where it is not finite, not in the space, or at a fidelity that there is not", () => {
    const { study, events } = open(trained);
    const config = { x: 0.5, mode: "plain" };
    expect(codeOf(() => study.observe(config, { values: [NaN] }))).toBe("ConfigError badMeasurement");
    expect(codeOf(() => study.observe({ x: -1, mode: "plain" }, { values: [1] }))).toBe("ConfigError badConfig");
    expect(codeOf(() => study.observe(config, { values: [1], fidelity: 10 }))).toBe("ProtocolError badFidelity");
    expect(codeOf(() => study.observe(config, { values: [1], fidelity: 1.5 }))).toBe("ProtocolError badFidelity");
    expect(events).toEqual([]);
  });
});

describe("asking", () => {
  it("for nothing changes nothing and does not reach the strategy", () => {
    const { study, events } = open();
    expect(study.ask({ want: 0 })).toEqual({ jobs: [], directives: [], then: "more" });
    expect([events.length, (study.state as Memory).asks, study.history.version]).toEqual([0, 0, 0]);
  });

  test.each([-1, 0.5, NaN, Infinity, 100_001])("for %f is refused", (want) => {
    const { study, events } = open();
    expect(codeOf(() => study.ask({ want }))).toBe("ProtocolError badWant");
    expect([events.length, study.closed]).toEqual([0, false]);
  });

  test.each([-1, 0.5, NaN])("for %f new trials at most is refused", (starts) => {
    const { study, events } = open();
    expect(codeOf(() => study.ask({ want: 1, starts }))).toBe("ProtocolError badWant");
    expect([events.length, study.closed]).toEqual([0, false]);
  });

  it("for fewer new trials than jobs: a strategy that can continue others is told so, and must keep to it", () => {
    const seen: unknown[] = [];
    const { study, events } = open(trained, {
      can: { resumes: true },
      ask: (asks, want, context) => {
        seen.push([want, context.starts]);
        if (asks === 0) return { proposals: [start(0.1, 3), start(0.2, 3)] };
        if (asks === 1) return { proposals: [{ kind: "resume", trial: trialId(0), until: 9 }, start(0.3, 3)], then: "wait" };
        if (asks === 2) return { then: "wait" };
        return { proposals: [start(0.4, 3), start(0.5, 3)] };
      },
    });
    for (const { id } of study.ask({ want: 2, starts: 2 }).jobs) study.tell(id, { values: [id] });
    expect(study.ask({ want: 2, starts: 1 }).jobs.map((job) => [job.trial, job.until])).toEqual([
      [0, 9],
      [2, 3],
    ]);
    for (const job of [...study.history.running]) study.tell(job.id, { values: [1] });
    expect(study.ask({ want: 2, starts: 0 })).toEqual({ jobs: [], directives: [], then: "wait" });
    expect(seen).toEqual([
      [2, undefined],
      [2, 1],
      [2, 0],
    ]);
    expect(events.flatMap((event) => (event.kind === "asked" ? [event.starts] : []))).toEqual([undefined, 1, 0]);
    expect(() => study.ask({ want: 2, starts: 1 })).toThrow(/at most 1 new trials, got 2/);
  });

  it("for fewer new trials than jobs: a strategy that only starts trials, or can only start them, is asked for no more than that", () => {
    for (const [problem, resumes] of [
      [trained, false],
      [simple, true],
    ] as const) {
      const { study, events } = open(problem, { can: { resumes } });
      expect(study.ask({ want: 5, starts: 2 }).jobs).toHaveLength(2);
      expect(study.ask({ want: 5, starts: 0 })).toEqual({ jobs: [], directives: [], then: "more" });
      expect(events).toMatchObject([{ kind: "asked", want: 2 }]);
      expect(Object.keys(events[0]!)).not.toContain("starts");
    }
  });

  it("stops for good once the strategy is done; running jobs may still report", () => {
    const { study, events, heard } = open(simple, { ask: () => ({ proposals: [start(0.1)], then: "done" }) });
    const { jobs, then } = study.ask({ want: 5 });
    expect([jobs.length, then, study.done]).toEqual([1, "done", true]);
    expect(study.ask({ want: 5 })).toEqual({ jobs: [], directives: [], then: "done" });
    study.tell(jobs[0]!.id, { values: [1] });
    study.enqueue({ x: 0, mode: "plain" });
    expect(study.ask().jobs).toEqual([]);
    expect([heard.length, (study.state as Memory).asks]).toEqual([1, 1]);
    expect(events.map((event) => event.kind)).toEqual(["asked", "told", "enqueued"]);
  });

  it("counts jobs and trials from 0, hands out what the strategy said of them, and logs when", () => {
    const remark = { prediction: { mean: [1], sd: [2] }, note: { why: "because" } };
    const { study, events } = open(simple, { ask: () => ({ proposals: [start(0.1), { ...start(0.2), ...remark }] }) });
    const { jobs } = study.ask({ want: 2, atMs: 12 });
    expect(jobs).toEqual([
      { id: 0, trial: 0, config: { x: 0.1, mode: "plain" }, from: null, until: 1, milestones: [1] },
      { id: 1, trial: 1, config: { x: 0.2, mode: "plain" }, from: null, until: 1, milestones: [1], ...remark },
    ]);
    expect(events).toEqual([{ kind: "asked", want: 2, jobs, directives: [], then: "more", atMs: 12 }]);
  });
});

describe("a directive", () => {
  it("that stops, pauses or discards takes effect at once, from asks and from tells", () => {
    const { study, events } = open(trained, {
      ask: (asks, want) =>
        asks === 0
          ? { proposals: Array.from({ length: want }, (_, index) => start(index / 10, 9)) }
          : {
              directives: [
                { kind: "stop", job: jobId(1) },
                { kind: "discard", trial: trialId(1) },
              ],
              then: "wait",
            },
      tell: (report) => (report.trial === 0 ? [{ kind: "pause", job: report.job }] : []),
    });
    study.ask({ want: 3 });
    expect(study.tell(jobId(0), { values: [1], fidelity: 2 }).directives).toEqual([{ kind: "pause", job: 0 }]);
    expect(study.ask()).toMatchObject({ jobs: [], then: "wait" });
    expect(study.history.trials.map((trial) => trial.status)).toEqual(["paused", "discarded", "running"]);
    expect(study.history.running.map((job) => job.id)).toEqual([2]);
    expect(readHistory(trained, events).trials).toEqual(study.history.trials);
  });

  it("makes the view that the strategy had before it stale", () => {
    let kept: History | null = null;
    const { study, job } = running(trained, {
      tell: (report, { history }) => {
        kept = history;
        return [{ kind: "stop", job: report.job }];
      },
    });
    study.tell(job, { values: [1], fidelity: 2 });
    expect(() => kept!.trials).toThrow(StateError);
  });
});

describe("the history", () => {
  it("throws StateError from a handle of before the last event, and says both versions", () => {
    const { study } = open();
    const stale = study.history;
    expect(stale.trials).toEqual([]);
    study.ask();
    expect(() => stale.trials).toThrow("history: expected version 1, got version 0");
    expect(codeOf(() => stale.running)).toBe("StateError staleHistory");
    expect(study.history.trials).toHaveLength(1);
    expect(study.history).toBe(study.history);
  });

  it("has a cache that outlives its views, and is not shared among studies or names", () => {
    const [a, b] = [open().study, open().study];
    const made: string[] = [];
    const cached = (study: Study, name: string): string =>
      historyCache(study.history, name, () => {
        made.push(name);
        return `${name}${made.length}`;
      });
    expect([cached(a, "x"), cached(a, "x")]).toEqual(["x1", "x1"]);
    a.ask();
    a.ask();
    expect([cached(a, "x"), cached(b, "x"), cached(a, "y"), cached(a, "x")]).toEqual(["x1", "x2", "y3", "x1"]);
    const foreign: History = { trials: [], running: [], version: 0 };
    expect([historyCache(foreign, "x", () => 1), historyCache(foreign, "x", () => 2)]).toEqual([1, 1]);
    expect(historyCache({ ...foreign }, "x", () => 3)).toBe(3);
  });

  it("can be read from the events alone at any moment", () => {
    const { study, events } = open(trained);
    const told = (fidelity: number): Told => ({ values: [fidelity], fidelity });
    const steps: readonly (() => unknown)[] = [
      () => study.enqueue({ x: 1, mode: "plain" }),
      () => study.ask({ want: 3 }),
      () => study.tell(jobId(1), told(4)),
      () => study.fail(jobId(0), "lost"),
      () => study.observe({ x: 0, mode: "plain" }, told(2)),
      () => study.tell(jobId(0), told(9)),
      () => study.tell(jobId(1), { values: [NaN] }),
      () => study.tell(jobId(2), told(9)),
      () => study.ask({ want: 2 }),
    ];
    for (const step of steps) {
      step();
      const read = readHistory(trained, structuredClone(events));
      expect([read.trials, read.running, read.version]).toEqual([study.history.trials, study.history.running, study.history.version]);
    }
  });
});

describe("a problem that the strategy cannot serve is refused at once", () => {
  test.each<readonly [string, Problem, Script["can"], string]>([
    ["too many objectives", twoOfEach, { objectives: 1 }, "at most 1 objective, got 2"],
    ["constraints", twoOfEach, { constraints: false }, "a problem without constraints, got a problem with constraints"],
    ["conditions", simple, { conditional: false }, "a space without conditional parameters, got a space with conditional parameters"],
    ["no objective", { ...simple, objectives: [] }, {}, "at least one"],
  ])("%s", (_name, problem, can, message) => {
    const strategy = scripted(can === undefined ? {} : { can });
    expect(() => startStudy({ problem, strategy, seed: 0 })).toThrow(ConfigError);
    expect(() => startStudy({ problem, strategy, seed: 0 })).toThrow(message);
  });

  it("and a wrong seed", () => {
    expect(() => startStudy({ problem: simple, strategy: scripted(), seed: NaN })).toThrow(ConfigError);
  });
});

describe("recommending and predicting", () => {
  it("is the best trial's configuration and nothing where the strategy has no opinion", () => {
    const { study } = open();
    expect([study.recommend(), study.predict([{ x: 0, mode: "plain" }])]).toEqual([null, null]);
    const { jobs } = study.ask({ want: 3 });
    for (const [index, value] of [3, 1, 2].entries()) study.tell(jobs[index]!.id, { values: [value] });
    expect(study.recommend()).toBe(jobs[1]!.config);
  });

  it("is the strategy's where it has one, and the best trial's again where it says null", () => {
    let opinion: { readonly x: number; readonly mode: string } | null = { x: 0.25, mode: "plain" };
    const strategy = {
      ...scripted(),
      recommend: () => opinion,
      predict: (_state: unknown, _context: unknown, configs: readonly unknown[]) => ({ mean: configs.map(() => 1), sd: [2] }),
    };
    const study = startStudy({ problem: simple, strategy, seed: 0 });
    study.observe({ x: 0.75, mode: "plain" }, { values: [1] });
    expect(study.recommend()).toEqual({ x: 0.25, mode: "plain" });
    opinion = null;
    expect(study.recommend()).toEqual({ x: 0.75, mode: "plain" });
    expect(study.predict([{ x: 0, mode: "plain" }])).toEqual({ mean: [1], sd: [2] });
    expect(() => study.predict([{ x: 2, mode: "plain" }])).toThrow(ConfigError);
  });
});

describe("a study is closed for good", () => {
  const calls = (study: Study): readonly (() => unknown)[] => [
    () => study.ask(),
    () => study.ask({ want: 0 }),
    () => study.tell(jobId(0), { values: [1] }),
    () => study.fail(jobId(0), "lost"),
    () => study.enqueue({ x: 0, mode: "plain" }),
    () => study.observe({ x: 0, mode: "plain" }, { values: [1] }),
  ];

  it("once its strategy threw; the log stays as it was, and can still be read", () => {
    const { study, events, job } = running(simple, {
      tell: () => {
        throw new TypeError("bug in the strategy");
      },
    });
    expect(study.closed).toBe(false);
    expect(() => study.tell(job, { values: [1] })).toThrow("bug in the strategy");
    expect(study.closed).toBe(true);
    for (const call of calls(study)) expect(codeOf(call)).toBe("StateError brokenStudy");
    expect(events.map((event) => event.kind)).toEqual(["asked"]);
    expect(readHistory(simple, events).running).toHaveLength(1);
  });

  it("once its log could not be written", () => {
    let full = false;
    const study = startStudy({ problem: simple, strategy: scripted(), seed: 0 }, () => {
      if (full) throw new Error("disk full");
    });
    study.ask();
    full = true;
    expect(() => study.enqueue({ x: 0, mode: "plain" })).toThrow("disk full");
    full = false;
    for (const call of calls(study)) expect(codeOf(call)).toBe("StateError brokenStudy");
  });

  it("and takes no call from within another one", () => {
    let inner = "";
    const study: Study = startStudy({ problem: simple, strategy: scripted(), seed: 0 }, () => {
      inner = codeOf(() => study.ask());
    });
    study.ask();
    expect([inner, study.closed]).toEqual(["StateError brokenStudy", false]);
    expect(study.history.trials).toHaveLength(1);
  });
});

describe("a study that continues another one", () => {
  const strategy = scripted({});

  it("numbers its jobs from firstJob, takes reports of earlier jobs as late, and replays and restores with the same number", () => {
    const definition = { problem: simple, strategy, seed: 0, firstJob: 5 };
    const events: Event[] = [];
    const study = startStudy(definition, (event) => events.push(event));
    const [job] = study.ask().jobs;
    expect(job).toMatchObject({ id: 5, trial: 0 });
    expect(study.tell(jobId(4), { values: [1] })).toEqual({ effect: "late", directives: [] });
    expect(study.fail(jobId(0), "lost")).toEqual({ effect: "late", directives: [] });
    expect(codeOf(() => study.tell(jobId(6), { values: [1] }))).toBe("ProtocolError unknownJob");
    study.tell(job!.id, { values: [2] });
    const { trials } = study.history;
    expect(trials).toMatchObject([{ curve: [{ values: [2] }] }]);
    expect(readHistory(simple, events, 5).trials).toEqual(trials);
    expect(replay(definition, events).ask().jobs).toEqual(study.ask().jobs);
    expect(codeOf(() => readHistory(simple, events))).toBe("JournalError corrupt");
  });

  it.each([-1, 0.5, 1e10, "5"])("refuses firstJob %s", (firstJob) => {
    expect(codeOf(() => startStudy({ problem: simple, strategy, seed: 0, firstJob: firstJob as number }))).toBe("ConfigError badOption");
  });
});
