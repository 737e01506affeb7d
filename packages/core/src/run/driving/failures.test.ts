import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { ExternalError, ProtocolError } from "../../contract/errors.ts";
import type { FailureReason } from "../../contract/trial.ts";
import { configRoot } from "../../read/path.ts";
import type { Event } from "../../study/events.ts";
import { readHistory } from "../../study/readHistory.ts";
import { replay } from "../../study/replay.ts";
import { scripted, simple, trained } from "../../study/scripted.fixture.ts";
import { type Study, startStudy } from "../../study/study.ts";
import { eventDecoder } from "../../wire/records.ts";
import { stillClock } from "../clock.ts";
import { drive, type Evaluate, type Evaluated } from "../drive.ts";
import type { DriveOptions } from "./settings.ts";

type Run = { readonly study: Study; readonly events: readonly Event[]; readonly how: string };

async function run(evaluate: Evaluate, options: DriveOptions, problem = simple): Promise<Run> {
  const events: Event[] = [];
  const study = startStudy({ problem, strategy: scripted(), seed: 0 }, (event) => events.push(event));
  const how = await drive(study, evaluate, { clock: { ...stillClock, virtual: true }, ...options });
  return { study, events, how };
}

describe("what an evaluation throws", () => {
  const cuda: Evaluate = ({ trial }) => {
    if (trial === 7) throw new Error("CUDA out of memory");
    return { values: [1] };
  };

  it("is in the failed trial of 60 and in its event, and nowhere else", async () => {
    const { study, events } = await run(cuda, { trials: 60 });
    const failed = study.history.trials.filter(({ status }) => status === "failed");
    expect(failed).toMatchObject([{ id: 7, failure: { reason: "threw", error: "CUDA out of memory" } }]);
    expect(study.history.trials.filter((trial) => "failure" in trial)).toEqual(failed);
    expect(events.flatMap((event) => (event.kind === "failed" ? [event.error] : []))).toEqual(["CUDA out of memory"]);
  });

  it("comes back from the log: read, decoded and replayed", async () => {
    const { study, events } = await run(cuda, { trials: 60 });
    const decode = eventDecoder(simple);
    const log = events.map((event) => decode(JSON.parse(JSON.stringify(event)), configRoot("event", "bad")));
    expect(log).toEqual(events);
    expect(readHistory(simple, log).trials).toEqual(study.history.trials);
    expect(replay({ problem: simple, strategy: scripted(), seed: 0 }, log).history.trials).toEqual(study.history.trials);
  });

  it("may be missing, as in logs of earlier versions", async () => {
    const { events } = await run(cuda, { trials: 9 });
    const older = events.map((event) => {
      if (event.kind !== "failed") return event;
      const { error: _error, ...rest } = event;
      return rest;
    });
    const { trials } = replay({ problem: simple, strategy: scripted(), seed: 0 }, older).history;
    expect(trials[7]!.failure).toEqual({ reason: "threw" });
    const decode = eventDecoder(simple);
    expect(older.map((event) => decode(event, configRoot("event", "bad")))).toEqual(older);
  });

  it("is refused in a log if it is longer than a study keeps", async () => {
    const { events } = await run(cuda, { trials: 9 });
    const failed = events.find((event) => event.kind === "failed")!;
    expect(() => eventDecoder(simple)({ ...failed, error: "x".repeat(1001) }, "event")).toThrow(ProtocolError);
  });

  it("is no number, no list and no object", () => {
    const study = startStudy({ problem: simple, strategy: scripted(), seed: 0 });
    study.ask();
    for (const error of [5, null, {}, ["no"]])
      expect(() => study.fail(study.history.running[0]!.id, "threw", { error } as unknown as object)).toThrow(
        "error of a failure: expected a text",
      );
    expect(study.closed).toBe(false);
  });

  const lost = new ExternalError({ code: "lost", what: "worker", expected: "an answer", got: "none", remedy: "Start another." });
  const late = new ExternalError({ code: "timeout", what: "worker", expected: "an answer", got: "none", remedy: "Wait longer." });
  test.each<readonly [string, () => unknown, FailureReason, string | undefined]>([
    ["rejects with a text", () => Promise.reject("no"), "threw", "no"],
    ["rejects with nothing", () => Promise.reject(), "threw", "undefined"],
    ["loses its worker", () => Promise.reject(lost), "lost", lost.message],
    ["waits for a worker that ran out of time", () => Promise.reject(late), "timeout", late.message],
    ["returns NaN", () => ({ values: [NaN] }), "nonfinite", undefined],
    ["calls the configuration infeasible", () => ({ infeasible: true }), "infeasible", undefined],
    ["returns undefined", () => undefined, "threw", "result of an evaluation: expected { values } or { infeasible: true }, got undefined."],
    ["returns another key", () => ({ accuracy: 1 }), "threw", 'got "accuracy". Caviar calls it "values".'],
    ["returns a hole", () => ({ values: Array(1) }), "threw", "values: expected 1 number, got [undefined]."],
    [
      "returns a proxy that throws",
      () =>
        new Proxy(
          {},
          {
            has: () => {
              throw new Error("trap");
            },
          },
        ),
      "threw",
      "trap",
    ],
  ])("is kept when it %s", async (_name, evaluate, reason, error) => {
    const { study } = await run(() => evaluate() as Evaluated, { trials: 1 });
    const { failure } = study.history.trials[0]!;
    expect(failure?.reason).toBe(reason);
    if (error === undefined) expect(failure).toEqual({ reason });
    else expect(failure?.error).toContain(error);
  });
});

describe("failures in a row, before anything was measured, end the loop", () => {
  const failing: Evaluate = () => Promise.reject(new Error("no"));

  it.each([1, 4, 30])("after as many as are allowed, with %i workers; the other jobs are lost", async (workers) => {
    const { study, how } = await run(failing, { trials: 60, workers, maxConsecutiveFailures: 10 });
    expect([how, study.history.running.length]).toEqual(["failing", 0]);
    const reasons = study.history.trials.map(({ failure }) => failure!.reason);
    expect(reasons.filter((reason) => reason === "threw")).toHaveLength(10);
    expect(reasons.length).toBeLessThan(10 + workers);
  });

  it("and not unless it is asked for", async () => {
    for (const options of [{}, { maxConsecutiveFailures: null }])
      expect((await run(failing, { trials: 60, ...options })).how).toBe("trials");
  });

  it("a later loop counts again", async () => {
    const { study } = await run(failing, { trials: 60, maxConsecutiveFailures: 10 });
    expect(await drive(study, failing, { trials: 60, maxConsecutiveFailures: 10 })).toBe("failing");
    expect(study.history.trials).toHaveLength(20);
  });

  /** f: throws, t: no number, i: infeasible, m: measures and then throws, s: succeeds, o: a result from elsewhere comes first. */
  const outcomes: { readonly [letter: string]: Evaluate } = {
    f: failing,
    t: () => ({ values: [NaN] }),
    i: () => ({ infeasible: true }),
    s: () => ({ values: [1] }),
    m: (_job, { measure }) => {
      measure({ values: [1], fidelity: 3 });
      throw new Error("no");
    },
  };

  it("exactly where a plain count says so, whatever comes in which order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom("f", "f", "t", "i", "m", "s"), minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 4 }),
        async (letters, most) => {
          const { study, how } = await run(
            (job, bench) => outcomes[letters[job.trial]!]!(job, bench),
            { trials: letters.length, maxConsecutiveFailures: most },
            trained,
          );
          const beforeMeasured = letters.split(/[ms]/)[0]!;
          const at = beforeMeasured.search(new RegExp(`[ft]{${most}}`));
          expect([how, study.history.trials.length]).toEqual(at < 0 ? ["trials", letters.length] : ["failing", at + most]);
        },
      ),
    );
  });

  it("but not in a study that knows a result from elsewhere", async () => {
    const study = startStudy({ problem: simple, strategy: scripted(), seed: 0 });
    study.observe({ x: 0.5, mode: "plain" }, { values: [1] });
    expect(await drive(study, failing, { trials: 30, maxConsecutiveFailures: 2 })).toBe("trials");
  });
});
