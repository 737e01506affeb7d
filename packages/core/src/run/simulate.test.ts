import { exp } from "@caviar-hpo/numerics";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { accountOf, bowlWorld, leadersOf, mostAtOnce, type Observed, observe } from "../../testing/observedRun.ts";
import { complete, compose } from "../contract/compose.ts";
import { ConfigError, ProtocolError } from "../contract/errors.ts";
import { jobId, trialId } from "../contract/ids.ts";
import type { Problem } from "../contract/problem.ts";
import type { Strategy } from "../contract/strategy.ts";
import { derive, root } from "../random/key.ts";
import { bestTrials } from "../study/best.ts";
import type { Event } from "../study/events.ts";
import { replay } from "../study/replay.ts";
import { scripted, simple, start, trained } from "../study/scripted.fixture.ts";
import { startStudy } from "../study/study.ts";
import { barrierStub, populationStub, promotingStub, randomStub, stoppingStub, stubs } from "../testing/stubs.fixture.ts";
import { virtualClock } from "./clock.ts";
import { drive } from "./drive.ts";
import { type SimulateOptions, simulate, type World } from "./simulate.ts";

const random = (): Strategy => compose(complete, randomStub());
const asha = (): Strategy => compose(promotingStub(), randomStub());

/** Every unit of fidelity takes a second, and every value is the trial's number. */
const steady: World = { seconds: (_config, from, to) => to - from, evaluate: (job) => ({ values: [job.trial] }) };

const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * (1 + Math.abs(a) + Math.abs(b));

/** Holds a run to everything that can be worked out from its log. */
function check(problem: Problem, { study, events, simulation }: Observed, { workers = 1, seconds = Infinity }: SimulateOptions): void {
  const { resource, busySeconds, idleSeconds, incumbents } = simulation;
  const account = accountOf(events);
  const cut = account.running.reduce((sum, deed) => sum + simulation.seconds - deed.startedMs / 1000, 0);
  expect(close(resource.total, resource.fresh + resource.repeated + resource.wasted)).toBe(true);
  expect(close(resource.fresh, account.fresh)).toBe(true);
  expect(close(resource.repeated, account.repeated)).toBe(true);
  expect(resource.wasted).toBeGreaterThanOrEqual(account.wasted - 1e-9);
  if (account.running.length === 0) expect(close(resource.wasted, account.wasted)).toBe(true);
  expect(close(busySeconds + idleSeconds, workers * simulation.seconds)).toBe(true);
  expect(close(busySeconds, account.busySeconds + cut)).toBe(true);
  expect(mostAtOnce(events)).toBeLessThanOrEqual(workers);
  expect(study.history.running.map((job) => job.id)).toEqual(account.running.map((deed) => deed.job.id));
  expect(simulation.jobs).toBe(events.reduce((sum, event) => sum + (event.kind === "asked" ? event.jobs.length : 0), 0));
  expect(simulation.seconds).toBeLessThanOrEqual(seconds);
  const leaders = leadersOf(problem, events);
  expect(incumbents.map(({ trial, fidelity, value }) => ({ trial, fidelity, value }))).toEqual(
    leaders.map(({ trial, fidelity, value }) => ({ trial, fidelity, value })),
  );
  incumbents.forEach((incumbent, index) => {
    expect(close(incumbent.seconds, leaders[index]!.seconds)).toBe(true);
    expect(incumbent.resource).toBeGreaterThanOrEqual(incumbents[index - 1]?.resource ?? 0);
    expect(incumbent.resource).toBeLessThanOrEqual(resource.total);
  });
  const best = bestTrials(problem, study.history)[0];
  if (best !== undefined) expect(incumbents.at(-1)?.trial).toBe(best.id);
}

function run(problem: Problem, strategy: Strategy, world: World, options: SimulateOptions = {}, seed: string | number = 0): Observed {
  const observed = observe(problem, strategy, world, options, seed);
  check(problem, observed, options);
  return observed;
}

describe("workers", () => {
  it.each([1, 2, 3, 7, 24, 100])("%i of them do 24 jobs of a second in 24 / workers seconds, rounded up", (workers) => {
    const { simulation } = run(simple, random(), steady, { workers, trials: 24 });
    expect([simulation.end, simulation.seconds, simulation.jobs]).toEqual(["trials", Math.ceil(24 / workers), 24]);
    expect([simulation.busySeconds, simulation.idleSeconds]).toEqual([24, workers * simulation.seconds - 24]);
  });

  it("are one unless said otherwise", () => {
    expect(run(simple, random(), steady, { trials: 3 }).simulation.seconds).toBe(3);
  });

  it("idle while a rung waits for its last trial", () => {
    const slow: World = { ...steady, seconds: (config, from, to) => (to - from) * (config.x === 0 ? 10 : 1) };
    const strategy = scripted({
      ask: (asks, _want, { history }) => {
        if (asks === 0) return { proposals: [start(0, 1), start(0.1, 1), start(0.2, 1)], then: "wait" };
        if (history.running.length > 0) return { then: "wait" };
        return asks < 9 ? { proposals: [{ kind: "resume", trial: trialId(1), until: 9 }], then: "done" } : { then: "done" };
      },
    });
    const { simulation } = run(trained, strategy, slow, { workers: 3 });
    expect(simulation).toMatchObject({ end: "done", seconds: 18, busySeconds: 12 + 8, idleSeconds: 54 - 20 });
  });
});

describe("what happens at the same moment", () => {
  it("happens in the order of job ids, whatever the order in which it was foreseen", () => {
    const seconds: World["seconds"] = (config) => [6, 3, 2, 1, 3, 3][Math.round((config.x as number) * 10)]!;
    const strategy = scripted({
      ask: (_asks, want, _context, next) => ({ proposals: Array.from({ length: want }, (_, i) => start(((next + i) % 6) / 10)) }),
    });
    const { events } = run(simple, strategy, { ...steady, seconds }, { workers: 6, trials: 12 });
    const told = events.flatMap((event) => (event.kind === "told" ? [[event.atMs / 1000, event.job] as const] : []));
    const ordered = [...told].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    expect(told).toEqual(ordered);
    expect(new Set(told.map(([at]) => at)).size).toBeLessThan(told.length);
  });

  it("includes what takes no time at all", () => {
    const { simulation, study } = run(trained, asha(), { ...steady, seconds: () => 0 }, { workers: 4, trials: 27 });
    expect([simulation.seconds, simulation.busySeconds, study.history.trials.length]).toEqual([0, 0, 27]);
  });
});

describe("the account of resource", () => {
  const reach = [9, 3, 1];

  it.each([
    [true, { fresh: 9 + 3 * 2 + 1 * 6, repeated: 0, wasted: 0, total: 21 }],
    [false, { fresh: 9 + 3 * 2 + 1 * 6, repeated: 3 * 1 + 1 * 3, wasted: 0, total: 27 }],
  ])("of a bracket of nine, resumable %s", (resumable, resource) => {
    const problem = { ...trained, resumable };
    const { simulation, study } = run(problem, compose(barrierStub(1, "resume"), randomStub()), steady, { workers: 4 });
    expect([simulation.end, simulation.resource]).toEqual(["done", resource]);
    expect([1, 3, 9].map((f) => study.history.trials.filter((trial) => trial.curve.some((one) => one.fidelity === f)).length)).toEqual(
      reach,
    );
  });

  it("counts a clone from where its checkpoint is", () => {
    const strategy = scripted({
      ask: (asks) => {
        if (asks === 0) return { proposals: [start(0.1, 3)], then: "wait" };
        if (asks === 2)
          return { proposals: [{ kind: "clone", parent: trialId(0), at: 3, config: { x: 0.2, mode: "plain" }, until: 9 }], then: "done" };
        return { then: "wait" };
      },
    });
    const { simulation } = run(trained, strategy, steady, { workers: 2 });
    expect(simulation.resource).toEqual({ fresh: 9, repeated: 0, wasted: 0, total: 9 });
  });

  it("counts a complete evaluation as one where the problem has no fidelity", () => {
    expect(run(simple, random(), steady, { trials: 5 }).simulation.resource.fresh).toBe(5);
  });

  it("counts what diverges, or turns out infeasible, as fresh: that was learned", () => {
    const world: World = { ...steady, evaluate: (job) => (job.trial === 0 ? { values: [NaN] } : { infeasible: true }) };
    const { simulation, events } = run(trained, scripted(), world, { trials: 2 });
    expect(simulation.resource).toEqual({ fresh: 18, repeated: 0, wasted: 0, total: 18 });
    expect(events.flatMap((event) => (event.kind === "failed" ? [[event.reason, event.costSeconds]] : []))).toEqual([
      ["nonfinite", 9],
      ["infeasible", 9],
    ]);
  });

  it("counts what a stopped job did since its last report as wasted, whole units only", () => {
    const strategy = scripted({
      ask: (_asks, want) => ({ proposals: Array.from({ length: want }, (_, index) => ({ ...start(index / 10, 9), milestones: [3] })) }),
      tell: (report) => (report.kind === "finished" && report.job === 0 ? [{ kind: "stop", job: jobId(1) }] : []),
    });
    const paced: World = { ...steady, seconds: (config, from, to) => (to - from) * (config.x === 0 ? 1 : 1.25) };
    const { simulation, study } = observe(trained, strategy, paced, { workers: 2, trials: 2 });
    // Job 1 reported 3 units at 3.75 s; at 9 s it is 4.2 units further.
    expect([study.history.trials[1]!.status, simulation.resource]).toEqual([
      "stopped",
      { fresh: 9 + 3, repeated: 0, wasted: 4, total: 16 },
    ]);
    expect(simulation.busySeconds).toBe(18);
  });
});

describe("lost workers", () => {
  it("lose their jobs, which fail as lost with what they had done by then", () => {
    const { events, simulation, study } = run(trained, asha(), steady, { workers: 5, trials: 60, lossSeconds: 6 });
    const failures = events.flatMap((event) => (event.kind === "failed" ? [event] : []));
    expect(failures.length).toBeGreaterThan(5);
    for (const { reason, fidelity, costSeconds, job } of failures) {
      const { from } = jobsOf(events)[job]!;
      expect([reason, fidelity]).toEqual(["lost", (from?.fidelity ?? 0) + Math.floor(costSeconds)]);
    }
    expect(simulation.resource.wasted).toBeGreaterThan(0);
    expect([simulation.end, study.history.running]).toEqual(["trials", []]);
  });

  it("are lost exponentially: of jobs of d seconds 1 - exp(-d / mean) are, after a mean time that fits", () => {
    const { events } = run(simple, random(), steady, { workers: 50, trials: 2000, lossSeconds: 2 });
    const times = events.flatMap((event) => (event.kind === "failed" ? [event.costSeconds] : []));
    const share = 1 - exp(-1 / 2);
    expect(Math.abs(times.length / 2000 - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / 2000));
    // The mean of an exponential of mean 2 below 1 is 2 - 1 / (exp(1 / 2) - 1).
    const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
    expect(Math.abs(mean - (2 - 1 / (exp(1 / 2) - 1)))).toBeLessThan((4 * 0.29) / Math.sqrt(times.length));
  });

  it("do not disturb what others draw: the same trials take as long, and measure the same", () => {
    const world = bowlWorld(simple);
    const options = { workers: 4, trials: 50, stragglerSigma: 0.5 };
    const all = run(simple, random(), world, options).study.history.trials;
    const rest = run(simple, random(), world, { ...options, lossSeconds: 3 }).study.history.trials;
    const survivors = rest.filter((trial) => trial.status === "finished");
    expect(survivors.length).toBeGreaterThan(10);
    expect(survivors.length).toBeLessThan(50);
    for (const trial of survivors) {
      const { costSeconds, ...measured } = trial.curve[0]!;
      expect(all[trial.id]!.curve[0]).toMatchObject(measured);
      expect(close(all[trial.id]!.curve[0]!.costSeconds, costSeconds)).toBe(true);
    }
  });
});

describe("stragglers", () => {
  it("take exp(sigma z) times as long, z standard normal", () => {
    const { study } = run(simple, random(), steady, { workers: 10, trials: 1000, stragglerSigma: 0.5 });
    const logs = study.history.trials.map((trial) => Math.log(trial.curve[0]!.costSeconds));
    const mean = logs.reduce((sum, one) => sum + one, 0) / 1000;
    const deviation = Math.sqrt(logs.reduce((sum, one) => sum + (one - mean) * (one - mean), 0) / 999);
    expect(Math.abs(mean)).toBeLessThan((4 * 0.5) / Math.sqrt(1000));
    expect(Math.abs(deviation - 0.5)).toBeLessThan((4 * 0.5) / Math.sqrt(2000));
  });

  it("are slow for all of a job, and each job by itself", () => {
    const { events } = run(trained, compose(stoppingStub(), randomStub()), steady, { workers: 3, trials: 20, stragglerSigma: 1 });
    const paces = new Map<number, Set<string>>();
    for (const event of events) {
      if (event.kind !== "told") continue;
      const { costSeconds, fidelity } = event.measurement;
      paces.set(event.job, (paces.get(event.job) ?? new Set()).add((costSeconds / fidelity).toFixed(6)));
    }
    expect(new Set([...paces.values()].map((set) => set.size))).toEqual(new Set([1]));
    expect(new Set([...paces.values()].map((set) => [...set][0])).size).toBe(20);
  });
});

describe("a time limit", () => {
  it("fails the jobs that need as much, at that moment", () => {
    const { events, simulation } = run(trained, asha(), steady, { workers: 2, trials: 27, timeoutSeconds: 6 });
    const failures = events.flatMap((event) => (event.kind === "failed" ? [event] : []));
    expect(failures.length).toBeGreaterThan(1);
    for (const { reason, costSeconds, fidelity } of failures) expect([reason, costSeconds, fidelity]).toEqual(["timeout", 6, 9]);
    expect(simulation.resource.wasted).toBe(6 * failures.length);
  });
});

describe("an end by", () => {
  it("time: running jobs are cut off, and continue in another simulation from where they started", () => {
    const options = { workers: 3, trials: 12, seconds: 5 };
    const { simulation, study, events } = run(trained, random(), steady, options);
    expect([simulation.end, simulation.seconds, simulation.busySeconds]).toEqual(["seconds", 5, 15]);
    expect([study.history.running.length, simulation.resource.wasted]).toEqual([3, 15]);
    const before = events.length;
    const rest = simulate(study, steady, { workers: 3, trials: 12 });
    expect(rest).toMatchObject({ end: "trials", seconds: 36, jobs: 12, resource: { fresh: 108, wasted: 0 } });
    const told = events.slice(before).flatMap((event) => (event.kind === "told" ? [[event.job, event.atMs]] : []));
    expect(told.slice(0, 3)).toEqual([
      [0, 9000],
      [1, 9000],
      [2, 9000],
    ]);
  });

  it("time: nothing begins at that moment any more", () => {
    const { simulation, study } = run(simple, random(), steady, { workers: 2, seconds: 3 });
    expect([simulation.end, simulation.seconds, simulation.jobs, study.history.running]).toEqual(["seconds", 3, 6, []]);
    expect(run(simple, random(), steady, { seconds: 0 }).simulation).toMatchObject({ end: "seconds", jobs: 0, seconds: 0 });
  });

  it("resource: the last job begins before it is spent, and is finished", () => {
    for (const [workers, resource, spent] of [
      [1, 20, 27],
      [4, 27, 27],
      [4, 28, 36],
      [9, 1, 9],
      [2, 0, 0],
    ] as const) {
      const { simulation } = run(trained, random(), steady, { workers, resource });
      expect([simulation.end, simulation.resource.total]).toEqual(["resource", spent]);
    }
  });

  it("resource: what lost jobs had still to do is there for others", () => {
    const { simulation } = run(trained, random(), steady, { workers: 5, resource: 900, lossSeconds: 9 });
    expect(simulation.resource.total).toBeGreaterThanOrEqual(900);
    expect(simulation.resource.total).toBeLessThan(909);
  });

  it("trials: promotions still run", () => {
    const { simulation, study } = run(trained, asha(), bowlWorld(trained), { workers: 6, trials: 27 });
    expect([simulation.end, study.history.trials.length]).toEqual(["trials", 27]);
    expect(study.history.trials.filter((trial) => trial.status === "finished").length).toBeGreaterThanOrEqual(3);
  });

  it("the strategy", () => {
    expect(run(trained, populationStub(), bowlWorld(trained), { workers: 3 }).simulation.end).toBe("done");
  });
});

describe("an interrupted study", () => {
  it("reports again only what it had not, on the way to its end", () => {
    const strategy = scripted({
      ask: (asks, want) =>
        asks === 0 ? { proposals: Array.from({ length: want }, () => ({ ...start(0.5, 9), milestones: [1, 3] })), then: "done" } : {},
    });
    const events: Event[] = [];
    const study = startStudy({ problem: trained, strategy, seed: 0 }, (event) => events.push(event));
    study.ask({ want: 2 });
    study.tell(jobId(0), { values: [1], fidelity: 1 });
    study.tell(jobId(0), { values: [1], fidelity: 2 });
    const simulation = simulate(study, steady, { workers: 1 });
    expect([simulation.seconds, simulation.resource]).toEqual([18, { fresh: 7 + 9, repeated: 2, wasted: 0, total: 18 }]);
    const told = events
      .slice(3)
      .flatMap((event) => (event.kind === "told" ? [[event.job, event.measurement.fidelity, event.atMs / 1000]] : []));
    expect(told).toEqual([
      [0, 3, 3],
      [0, 9, 9],
      [1, 1, 10],
      [1, 3, 12],
      [1, 9, 18],
    ]);
  });
});

const jobsOf = (events: readonly Event[]): readonly { readonly from: { readonly fidelity: number } | null }[] =>
  events.flatMap((event) => (event.kind === "asked" ? event.jobs : []));

describe("the same", () => {
  /** Milliseconds and seconds differ in their last bits; and only the simulation knows how far a job had come that failed. */
  const timeless = (events: readonly Event[]): unknown =>
    JSON.parse(
      JSON.stringify(events.map((event) => (event.kind === "failed" ? { ...event, fidelity: 0 } : event))),
      (name: string, value: unknown) => (name === "atMs" || name === "costSeconds" ? (value as number).toPrecision(9) : value),
    );

  it.each(stubs)("comes of driving evaluations that sleep on a virtual clock: $name", async ({ create }) => {
    const world = bowlWorld(trained, 0.1);
    const simulated = run(trained, create(), world, { workers: 4, trials: 30, timeoutSeconds: 11 }, "s");
    const events: Event[] = [];
    const study = startStudy({ problem: trained, strategy: create(), seed: "s" }, (event) => events.push(event));
    const clock = virtualClock(async () => {
      for (let hop = 0; hop < 30; hop++) await Promise.resolve();
    });
    const keys = derive(root("s"), "simulation", "trial");
    const work = drive(
      study,
      async (job, { measure, signal }) => {
        const key = derive(keys, job.trial);
        let reached = job.from?.fidelity ?? 0;
        for (const milestone of job.milestones) {
          await clock.sleep(world.seconds(job.config, reached, milestone, key) * 1000);
          if (signal.aborted) break;
          reached = milestone;
          const result = world.evaluate(job, milestone, key, NaN);
          if ("infeasible" in result) return result;
          if (milestone === job.until) return result;
          measure({ ...result, fidelity: milestone });
        }
        return { values: [NaN] };
      },
      { workers: 4, trials: 30, timeoutSeconds: 11, clock },
    );
    await clock.run(work);
    expect(timeless(events)).toEqual(timeless(simulated.events));
  });

  it("comes of the same seed, whatever else the machine does; seeds 0 and the empty one are seeds", () => {
    const texts = [0, "", 1, "0", 0, "", 1, "0"].map((seed) =>
      JSON.stringify(
        run(trained, asha(), bowlWorld(trained, 0.1), { workers: 3, trials: 15, lossSeconds: 20, stragglerSigma: 0.3 }, seed).events,
      ),
    );
    expect(texts.slice(4)).toEqual(texts.slice(0, 4));
    expect(new Set(texts).size).toBe(4);
  });

  it("comes of its log", () => {
    const { events, study } = run(trained, asha(), bowlWorld(trained, 0.1), { workers: 3, trials: 30, lossSeconds: 20 });
    const again = replay({ problem: trained, strategy: asha(), seed: 0 }, events);
    expect([again.history.trials, again.state]).toEqual([study.history.trials, study.state]);
  });
});

describe("misuse is refused:", () => {
  const study = () => startStudy({ problem: trained, strategy: random(), seed: 0 });
  test.each<[string, SimulateOptions]>([
    ["workers", { workers: 0 }],
    ["workers", { workers: 1.5 }],
    ["trials", { trials: -1 }],
    ["resource", { resource: NaN }],
    ["seconds", { seconds: -1 }],
    ["stragglerSigma", { stragglerSigma: -1 }],
    ["stragglerSigma", { stragglerSigma: Infinity }],
    ["lossSeconds", { lossSeconds: 0 }],
    ["timeoutSeconds", { timeoutSeconds: 0 }],
  ])("option %s", (name, options) => {
    expect(() => simulate(study(), steady, options)).toThrow(ConfigError);
    expect(() => simulate(study(), steady, options)).toThrow(`option ${name}`);
  });

  test.each([-1, NaN, Infinity])("a duration of %f", (seconds) => {
    expect(() => simulate(study(), { ...steady, seconds: () => seconds }, { trials: 1 })).toThrow("duration of job 0");
  });

  test("a measurement with too many values", () => {
    expect(() => simulate(study(), { ...steady, evaluate: () => ({ values: [1, 2] }) }, { trials: 1 })).toThrow(ProtocolError);
  });

  test("what the world throws is thrown on", () => {
    const evaluate = (): never => {
      throw new RangeError("no world");
    };
    expect(() => simulate(study(), { ...steady, evaluate }, { trials: 1 })).toThrow(RangeError);
  });
});

describe("every run keeps its accounts and comes to an end", () => {
  const problem = fc.record({
    fidelity: fc.constantFrom(
      null,
      trained.fidelity,
      { unit: "hour", min: 0.5, max: 20, whole: false },
      { unit: "epoch", min: 1, max: 27, whole: true },
    ),
    resumable: fc.boolean(),
  });
  const options = fc.record(
    {
      workers: fc.integer({ min: 1, max: 9 }),
      trials: fc.integer({ min: 0, max: 25 }),
      resource: fc.integer({ min: 0, max: 200 }),
      seconds: fc.integer({ min: 0, max: 100 }),
      stragglerSigma: fc.constantFrom(0, 0.5, 2),
      lossSeconds: fc.constantFrom(5, 50),
      timeoutSeconds: fc.constantFrom(3, 30),
    },
    { requiredKeys: ["trials"] },
  );

  test.each(stubs)("$name", ({ create }) => {
    fc.assert(
      fc.property(problem, options, fc.constantFrom(0, 0.4), fc.nat({ max: 99 }), ({ fidelity, resumable }, given, fails, seed) => {
        const one = { ...simple, fidelity, resumable: resumable && fidelity !== null };
        const { study, simulation } = run(one, create(), bowlWorld(one, fails), given, seed);
        expect(study.history.trials.length).toBeLessThanOrEqual(given.trials);
        if (simulation.end !== "seconds") expect(study.history.running).toEqual([]);
        if (simulation.end === "resource") expect(simulation.resource.total).toBeGreaterThanOrEqual(given.resource! - 1e-9);
      }),
      { numRuns: 60 },
    );
  });
});
