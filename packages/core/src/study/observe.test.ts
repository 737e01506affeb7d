/** Trials from elsewhere: finished, failed and running ones, what the log keeps of them, and what strategies see. */
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { CaviarError } from "../contract/errors.ts";
import { type JobId, trialId } from "../contract/ids.ts";
import type { Told } from "../contract/measurement.ts";
import type { Context, Strategy } from "../contract/strategy.ts";
import { stillClock } from "../run/clock.ts";
import { drive } from "../run/drive.ts";
import { parseWire, stringifyWire } from "../wire/json.ts";
import { eventDecoder } from "../wire/records.ts";
import type { Event } from "./events.ts";
import type { ObservedTrial } from "./observe.ts";
import { readHistory } from "./readHistory.ts";
import { adopt, replay } from "./replay.ts";
import { restore } from "./restore.ts";
import { type Memory, scripted, simple, trained } from "./scripted.fixture.ts";
import { type Study, startStudy } from "./study.ts";

const config = { x: 0.5, mode: "plain" };
const first = { values: [4], fidelity: 1 };
const second = { values: [2], fidelity: 3 };

/** Remembers the trials that it was asked to note, with their status and what was pending then. */
type Noted = { readonly trial: number; readonly status: string; readonly pending: number };
function noting(): { readonly strategy: Strategy; readonly noted: Noted[] } {
  const noted: Noted[] = [];
  const observe = (_state: unknown, { history, pending }: Context, trial: number): void => {
    noted.push({ trial, status: history.trials[trial]!.status, pending: pending.size });
  };
  return { strategy: { ...scripted(), observe }, noted };
}

function open(problem = trained, strategy: Strategy = scripted()): { readonly study: Study; readonly events: Event[] } {
  const events: Event[] = [];
  return { study: startStudy({ problem, strategy, seed: 0 }, (event) => events.push(event)), events };
}

function refusalOf(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    if (error instanceof CaviarError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "nothing";
}

describe("an observed trial", () => {
  it("may have several measurements, all of which are in its curve", () => {
    const { study, events } = open();
    expect(study.observe(config, { measurements: [first, second] }, 5)).toBeNull();
    expect(study.history.trials).toMatchObject([{ status: "finished", curve: [first, second] }]);
    expect(events).toMatchObject([{ kind: "observed", config, curve: [first, second], directives: [], atMs: 5 }]);
    expect(study.started).toBe(0);
  });

  it("that failed has the reason and the error, in history and log, and what it measured before", () => {
    const { study, events } = open();
    study.observe(config, { status: "failed", reason: "timeout", error: "too\nslow", measurements: [first] });
    study.observe(config, { status: "failed" });
    const [one, two] = study.history.trials;
    expect(one).toMatchObject({ status: "failed", failure: { reason: "timeout", error: "too slow" }, curve: [first] });
    expect(two).toEqual({ id: 1, config, parent: null, status: "failed", curve: [], failure: { reason: "threw" } });
    expect(events[1]).toEqual({ kind: "observed", config, curve: [], failure: { reason: "threw" }, directives: [], atMs: 0 });
    expect((study.state as Memory).heard).toEqual([]);
  });

  it("that runs is pending and has a job, and is told like any other until it ends", () => {
    const { study, events } = open();
    const job = study.observe(config, { status: "running", measurements: [first] })!;
    expect(events).toMatchObject([{ kind: "observed", job: 0, until: 9, curve: [first] }]);
    expect(study.history.running).toEqual([{ id: 0, trial: 0, config, from: null, until: 9, milestones: [9], observed: true }]);
    expect(study.tell(job, second)).toEqual({ effect: "accepted", directives: [] });
    expect(study.history.trials[0]).toMatchObject({ status: "running", curve: [first, second] });
    expect(refusalOf(() => study.tell(job, first))).toMatch(/^badFidelity/);
    expect(study.tell(job, { values: [1] }).effect).toBe("accepted");
    expect(study.history.trials[0]).toMatchObject({ status: "finished", curve: [first, second, { fidelity: 9 }] });
    expect([study.history.running, study.started]).toEqual([[], 0]);
    expect((study.state as Memory).heard).toEqual([]);
    expect(study.tell(job, { values: [1] }).effect).toBe("repeated");
    expect(study.fail(job, "lost").effect).toBe("late");
  });

  it("that runs may fail", () => {
    const { study } = open();
    const job = study.observe(config, { status: "running" })!;
    expect(study.fail(job, "lost", { error: "gone" }).effect).toBe("failed");
    expect(study.history.trials[0]).toMatchObject({ status: "failed", failure: { reason: "lost", error: "gone" } });
    const other = study.observe(config, { status: "running" })!;
    expect([other, study.tell(other, { values: [NaN] }).effect]).toEqual([1, "failed"]);
  });

  it("that runs up to a lower fidelity has finished there, and is not paused", () => {
    const { study } = open();
    study.tell(study.observe(config, { status: "running", until: 3 })!, { values: [2] });
    expect(study.history.trials).toMatchObject([{ status: "finished", curve: [{ fidelity: 3, values: [2] }] }]);
  });

  it("takes the next ids of trials and jobs", () => {
    const { study } = open(simple);
    study.ask();
    expect(study.observe(config, { status: "running" })).toBe(1);
    expect(study.ask().jobs).toMatchObject([{ id: 2, trial: 2 }]);
    study.observe(config, { values: [1] });
    expect(study.ask().jobs).toMatchObject([{ id: 3, trial: 4 }]);
    expect(study.started).toBe(3);
  });

  it("is noted by a strategy that wants to, when it comes and whenever it changes", () => {
    const { strategy, noted } = noting();
    const { study } = open(trained, strategy);
    study.observe(config, { values: [1] });
    const job = study.observe(config, { status: "running" })!;
    study.observe(config, { status: "failed" });
    study.tell(job, first);
    study.tell(job, { values: [2] });
    expect(noted.map(({ trial, status, pending }) => [trial, status, pending])).toEqual([
      [0, "finished", 0],
      [1, "running", 1],
      [2, "failed", 1],
      [1, "running", 1],
      [1, "finished", 0],
    ]);
  });

  it("that runs elsewhere is left alone by the drive loop", async () => {
    const { study } = open(simple);
    const job = study.observe(config, { status: "running" })!;
    const driven: JobId[] = [];
    const evaluate = (one: { readonly id: JobId }) => {
      driven.push(one.id);
      return { values: [1] };
    };
    await drive(study, evaluate, { trials: 3, clock: { ...stillClock, virtual: true } });
    expect(driven).toEqual([1, 2, 3]);
    expect(study.history.running.map(({ id }) => id)).toEqual([job]);
    expect(study.tell(job, { values: [0] }).effect).toBe("accepted");
  });
});

test.each<readonly [string, Told | ObservedTrial, string]>([
  ["no measurement", { measurements: [] }, "list of at least 1"],
  ["a status that there is not", { status: "paused" } as unknown as ObservedTrial, "status of observed trial"],
  ["a key that there is not", { state: "failed" } as unknown as ObservedTrial, "state"],
  ["values twice", { values: [1], measurements: [first] } as ObservedTrial, "values or measurements"],
  ["a reason without a failure", { values: [1], reason: "lost" } as ObservedTrial, "only if it failed"],
  ["an error without a failure", { status: "running", error: "no" }, "only if it failed"],
  ["until without a running trial", { values: [1], until: 3 } as ObservedTrial, "only if it runs"],
  ["until that was passed", { status: "running", measurements: [second], until: 3 }, "more than it has reached"],
  ["until beyond the highest fidelity", { status: "running", until: 10 }, "[0, 9]"],
  ["measurements in another order", { measurements: [second, first] }, "more than 3"],
  ["a measurement twice", { measurements: [first, first] }, "more than 1"],
  ["a number that is not finite", { measurements: [first, { values: [NaN] }] }, 'Pass { status: "failed" } for a failed trial.'],
  ["a fidelity that is not whole", { status: "failed", measurements: [{ ...first, fidelity: 1.5 }] }, "whole number"],
  ["a reason that there is not", { status: "failed", reason: "bored" } as unknown as ObservedTrial, "one of threw"],
])("a trial with %s is refused, and the study is as it was", (_name, trial, says) => {
  const { study, events } = open();
  expect(refusalOf(() => study.observe(config, trial))).toContain(says);
  expect([events, study.closed, study.history.trials]).toEqual([[], false, []]);
});

const told = fc.record({ values: fc.tuple(fc.integer({ min: -9, max: 9 })), fidelity: fc.integer({ min: 1, max: 8 }) });
const curves = fc.uniqueArray(told, { selector: ({ fidelity }) => fidelity, maxLength: 3 });
const observed: fc.Arbitrary<ObservedTrial> = curves
  .map((list) => list.sort((a, b) => a.fidelity - b.fidelity))
  .chain((measurements) =>
    fc.oneof(
      fc.constant({ measurements: measurements.length === 0 ? [{ values: [1] }] : measurements }),
      fc.record({ status: fc.constant("failed" as const), measurements: fc.constant(measurements), error: fc.string({ minLength: 1 }) }),
      fc.constant({ status: "running" as const, measurements }),
    ),
  );

test("a log with observed trials of all kinds comes back from text, replayed, restored and read, whatever the goal", () => {
  const steps = fc.array(fc.oneof(observed, fc.constant("ask"), fc.constant("tell"), fc.constant("fail")), { maxLength: 25 });
  fc.assert(
    fc.property(steps, fc.constantFrom("minimize" as const, "maximize" as const), fc.nat(25), (script, goal, at) => {
      const problem = { ...trained, objectives: [{ name: "value", goal }] };
      const { study, events } = open(problem);
      for (const step of script) {
        const [job] = study.history.running;
        if (typeof step === "object") study.observe(config, step);
        else if (step === "ask") study.ask();
        else if (job !== undefined) step === "tell" ? study.tell(job.id, { values: [1] }) : study.fail(job.id, "threw");
      }
      const decode = eventDecoder(problem);
      const log = (parseWire(stringifyWire(events as never)) as unknown[]).map((event) => decode(event, "event"));
      expect(log).toEqual(events);
      expect(readHistory(problem, log).trials).toEqual(study.history.trials);
      const definition = { problem, strategy: scripted(), seed: 0 };
      const again = replay(definition, log);
      expect([again.history.trials, again.history.running, again.state]).toEqual([
        study.history.trials,
        study.history.running,
        study.state,
      ]);
      const cut = Math.min(at, log.length);
      const { state } = replay(definition, log.slice(0, cut));
      const restored = restore(definition, log, { events: cut, state });
      expect([restored.history.trials, restored.started]).toEqual([study.history.trials, study.started]);
    }),
  );
});

test("a strategy sees the values of a curve such that less is better", () => {
  let seen: unknown;
  const strategy: Strategy = {
    ...scripted(),
    observe: (_state, { history }) => {
      seen = history.trials[0]!.curve.map(({ values }) => values);
    },
  };
  const { study } = open({ ...trained, objectives: [{ name: "gain", goal: "maximize" }] }, strategy);
  study.observe(config, { measurements: [first, second] });
  expect(seen).toEqual([[-4], [-2]]);
});

test("a log whose observed job is not the next one is corrupt", () => {
  const { study, events } = open();
  study.observe(config, { status: "running" });
  const wrong = [{ ...events[0], job: 3 }] as unknown as readonly Event[];
  expect(refusalOf(() => readHistory(trained, wrong))).toMatch(/^corrupt.*job 0, the next one/);
});

test.each<readonly [string, object, string]>([
  ["a curve that does not ascend", { curve: [{ fidelity: 3 }, { fidelity: 3 }] }, "event.curve[1]"],
  ["a failure of a job", { failure: { reason: "lost" }, job: 0, until: 9 }, "a failure or a job"],
  ["a job without until", { job: 0 }, "a job with until"],
  ["until without a job", { until: 9 }, "a job with until"],
  ["until that was reached", { curve: [{ fidelity: 9 }], job: 0, until: 9 }, "event.until"],
  ["no measurement and no end", { curve: [] }, "event.curve"],
  ["a measurement and a curve", { measurement: {} }, "measurement"],
])("an observed event with %s is refused", (_name, change, says) => {
  const measurement = { values: [1], constraints: [], costSeconds: 0, atMilestone: true };
  const given = { curve: [{ fidelity: 1 }], ...change } as { readonly curve: readonly object[] };
  const event = {
    kind: "observed",
    config,
    directives: [],
    atMs: 0,
    ...given,
    curve: given.curve.map((one) => ({ ...measurement, ...one })),
  };
  expect(refusalOf(() => eventDecoder(trained)(event, "event"))).toContain(says);
});

test("a study is adopted with its failures and curves, and without lost trials", () => {
  const { study } = open();
  study.observe(config, { measurements: [first, second] });
  study.observe(config, { status: "failed", reason: "lost" });
  study.observe(config, { status: "failed", reason: "infeasible", measurements: [first] });
  study.observe(config, { status: "running", measurements: [second] });
  const { study: heir } = open();
  adopt(heir, study.history);
  const { trials } = study.history;
  expect(heir.history.trials).toEqual([trials[0], { ...trials[2], id: trialId(1) }, { ...trials[3], id: trialId(2), status: "finished" }]);
});
