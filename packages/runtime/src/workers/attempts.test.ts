import { type Config, ExternalError, type JobId, type TrialId } from "@caviar-hpo/core";
import { virtualClock } from "@caviar-hpo/core/testing";
import type { Assignment, Result } from "@caviar-hpo/tune";
import { describe, expect, it } from "vitest";
import { type AttemptSettings, objectiveOn } from "./attempts.ts";
import type { AttemptOutcome, Executor, JobListener, LeasedJob } from "./executor.ts";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const lostError = new ExternalError({ code: "lost", what: "w", expected: "an answer", got: "none", remedy: "None." });
const lost: AttemptOutcome = { kind: "lost", error: lostError };
const finished = (result: number): AttemptOutcome => ({ kind: "finished", result });

type Given = { readonly job: LeasedJob; readonly listener: JobListener; end(outcome: AttemptOutcome): void };

/** An executor whose attempts the test ends by hand. */
function setUp(change: Partial<AttemptSettings> & { readonly leaseSeconds?: number; readonly load?: () => Uint8Array | null } = {}) {
  const { leaseSeconds = null, load = () => null, ...settings } = change;
  const clock = virtualClock(turn);
  const given: Given[] = [];
  const executor: Executor = {
    leaseSeconds,
    run: (job, listener) => new Promise((resolve) => given.push({ job, listener, end: resolve })),
    close: async () => {},
  };
  const late: unknown[] = [];
  const assigned: unknown[] = [];
  const measured: (readonly [Result, number])[] = [];
  const saved: (readonly [Uint8Array, number])[] = [];
  const controller = new AbortController();
  const assignment: Assignment<Config, Uint8Array> = {
    config: { x: 1 },
    trial: 4 as TrialId,
    until: 9,
    milestones: [9],
    from: null,
    signal: controller.signal,
    load,
    save: (bytes, fidelity) => saved.push([bytes, fidelity!]),
    measure: (result, fidelity) => {
      if (result === -1) throw new Error("refused");
      measured.push([result, fidelity]);
      return fidelity < 5;
    },
  };
  const objective = objectiveOn({
    executor,
    clock,
    retries: 2,
    timeoutSeconds: undefined,
    jobOf: () => 7 as JobId,
    onAssigned: (...all) => assigned.push(all),
    onLate: (_assignment, result) => late.push(result),
    ...settings,
  });
  const done = Promise.resolve(objective(assignment)).then(
    (result) => ({ result }),
    (thrown: unknown) => ({ thrown }),
  );
  const pass = (seconds: number): Promise<void> => clock.run(clock.sleep(seconds * 1000));
  return { given, late, assigned, measured, saved, controller, done, pass };
}

describe("an attempt", () => {
  it("has the job, a token of 128 bits, and the checkpoint", async () => {
    const bytes = new Uint8Array([1]);
    const { given, done, assigned } = setUp({ load: () => bytes });
    const { job, listener, end } = given[0]!;
    expect(job).toMatchObject({ id: 7, trial: 4, config: { x: 1 }, until: 9, attempt: 1, checkpoint: bytes });
    expect(job.lease).toEqual({ token: expect.stringMatching(/^[0-9a-f]{32}$/), seconds: null });
    listener.started("w");
    end(finished(3));
    expect(await done).toEqual({ result: 3 });
    expect(assigned).toEqual([[7, "w", 1]]);
  });

  it("that is lost is followed by two more, with other tokens, and then the job is lost", async () => {
    const { given, done } = setUp();
    for (let attempt = 0; attempt < 3; attempt++) {
      given[attempt]!.end(lost);
      await turn();
    }
    expect(await done).toEqual({ thrown: lostError });
    expect(given.map(({ job }) => job.attempt)).toEqual([1, 2, 3]);
    expect(new Set(given.map(({ job }) => job.lease.token)).size).toBe(3);
  });

  it("that is preempted counts as no loss, unless it happens a hundred times", async () => {
    const { given, done } = setUp({ retries: 0 });
    for (let attempt = 0; attempt <= 100; attempt++) {
      given[attempt]!.end({ kind: "preempted" });
      await turn();
    }
    expect(await done).toMatchObject({ thrown: { code: "lost", got: "more" } });
    const other = setUp({ retries: 0 });
    other.given[0]!.end({ kind: "preempted" });
    await turn();
    other.given[1]!.end(finished(1));
    expect(await other.done).toEqual({ result: 1 });
  });

  it("that fails is not repeated", async () => {
    const { given, done } = setUp();
    given[0]!.end({ kind: "failed", thrown: "why" });
    expect(await done).toEqual({ thrown: "why" });
    expect(given).toHaveLength(1);
  });

  it("measures a fidelity again after a loss, and the study hears it once", async () => {
    const { given, measured, done } = setUp();
    expect([1, 2].map((fidelity) => given[0]!.listener.measure(fidelity, fidelity))).toEqual([true, true]);
    given[0]!.end(lost);
    await turn();
    expect([1, 2, 3, 5].map((fidelity) => given[1]!.listener.measure(10 * fidelity, fidelity))).toEqual([true, true, true, false]);
    given[1]!.end(finished(0));
    await done;
    expect(measured).toEqual([
      [1, 1],
      [2, 2],
      [30, 3],
      [50, 5],
    ]);
  });

  it("whose measurement the study refuses fails the trial, and is stopped", async () => {
    const { given, done } = setUp();
    const { listener } = given[0]!;
    expect(listener.measure(-1, 2)).toBe(false);
    expect(listener.signal.aborted).toBe(true);
    expect(await done).toMatchObject({ thrown: { message: "refused" } });
  });

  it("is stopped when the study ends the job, and what comes then counts for nothing", async () => {
    const { given, controller, late, measured, saved } = setUp();
    const { listener, end } = given[0]!;
    listener.started("w");
    controller.abort();
    expect(listener.signal.aborted).toBe(true);
    expect([listener.measure(1, 1), listener.renew()]).toEqual([false, false]);
    listener.save(new Uint8Array(1), 1);
    end(lost);
    await turn();
    expect([given.length, late, measured, saved]).toEqual([1, [], [], []]);
  });

  it("has its time limit from the moment at which a worker takes it", async () => {
    const { given, done, pass } = setUp({ timeoutSeconds: 10 });
    await pass(100);
    given[0]!.listener.started("w");
    await pass(9);
    expect(given[0]!.listener.signal.aborted).toBe(false);
    await pass(2);
    expect(given[0]!.listener.signal.aborted).toBe(true);
    expect(await done).toMatchObject({ thrown: { code: "timeout", got: "none" } });
  });

  it("that its executor rejects fails, though executors should not reject", async () => {
    const { done } = setUp({ executor: { leaseSeconds: null, run: () => Promise.reject(new Error("bug")), close: async () => {} } });
    expect(await done).toMatchObject({ thrown: { message: "bug" } });
  });
});

describe("a lease", () => {
  it("holds while it is renewed", async () => {
    const { given, done, pass } = setUp({ leaseSeconds: 60 });
    const { listener, end } = given[0]!;
    listener.started("w");
    for (let minute = 0; minute < 10; minute++) {
      await pass(60);
      expect(listener.renew()).toBe(true);
    }
    end(finished(1));
    expect(await done).toEqual({ result: 1 });
  });

  it("begins when a worker takes the job, and is lost within four thirds of its length without a renewal", async () => {
    const { given, pass } = setUp({ leaseSeconds: 60 });
    await pass(1000);
    given[0]!.listener.started("w");
    await pass(59);
    expect(given).toHaveLength(1);
    await pass(22);
    expect(given.map(({ listener }) => listener.signal.aborted)).toEqual([true, false]);
    expect(given[0]!.listener.renew()).toBe(false);
  });

  it("is not lost because the coordinator slept for days: it counts one interval for each sleep", async () => {
    let nowMs = 0;
    let timer = (): void => {};
    const clock = {
      nowMs: () => nowMs,
      after: (_delayMs: number, callback: () => void) => {
        timer = callback;
        return () => {};
      },
    };
    const { given } = setUp({ leaseSeconds: 60, clock });
    given[0]!.listener.started("w");
    for (let day = 0; day < 5; day++) {
      nowMs += 86_400_000;
      timer();
      given[0]!.listener.renew();
      await turn();
    }
    expect(given).toHaveLength(1);
  });
});

describe("a worker whose lease was lost", () => {
  async function withLostLease() {
    const all = setUp({ leaseSeconds: 60 });
    all.given[0]!.listener.started("first");
    await all.pass(81);
    return all;
  }

  it("can say nothing about its job any more", async () => {
    const { given, measured, saved } = await withLostLease();
    given[1]!.listener.started("second");
    expect([given[0]!.listener.measure(1, 1), given[0]!.listener.renew()]).toEqual([false, false]);
    given[0]!.listener.save(new Uint8Array(1), 1);
    given[0]!.listener.started("first");
    expect([measured, saved]).toEqual([[], []]);
    expect(given[1]!.listener.measure(1, 1)).toBe(true);
  });

  it("gives the job its result if no other worker has taken it", async () => {
    const { given, done, late } = await withLostLease();
    given[0]!.end(finished(3));
    expect(await done).toEqual({ result: 3 });
    expect(given[1]!.listener.signal.aborted).toBe(true);
    expect(late).toEqual([]);
  });

  it("gives the study another result if another worker has taken the job", async () => {
    const { given, done, late } = await withLostLease();
    given[1]!.listener.started("second");
    given[0]!.end(finished(3));
    await turn();
    expect(late).toEqual([3]);
    given[1]!.end(finished(4));
    expect(await done).toEqual({ result: 4 });
  });

  it("gives nothing if it fails late", async () => {
    const { given, done, late } = await withLostLease();
    given[0]!.end({ kind: "failed", thrown: "late" });
    given[1]!.end(finished(4));
    expect(await done).toEqual({ result: 4 });
    expect(late).toEqual([]);
  });
});
