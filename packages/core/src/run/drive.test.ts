import { describe, expect, it, test } from "vitest";
import { complete, compose } from "../contract/compose.ts";
import { ConfigError, ExternalError, ProtocolError, StateError } from "../contract/errors.ts";
import { jobId } from "../contract/ids.ts";
import type { Told } from "../contract/measurement.ts";
import type { Problem } from "../contract/problem.ts";
import type { Scheduler } from "../contract/scheduler.ts";
import type { Strategy } from "../contract/strategy.ts";
import type { FailureReason, Job } from "../contract/trial.ts";
import type { Event } from "../study/events.ts";
import { replay } from "../study/replay.ts";
import { type Script, scripted, simple, start, trained } from "../study/scripted.fixture.ts";
import { type Study, startStudy } from "../study/study.ts";
import { barrierStub, modelStub, promotingStub, randomStub, stoppingStub } from "../testing/stubs.fixture.ts";
import { type VirtualClock, virtualClock } from "./clock.ts";
import { type DriveEnd, type DriveOptions, drive, type Evaluate, type Evaluated, type Workbench } from "./drive.ts";
import { createAbort } from "./signal.ts";

const turn = async (): Promise<void> => {
  for (let hop = 0; hop < 40; hop++) await Promise.resolve();
};

type Setup = Omit<DriveOptions, "clock"> & { readonly problem?: Problem; readonly strategy?: Strategy; readonly seed?: number };
type Outcome = { readonly how: DriveEnd; readonly study: Study; readonly events: readonly Event[]; readonly clock: VirtualClock };

/** Drives a new study in virtual time. */
async function run(
  evaluate: (job: Job, workbench: Workbench, clock: VirtualClock) => ReturnType<Evaluate>,
  setup: Setup = {},
): Promise<Outcome> {
  const { problem = simple, strategy = scripted(), seed = 0, ...options } = setup;
  const events: Event[] = [];
  const study = startStudy({ problem, strategy, seed }, (event) => events.push(event));
  const clock = virtualClock(turn);
  const how = await clock.run(drive(study, (job, workbench) => evaluate(job, workbench, clock), { ...options, clock }));
  return { how, study, events, clock };
}

const reasonsOf = (events: readonly Event[]): readonly FailureReason[] =>
  events.flatMap((event) => (event.kind === "failed" ? [event.reason] : []));
const lost = (): ExternalError =>
  new ExternalError({ code: "lost", what: "worker", expected: "an answer", got: "none", remedy: "Start another." });
const forever = (): Promise<never> => new Promise(() => {});

describe("workers", () => {
  it.each([1, 2, 3, 8, 100])("%i of them: never more jobs at once, and always as many while there is work", async (workers) => {
    let busy = 0;
    let most = 0;
    const { how, study, clock } = await run(
      async (_job, _workbench, time) => {
        busy++;
        most = Math.max(most, busy);
        await time.sleep(1000);
        busy--;
        return { values: [1] };
      },
      { workers, trials: 24 },
    );
    expect([how, study.history.trials.length, most]).toEqual(["trials", 24, Math.min(workers, 24)]);
    expect(clock.nowMs()).toBe(1000 * Math.ceil(24 / workers));
  });

  it("are one unless said otherwise; without a clock no time is logged", async () => {
    const study = startStudy({ problem: simple, strategy: scripted(), seed: 0 });
    let busy = 0;
    const how = await drive(
      study,
      async () => {
        busy++;
        expect(busy).toBe(1);
        await turn();
        busy--;
        return { values: [busy] };
      },
      { trials: 3 },
    );
    expect([how, study.history.trials.map((trial) => trial.curve[0]!.costSeconds)]).toEqual(["trials", [0, 0, 0]]);
  });

  it("take what the strategy gives: it may wait for a report, and be done", async () => {
    const batches: Script = {
      ask: (asks, want, { history }, nextTrial) => {
        if (asks > 0 && history.running.length > 0) return { then: "wait" };
        if (nextTrial >= 6) return { then: "done" };
        return { proposals: Array.from({ length: Math.min(3, want) }, () => start(0.5)) };
      },
    };
    const { how, study } = await run(async (job, _workbench, clock) => clock.sleep(job.id * 100).then(() => ({ values: [1] })), {
      strategy: scripted(batches),
      workers: 5,
    });
    expect([how, study.done, study.history.trials.length]).toEqual(["done", true, 6]);
  });
});

describe("the budget", () => {
  it.each([1, 2, 3, 5, 7, 64])("of trials is spent to the last and never exceeded by %i workers, whatever fails", async (workers) => {
    const counts: number[] = [];
    for (const trials of [0, 1, 2, 5, 13]) {
      const { how, study } = await run(
        async (job, _workbench, clock) => {
          await clock.sleep((job.id * 37) % 11);
          if (job.id % 3 === 1) throw new Error("no");
          return job.id % 3 === 2 ? { infeasible: true } : { values: [1] };
        },
        { workers, trials },
      );
      expect(how).toBe("trials");
      counts.push(study.history.trials.length);
    }
    expect(counts).toEqual([0, 1, 2, 5, 13]);
  });

  it("includes the trials that the study has started already", async () => {
    const study = startStudy({ problem: simple, strategy: scripted(), seed: 0 });
    await drive(study, () => ({ values: [1] }), { trials: 2 });
    await drive(study, () => ({ values: [1] }), { trials: 5, workers: 9 });
    await drive(study, () => ({ values: [1] }), { trials: 4 });
    expect(study.history.trials).toHaveLength(5);
  });
});

describe("the budget of trials bounds how many start, and not how far they go:", () => {
  const worth = (job: Job): { readonly values: readonly number[] } => ({ values: [((job.trial * 7) % 27) + 1 / job.until] });
  const reaching = (study: Study, fidelity: number): readonly number[] =>
    study.history.trials.filter((trial) => trial.curve.some((one) => one.fidelity === fidelity)).map((trial) => trial.id);

  it.each([1, 4, 30])("promotions that are due then still run, on %i workers", async (workers) => {
    for (const resumable of [true, false]) {
      const { how, study } = await run(async (job, _workbench, clock) => clock.sleep(10 + (job.id % 3)).then(() => worth(job)), {
        problem: { ...trained, resumable },
        strategy: compose(promotingStub(), randomStub()),
        workers,
        trials: 27,
      });
      expect([how, study.history.trials.length, study.history.running.length]).toEqual(["trials", 27, 0]);
      const first = study.history.trials.map(({ id, curve }) => ({ id, value: curve.find((one) => one.fidelity === 1)!.values[0]! }));
      const best = first.sort((a, b) => a.value - b.value).slice(0, 9);
      for (const { id } of best) expect(reaching(study, 3)).toContain(id);
      expect(reaching(study, 9).length).toBeGreaterThanOrEqual(3);
    }
  });

  it("a bracket comes to its end", async () => {
    const { how, study } = await run((job) => worth(job), {
      problem: trained,
      strategy: compose(barrierStub(5, "resume"), randomStub()),
      workers: 4,
      trials: 9,
    });
    expect([how, study.done]).toEqual(["trials", false]);
    expect([1, 3, 9].map((fidelity) => reaching(study, fidelity).length)).toEqual([9, 3, 1]);
  });

  it("a larger budget continues as if it had been there from the start", async () => {
    for (const scheduler of [promotingStub(), barrierStub(5, "resume"), barrierStub(5, "refill"), stoppingStub()]) {
      const open = (): Study => startStudy({ problem: trained, strategy: compose(scheduler as Scheduler, randomStub()), seed: 3 });
      const whole = open();
      await drive(whole, worth, { trials: 30 });
      const parts = open();
      for (const trials of [0, 1, 5, 9, 10, 22, 30]) await drive(parts, worth, { trials });
      expect(parts.history.trials).toEqual(whole.history.trials);
    }
  });

  it("a rung that is left half full waits for a larger budget, or is finished with the trials there are", async () => {
    for (const [promote, workers] of [
      ["resume", 1],
      ["resume", 8],
      ["refill", 3],
    ] as const) {
      const strategy = compose(barrierStub(5, promote), randomStub());
      const open = (): Study => startStudy({ problem: trained, strategy, seed: 3 });
      const reached = (study: Study): readonly number[] => [1, 3, 9].map((fidelity) => reaching(study, fidelity).length);
      const waits = open();
      expect(await drive(waits, worth, { trials: 6, workers })).toBe("trials");
      expect(reached(waits)).toEqual([6, 0, 0]);
      const finished = open();
      expect(await drive(finished, worth, { trials: 6, workers, finish: true })).toBe("trials");
      // Where nothing can be refilled, the best below are trained further.
      expect(reached(finished)).toEqual([6, 3, 1]);
      expect(finished.done).toBe(false);
      await drive(finished, worth, { trials: 15, workers, finish: true });
      expect(finished.history.trials).toHaveLength(15);
    }
  });

  it("a finished study is replayed, and continues with more trials as it would have", async () => {
    const events: Event[] = [];
    const definition = { problem: trained, strategy: compose(barrierStub(5, "resume"), randomStub()), seed: 3 };
    const study = startStudy(definition, (event) => events.push(event));
    await drive(study, worth, { trials: 6, workers: 2, finish: true });
    expect(events.filter((event) => event.kind === "asked" && event.finish === true).length).toBeGreaterThan(0);
    const again = replay(definition, JSON.parse(JSON.stringify(events)) as readonly Event[]);
    for (const one of [study, again]) await drive(one, worth, { trials: 20, workers: 2, finish: true });
    expect(again.history.trials).toEqual(study.history.trials);
  });

  it("a slot that waits for its sampler does not keep promotions waiting", async () => {
    const { study } = await run((job) => worth(job), {
      problem: trained,
      strategy: compose(promotingStub(), modelStub()),
      workers: 8,
      trials: 9,
    });
    expect([1, 3, 9].map((fidelity) => reaching(study, fidelity).length)).toEqual([9, 3, 1]);
  });

  it("where no trial can be trained further, nothing is asked that cannot be given", async () => {
    const { events } = await run(() => ({ values: [1] }), { strategy: compose(complete, randomStub()), workers: 3, trials: 4 });
    expect(events.filter((event) => event.kind === "asked" && event.jobs.length === 0)).toEqual([]);
  });
});

describe("an evaluation that ends badly fails its trial alone:", () => {
  const cases: readonly (readonly [string, () => unknown, FailureReason])[] = [
    [
      "throws at once",
      () => {
        throw new Error("no");
      },
      "threw",
    ],
    ["rejects", () => Promise.reject(new Error("no")), "threw"],
    ["rejects with text", () => Promise.reject("no"), "threw"],
    ["rejects with nothing", () => Promise.reject(), "threw"],
    [
      "throws null",
      () => {
        throw null;
      },
      "threw",
    ],
    ["loses its worker", () => Promise.reject(lost()), "lost"],
    [
      "has trouble of another kind with its worker",
      () => Promise.reject(new ExternalError({ code: "garbled", what: "w", expected: "e", got: "g", remedy: "r" })),
      "threw",
    ],
    ["calls the configuration infeasible", () => ({ infeasible: true }), "infeasible"],
    ["reports NaN", () => ({ values: [NaN] }), "nonfinite"],
    ["reports infinity, later", async () => ({ values: [-Infinity] }), "nonfinite"],
    ["returns nothing", () => undefined, "threw"],
    ["returns null", async () => null, "threw"],
    ["returns text", () => "0.5", "threw"],
    ["returns a number", () => 0.5, "threw"],
    ["returns a big integer", () => 5n, "threw"],
    ["returns an empty object", () => ({}), "threw"],
    ["returns a value that is text", () => ({ values: ["0.5"] }), "threw"],
    ["returns a value that is null", () => ({ values: [null] }), "threw"],
    ["returns too many values", () => ({ values: [1, 2] }), "threw"],
    ["returns a negative cost", () => ({ values: [1], costSeconds: -1 }), "threw"],
    ["returns a promise that rejects", async () => Promise.reject(new Error("no")), "threw"],
    [
      "returns an object that throws when looked at",
      () => ({
        get values() {
          throw new Error("no");
        },
      }),
      "threw",
    ],
  ];

  test("calls the configuration feasible, next to its values", async () => {
    const feasible = { values: [1], infeasible: false } as unknown as Evaluated;
    const { study } = await run(() => feasible, { trials: 1 });
    expect(study.history.trials[0]!.status).toBe("finished");
  });

  test.each(cases)("%s", async (_name, evaluate, reason) => {
    for (const workers of [1, 4]) {
      const { how, study, events } = await run((job) => (job.id === 1 ? (evaluate() as Evaluated) : { values: [1] }), {
        workers,
        trials: 5,
      });
      expect([how, reasonsOf(events)]).toEqual(["trials", [reason]]);
      expect(study.history.trials.map((trial) => trial.status)).toEqual(["finished", "failed", "finished", "finished", "finished"]);
    }
  });

  it("changes its configuration, which is frozen", async () => {
    const { events } = await run(
      (job) => {
        (job.config as { x: number }).x = 0;
        return { values: [1] };
      },
      { trials: 1 },
    );
    expect(reasonsOf(events)).toEqual(["threw"]);
  });

  it("and what it threw is handed on, once for each failure", async () => {
    const said: unknown[] = [];
    await run((job) => (job.id === 0 ? Promise.reject("no") : job.id === 1 ? { infeasible: true } : { values: [1] }), {
      trials: 3,
      onReport: (job, heard, thrown) => said.push([job.id, heard.effect, thrown]),
    });
    expect(said).toEqual([
      [0, "failed", "no"],
      [1, "failed", null],
      [2, "accepted", null],
    ]);
  });
});

describe("an evaluation that overruns its time", () => {
  it("fails at that moment with what it cost, and frees its worker, though it may never settle", async () => {
    const { how, events, clock } = await run((job) => (job.id < 2 ? forever() : { values: [1] }), { trials: 4, timeoutSeconds: 30 });
    expect([how, clock.nowMs()]).toEqual(["trials", 60_000]);
    expect(events.filter((event) => event.kind === "failed")).toMatchObject([
      { job: 0, reason: "timeout", costSeconds: 30, atMs: 30_000 },
      { job: 1, reason: "timeout", costSeconds: 30, atMs: 60_000 },
    ]);
  });

  it("is told so by its signal; what it says later counts for nothing", async () => {
    const seen: unknown[] = [];
    const { events, clock } = await run(
      async (job, { signal, measure }, time) => {
        if (job.id > 0) return { values: [1] };
        signal.addEventListener("abort", () => seen.push(`aborted at ${time.nowMs()}`));
        await time.sleep(5000);
        seen.push([signal.aborted, measure({ values: [1], fidelity: 0.5 })]);
        return { values: [0] };
      },
      { trials: 3, timeoutSeconds: 2, problem: simple },
    );
    await clock.run(clock.sleep(10_000));
    expect(seen).toEqual(["aborted at 2000", [true, false]]);
    expect(reasonsOf(events)).toEqual(["timeout"]);
    expect(events.filter((event) => event.kind === "told")).toHaveLength(2);
  });

  it("or settles badly after it, changes nothing either", async () => {
    const { events, clock } = await run((_job, _workbench, time) => time.sleep(9000).then(() => Promise.reject(new Error("too late"))), {
      trials: 2,
      timeoutSeconds: 1,
    });
    await clock.run(clock.sleep(20_000));
    expect(reasonsOf(events)).toEqual(["timeout", "timeout"]);
  });

  it("is none that comes in time", async () => {
    const { events } = await run(async (_job, _workbench, time) => time.sleep(999).then(() => ({ values: [1] })), {
      trials: 3,
      timeoutSeconds: 1,
    });
    expect(reasonsOf(events)).toEqual([]);
    expect(events.flatMap((event) => (event.kind === "told" ? [event.measurement.costSeconds] : []))).toEqual([0.999, 0.999, 0.999]);
  });
});

describe("an evaluation that measures on its way", () => {
  const told = (fidelity: number, value = 1): Told & { readonly fidelity: number } => ({ values: [value], fidelity });

  it("is heard at each fidelity, and continues while more is wanted", async () => {
    const answers: boolean[] = [];
    const { study } = await run(
      (_job, { measure, signal }) => {
        for (const fidelity of [1, 2, 5]) answers.push(measure(told(fidelity)));
        answers.push(signal.aborted);
        return { values: [0] };
      },
      { problem: trained, trials: 1 },
    );
    expect(study.history.trials[0]!.curve.map((one) => one.fidelity)).toEqual([1, 2, 5, 9]);
    expect(answers).toEqual([true, true, true, false]);
  });

  it("is not aborted by its own good end", async () => {
    const aborted: string[] = [];
    await run(
      (_job, { signal }) => {
        signal.addEventListener("abort", () => aborted.push("aborted"));
        return { values: [0] };
      },
      { trials: 2 },
    );
    expect(aborted).toEqual([]);
  });

  const misuses: readonly (readonly [string, readonly object[]])[] = [
    ["a fidelity twice", [told(2), told(2)]],
    ["a fidelity backwards", [told(3), told(2)]],
    ["a fidelity beyond the end", [told(10)]],
    ["a fraction of a whole fidelity", [told(1.5)]],
    ["a NaN fidelity", [told(NaN)]],
    ["a fidelity of 0", [told(0)]],
    ["too many values", [{ values: [1, 1], fidelity: 1 }]],
    ["no values", [{ fidelity: 1 }]],
  ];
  test.each(misuses)("and reports %s gets a ProtocolError; uncaught, it fails its trial alone", async (_name, reports) => {
    let thrown: unknown = null;
    const { how, study, events } = await run(
      (job, { measure }) => {
        if (job.id !== 1) return { values: [1] };
        for (const report of reports) measure(report as ReturnType<typeof told>);
        return { values: [1] };
      },
      {
        problem: trained,
        trials: 3,
        workers: 2,
        onReport: (job, _heard, error) => {
          if (job.id === 1) thrown = error;
        },
      },
    );
    expect([how, reasonsOf(events), study.history.trials.map((trial) => trial.status)]).toEqual([
      "trials",
      ["threw"],
      ["finished", "failed", "finished"],
    ]);
    expect(thrown).toBeInstanceOf(ProtocolError);
  });

  it("may catch that and continue", async () => {
    const { study } = await run(
      (_job, { measure }) => {
        measure(told(2));
        expect(() => measure(told(2))).toThrow(ProtocolError);
        return { values: [0] };
      },
      { problem: trained, trials: 1 },
    );
    expect(study.history.trials[0]).toMatchObject({ status: "finished", curve: [{ fidelity: 2 }, { fidelity: 9 }] });
  });

  it("may report its end by measure; what it returns then is not heard", async () => {
    const answers: boolean[] = [];
    const { study, events } = await run(
      (_job, { measure }) => {
        answers.push(measure(told(9, 0.25)), measure(told(9, 0.5)));
        return { values: [0.75] };
      },
      { problem: trained, trials: 2 },
    );
    expect(study.history.trials.map((trial) => trial.curve.map((one) => one.values[0]))).toEqual([[0.25], [0.25]]);
    expect(answers).toEqual([false, false, false, false]);
    expect(events.filter((event) => event.kind === "told")).toHaveLength(2);
  });

  it("may measure after it has settled, without effect", async () => {
    const late: boolean[] = [];
    const { study, clock } = await run(
      (_job, { measure }, time) => {
        time.after(500, () => late.push(measure(told(3))));
        return { values: [1] };
      },
      { problem: trained, trials: 2 },
    );
    await clock.run(clock.sleep(1000));
    expect(late).toEqual([false, false]);
    expect(study.history.trials.map((trial) => trial.curve.length)).toEqual([1, 1]);
  });

  it("and fails there by NaN frees its worker, although it may never settle", async () => {
    const { how, events } = await run(
      (job, { measure, signal }) => {
        if (job.id > 1) return { values: [1] };
        expect(measure(told(2, NaN))).toBe(false);
        expect(signal.aborted).toBe(true);
        return forever();
      },
      { problem: trained, trials: 4 },
    );
    expect([how, reasonsOf(events)]).toEqual(["trials", ["nonfinite", "nonfinite"]]);
  });

  it("may do so twenty thousand times", async () => {
    const long: Problem = { ...trained, fidelity: { unit: "step", min: 1, max: 20_001, whole: true } };
    const { study } = await run(
      (_job, { measure }) => {
        for (let step = 1; step <= 20_000; step++) measure(told(step));
        return { values: [0] };
      },
      { problem: long, trials: 1 },
    );
    expect(study.history.trials[0]!.curve).toHaveLength(20_001);
  });
});

describe("a directive", () => {
  it("stops and pauses the jobs it names, and no others; their workers are free at once", async () => {
    const aborted: number[] = [];
    const strategy = scripted({
      tell: (report) =>
        report.kind === "measured" && report.trial === 2
          ? [
              { kind: "pause", job: jobId(2) },
              { kind: "stop", job: jobId(0) },
            ]
          : [],
    });
    const { study, events } = await run(
      async (job, { measure, signal }, clock) => {
        signal.addEventListener("abort", () => aborted.push(job.id));
        if (job.id === 0) return forever();
        await clock.sleep(job.id * 100);
        const wanted = measure({ values: [1], fidelity: 3 });
        if (job.id === 2) return wanted ? { values: [0] } : forever();
        return { values: [1] };
      },
      { problem: trained, strategy, workers: 3, trials: 6 },
    );
    expect(aborted.sort()).toEqual([0, 2]);
    expect(study.history.trials.map((trial) => trial.status)).toEqual([
      "stopped",
      "finished",
      "paused",
      "finished",
      "finished",
      "finished",
    ]);
    expect(reasonsOf(events)).toEqual([]);
  });

  it("may come with an ask as well", async () => {
    const aborted: number[] = [];
    const strategy = scripted({
      ask: (asks, want) => ({
        proposals: Array.from({ length: want }, () => start(0.5, 9)),
        directives: asks === 1 ? [{ kind: "stop", job: jobId(0) }] : [],
      }),
    });
    const { study } = await run(
      (job, { signal }, clock) => {
        signal.addEventListener("abort", () => aborted.push(job.id));
        return job.id === 0 ? forever() : clock.sleep(100).then(() => ({ values: [1] }));
      },
      { problem: trained, strategy, workers: 2, trials: 5 },
    );
    expect(aborted).toEqual([0]);
    expect(study.history.trials.map((trial) => trial.status)).toEqual(["stopped", "finished", "finished", "finished", "finished"]);
  });

  it("that stops a job before its evaluation has begun saves the evaluation", async () => {
    const evaluated: number[] = [];
    const strategy = scripted({
      ask: (_asks, _want, { history }) => ({
        proposals: [start(0.5, 9)],
        directives: history.running.map((job) => ({ kind: "stop", job: job.id })),
      }),
    });
    const { study } = await run(
      (job) => {
        evaluated.push(job.id);
        return { values: [1] };
      },
      { problem: trained, strategy, workers: 2, trials: 4 },
    );
    expect(evaluated).toEqual([3]);
    expect(study.history.trials.map((trial) => trial.status)).toEqual(["stopped", "stopped", "stopped", "finished"]);
  });
});

describe("the signal from outside", () => {
  it("ends the loop at once: running jobs are aborted and lost, nothing new starts", async () => {
    const controller = createAbort();
    const aborted: number[] = [];
    const said: unknown[] = [];
    const { how, study, events, clock } = await run(
      async (job, { signal }, time) => {
        signal.addEventListener("abort", () => aborted.push(job.id));
        if (job.id === 4) time.after(50, () => controller.abort());
        return job.id < 2 ? { values: [1] } : forever();
      },
      { workers: 3, trials: 50, signal: controller.signal, onReport: (job, heard) => said.push([job.id, heard.effect]) },
    );
    expect([how, clock.nowMs(), aborted, reasonsOf(events)]).toEqual(["aborted", 50, [2, 3, 4], ["lost", "lost", "lost"]]);
    expect(study.history.running).toEqual([]);
    expect(said.slice(2)).toEqual([
      [2, "failed"],
      [3, "failed"],
      [4, "failed"],
    ]);
    expect(replay({ problem: simple, strategy: scripted(), seed: 0 }, events).history.trials).toEqual(study.history.trials);
  });

  it("may have come before: nothing starts, and what had been running waits for another day", async () => {
    const controller = createAbort();
    controller.abort();
    const study = startStudy({ problem: simple, strategy: scripted(), seed: 0 });
    study.ask();
    const how = await drive(study, () => ({ values: [1] }), { trials: 5, signal: controller.signal });
    expect([how, study.history.trials.map((trial) => trial.status)]).toEqual(["aborted", ["running"]]);
  });

  it("may stop jobs by which others are stopped: each ends once", async () => {
    const controller = createAbort();
    const strategy = scripted({
      tell: (report, { history }) => history.running.slice(0, report.trial === 0 ? 1 : 0).map((job) => ({ kind: "stop", job: job.id })),
    });
    const { study, events } = await run(
      (job) => {
        if (job.id === 2) controller.abort();
        return forever();
      },
      { strategy, workers: 3, trials: 3, signal: controller.signal },
    );
    expect(study.history.trials.map((trial) => trial.status)).toEqual(["failed", "stopped", "failed"]);
    expect(events.filter((event) => event.kind === "failed")).toHaveLength(2);
  });

  it("is not listened to any more once the loop has ended", async () => {
    const controller = createAbort();
    const listeners = new Set<unknown>();
    const signal = {
      aborted: false,
      addEventListener: (_type: string, listener: unknown) => listeners.add(listener),
      removeEventListener: (_type: string, listener: unknown) => listeners.delete(listener),
    } as unknown as typeof controller.signal;
    await run(() => ({ values: [1] }), { trials: 2, signal });
    expect(listeners.size).toBe(0);
  });

  it("rejects where the strategy breaks down over the loss", async () => {
    const controller = createAbort();
    const strategy = scripted({
      tell: () => {
        throw new Error("no losses foreseen");
      },
    });
    const work = run(
      () => {
        controller.abort();
        return forever();
      },
      { strategy, workers: 2, trials: 3, signal: controller.signal },
    );
    await expect(work).rejects.toThrow("no losses foreseen");
  });
});

describe("enough", () => {
  it.each([1, 2, 3])("with %i workers: no job is taken any more, and those that run end with what they measured", async (workers) => {
    let reports = 0;
    const { how, study, events } = await run(
      async (job, _workbench, time) => {
        await time.sleep(1000 * (1 + (job.id % 3)));
        return { values: [1] };
      },
      { workers, trials: 50, enough: () => reports >= 4, onReport: () => reports++ },
    );
    expect([how, study.history.running, reasonsOf(events)]).toEqual(["finished", [], []]);
    expect(study.history.trials.length).toBeGreaterThanOrEqual(4);
    expect(study.history.trials.length).toBeLessThan(4 + workers);
  });

  it("may hold from the start: nothing starts, and what had been running waits for another day", async () => {
    const study = startStudy({ problem: simple, strategy: scripted(), seed: 0 });
    study.ask({ want: 2 });
    const how = await drive(study, () => ({ values: [1] }), { trials: 5, enough: () => true });
    expect([how, study.history.running.length, study.history.trials.length]).toEqual(["finished", 2, 2]);
  });

  it("rejects with what it throws", async () => {
    const enough = (): never => {
      throw new Error("no clock");
    };
    await expect(run(() => ({ values: [1] }), { trials: 5, enough })).rejects.toThrow("no clock");
  });
});

it("onStart hears of each evaluation before it starts, and of none that never starts", async () => {
  const said: unknown[] = [];
  const evaluate = (job: Job): { readonly values: readonly number[] } => {
    said.push(["evaluates", job.id]);
    return { values: [1] };
  };
  await run(evaluate, { trials: 2, onStart: (job) => said.push(["starts", job.id]) });
  expect(said).toEqual([
    ["starts", 0],
    ["evaluates", 0],
    ["starts", 1],
    ["evaluates", 1],
  ]);
});

describe("the loop rejects, and aborts what runs,", () => {
  it("when the strategy breaks its contract, in an ask or in a tell", async () => {
    for (const script of [
      { ask: (asks: number) => (asks < 2 ? { proposals: [start(0.5)] } : { proposals: [start(7)] }) },
      { tell: () => [{ kind: "stop" as const, job: jobId(99) }] },
    ]) {
      const aborted: number[] = [];
      const work = run(
        async (job, { signal }, clock) => {
          signal.addEventListener("abort", () => aborted.push(job.id));
          await clock.sleep(job.id === 0 ? 10 : 1e6);
          return { values: [1] };
        },
        { strategy: scripted(script), workers: 2, trials: 5 },
      );
      await expect(work).rejects.toMatchObject({ code: "brokenContract" });
      expect(aborted).toContain(1);
    }
  });

  it("when onReport throws: that is no fault of the evaluation", async () => {
    const work = run(() => ({ values: [1] }), {
      trials: 3,
      onReport: () => {
        throw new Error("display broken");
      },
    });
    await expect(work).rejects.toThrow("display broken");
  });

  it("when onStart throws: nothing is evaluated", async () => {
    const study = startStudy({ problem: simple, strategy: scripted(), seed: 0 });
    const onStart = (): never => {
      throw new Error("no terminal");
    };
    const evaluate = (): never => {
      throw new Error("evaluated");
    };
    await expect(drive(study, evaluate, { trials: 2, onStart })).rejects.toThrow("no terminal");
    expect(study.history.trials.map(({ status }) => status)).toEqual(["running"]);
  });

  it("when the log cannot be written, from whichever call", async () => {
    for (const failing of [0, 1, 2, 3]) {
      let written = 0;
      const study = startStudy({ problem: simple, strategy: scripted(), seed: 0 }, () => {
        written++;
        if (written > failing) throw new Error("disk full");
      });
      await expect(drive(study, () => ({ values: [1] }), { trials: 9, workers: 2 })).rejects.toThrow("disk full");
    }
  });

  it("when the study is closed already", async () => {
    const study = startStudy({ problem: simple, strategy: scripted({ ask: () => ({ proposals: [start(2)] }) }), seed: 0 });
    expect(() => study.ask()).toThrow(ProtocolError);
    await expect(drive(study, () => ({ values: [1] }), { trials: 1 })).rejects.toThrow(StateError);
  });
});

describe("a study that was interrupted", () => {
  it("runs its running jobs first, as many at once as there are workers, each from where it started", async () => {
    const study = startStudy({ problem: simple, strategy: scripted(), seed: 0 });
    study.ask({ want: 5 });
    const clock = virtualClock(turn);
    let busy = 0;
    const order: number[] = [];
    const work = drive(
      study,
      async (job) => {
        busy++;
        expect(busy).toBeLessThanOrEqual(2);
        order.push(job.id);
        await clock.sleep(10);
        busy--;
        return { values: [1] };
      },
      { workers: 2, trials: 7, clock },
    );
    expect(await clock.run(work)).toBe("trials");
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it.each([0, 1, 2, 3, 4])("after %i reports of a job continues to the log it would have had", async (reports) => {
    const evaluate: Evaluate = (job, { measure }) => {
      for (const fidelity of [1, 3, 5, 7].filter((one) => one > (job.from?.fidelity ?? 0)))
        if (!measure({ values: [(job.config.x as number) + 1 / fidelity], fidelity, costSeconds: 1 })) break;
      return { values: [0.5], costSeconds: 1 };
    };
    const create = (): Strategy => compose(promotingStub(), randomStub());
    const definition = { problem: trained, seed: 3 };
    const whole: Event[] = [];
    await drive(
      startStudy({ ...definition, strategy: create() }, (event) => whole.push(event)),
      evaluate,
      { trials: 9 },
    );
    const cuts = whole.flatMap((event, index) => (event.kind === "asked" && event.jobs.length > 0 ? [index + 1 + reports] : []));
    const logs: Event[][] = [];
    for (const cut of cuts.slice(0, 6)) {
      const log = whole.slice(0, cut);
      const study = replay({ ...definition, strategy: create() }, log.slice(), (event) => log.push(event));
      await drive(study, evaluate, { trials: 9 });
      logs.push(log);
    }
    expect(logs.length).toBeGreaterThan(3);
    for (const log of logs) expect(log).toEqual(whole);
  });
});

describe("virtual time", () => {
  const families: readonly (readonly [string, () => Strategy])[] = [
    ["random search", () => compose(complete, randomStub())],
    ["promotion", () => compose(promotingStub(), randomStub())],
    ["stopping", () => compose(stoppingStub(), randomStub())],
  ];
  const noisyTraining = async (job: Job, { measure }: Workbench, clock: VirtualClock): Promise<Evaluated> => {
    await clock.sleep(1000 + ((job.id * 7919) % 13) * 100);
    if (job.id % 9 === 4) throw new Error("no");
    if (job.id % 9 === 7) return forever();
    for (const fidelity of job.milestones.slice(0, -1)) {
      if (!measure({ values: [(job.config.x as number) / fidelity], fidelity })) break;
      await clock.sleep(300);
    }
    return { values: [job.config.x as number] };
  };

  it.each(families)("gives the same log every time for %s and two workers", async (_name, create) => {
    const logs = await Promise.all(
      [1, 2, 3].map(() => run(noisyTraining, { problem: trained, strategy: create(), workers: 2, trials: 30, timeoutSeconds: 60 })),
    );
    expect(logs[0]!.events.length).toBeGreaterThan(50);
    expect(logs[1]!.events).toEqual(logs[0]!.events);
    expect(logs[2]!.events).toEqual(logs[0]!.events);
    const again = replay({ problem: trained, strategy: create(), seed: 0 }, logs[0]!.events);
    expect(again.history.trials).toEqual(logs[0]!.study.history.trials);
  });

  it("a clock that runs backwards makes nothing cost less than nothing", async () => {
    let now = 1_000_000;
    const study = startStudy({ problem: simple, strategy: scripted(), seed: 0 });
    await drive(study, () => ({ values: [1] }), {
      trials: 3,
      clock: {
        nowMs: () => {
          now -= 1000;
          return now;
        },
        after: () => () => {},
      },
    });
    expect(study.history.trials.map((trial) => [trial.status, trial.curve[0]!.costSeconds])).toEqual(Array(3).fill(["finished", 0]));
  });

  it.each([NaN, Infinity])("by one that says %s once it runs costs nothing and decides nothing", async (broken) => {
    const study = startStudy({ problem: simple, strategy: scripted(), seed: 0 });
    let readings = 0;
    const clock = { nowMs: () => (readings++ < 3 ? 0 : broken), after: () => () => {} };
    await drive(study, () => ({ values: [1] }), { trials: 3, clock });
    expect(study.history.trials.map((trial) => [trial.status, trial.curve[0]!.costSeconds])).toEqual(Array(3).fill(["finished", 0]));
  });
});

describe("options that make no sense are refused before anything runs:", () => {
  test.each<readonly [string, object]>([
    ["workers", { workers: 0 }],
    ["workers", { workers: 1.5 }],
    ["workers", { workers: NaN }],
    ["trials", { trials: -1 }],
    ["trials", { trials: 2.5 }],
    ["trials", { trials: NaN }],
    ["trials", { trials: "5" }],
    ["timeoutSeconds", { timeoutSeconds: 0, clock: virtualClock(turn) }],
    ["timeoutSeconds", { timeoutSeconds: Infinity, clock: virtualClock(turn) }],
    ["clock", { timeoutSeconds: 5 }],
  ])("%s of %o", (name, options) => {
    const study = startStudy({ problem: simple, strategy: scripted(), seed: 0 });
    expect(() => drive(study, () => ({ values: [1] }), options)).toThrow(ConfigError);
    expect(() => drive(study, () => ({ values: [1] }), options)).toThrow(`option ${name}`);
    expect(study.history.trials).toEqual([]);
  });
});
