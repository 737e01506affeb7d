import {
  ConfigError,
  complete,
  compose,
  type Event,
  JournalError,
  jobId,
  ProtocolError,
  type Sampler,
  SpaceError,
  StateError,
  type Trial,
} from "@caviar-hpo/core";
import { virtualClock } from "@caviar-hpo/core/testing";
import { describe, expect, expectTypeOf, it, test } from "vitest";
import { choice, createStudy, given, int, type Result, real, type Study, type StudyOptions } from "./index.ts";

const turn = async (): Promise<void> => {
  for (let hop = 0; hop < 60; hop++) await Promise.resolve();
};
const line = { x: real(-1, 1) };
const shape = {
  rate: real(1e-4, 1, { scale: "log" }),
  layers: int(1, 4),
  optimiser: choice(["sgd", "adam"]),
  momentum: given("optimiser", ["sgd"], real(0, 1)),
} as const;

async function rejection(work: Promise<unknown>): Promise<Error> {
  try {
    await work;
  } catch (error) {
    return error as Error;
  }
  throw new Error("did not reject");
}

describe("optimize", () => {
  it("minimises by default, and gives the best trial", async () => {
    const study = createStudy({ space: line });
    const best = await study.optimize(({ config }) => (config.x - 0.3) ** 2, { trials: 40 });
    expect(best.value).toBeLessThan(0.01);
    expect(best.config.x).toBeCloseTo(0.3, 0);
    expect([best.values, study.best()[0], study.core.history.trials.length]).toEqual([[best.value], best, 40]);
  });

  it("maximises if asked to: the same trials as for the negated objective", async () => {
    const up = createStudy({ space: line, goal: "maximize", strategy: "coarseToFine" });
    const down = createStudy({ space: line, goal: "minimize", strategy: "coarseToFine" });
    const highest = await up.optimize(({ config }) => 1 - config.x ** 2, { trials: 60 });
    const lowest = await down.optimize(({ config }) => config.x ** 2 - 1, { trials: 60 });
    expect([highest.config, highest.value]).toEqual([lowest.config, -lowest.value]);
    expect(highest.value).toBeGreaterThan(0.99);
    expect(up.core.history.trials.map((trial) => trial.config)).toEqual(down.core.history.trials.map((trial) => trial.config));
  });

  it("reports 0, never -0", async () => {
    const best = await createStudy({ space: line, goal: "maximize" }).optimize(() => 0, { trials: 1 });
    expect(Object.is(best.value, 0)).toBe(true);
  });

  it("weighs several objectives: the best are those that no other beats, feasible ones only, in the user's orientation", async () => {
    const study = createStudy({
      space: line,
      objectives: [
        { name: "error", goal: "minimize" },
        { name: "speed", goal: "maximize" },
      ],
      constraints: ["memory"],
    });
    await study.optimize(({ config: { x } }) => ({ values: [x ** 2, x], constraints: [x - 0.5] }), { trials: 50 });
    const best = study.best();
    expect(best.length).toBeGreaterThan(3);
    expect(best.every(({ config, values }) => config.x <= 0.5 && values[0] === config.x ** 2 && values[1] === config.x)).toBe(true);
    const positive = study.core.history.trials.filter((trial) => (trial.config.x as number) >= 0 && (trial.config.x as number) <= 0.5);
    expect(best.filter(({ config }) => config.x >= 0)).toHaveLength(positive.length);
  });

  it("runs as many at once as there are workers, within the time limit", async () => {
    const clock = virtualClock(turn);
    const ended: Trial[] = [];
    const study = createStudy({ space: line });
    const work = study.optimize(
      async ({ config, trial, signal }) => {
        await clock.sleep(trial === 2 ? 60_000 : 1000);
        return signal.aborted ? NaN : config.x;
      },
      { trials: 8, workers: 4, timeoutSeconds: 5, clock, onTrial: (trial) => ended.push(trial) },
    );
    await clock.run(work);
    expect(clock.nowMs()).toBe(5000);
    expect(ended.map((trial) => trial.status).sort()).toEqual(["failed", ...Array(7).fill("finished")]);
    expect(study.core.history.trials[2]!.status).toBe("failed");
  });

  it("counts earlier trials, and continues where it was", async () => {
    const one = createStudy({ space: line });
    await one.optimize(({ config }) => config.x, { trials: 5 });
    await one.optimize(({ config }) => config.x, { trials: 12 });
    const other = createStudy({ space: line });
    await other.optimize(({ config }) => config.x, { trials: 12 });
    expect(one.core.history.trials).toEqual(other.core.history.trials);
  });

  it("hands on fidelities, checkpoints and intermediate results", async () => {
    const seen: unknown[] = [];
    const fidelity = { unit: "epoch", min: 1, max: 9, whole: true };
    const study = createStudy({ space: line, goal: "maximize", fidelity, strategy: "random" });
    const best = await study.optimize(
      ({ until, from, trial, measure }) => {
        seen.push([trial, until, from, measure(0.5, 3), measure({ value: 0.7 }, 6)]);
        return { value: 0.9, costSeconds: 4 };
      },
      { trials: 1 },
    );
    expect(seen).toEqual([[0, 9, null, true, true]]);
    expect(study.core.history.trials[0]!.curve.map((one) => [one.fidelity, one.values[0], one.costSeconds])).toEqual([
      [3, 0.5, 0],
      [6, 0.7, 0],
      [9, 0.9, 4],
    ]);
    expect(best.value).toBe(0.9);
  });

  it("ends early by the signal, with the best so far", async () => {
    const controller = new AbortController();
    const study = createStudy({ space: line });
    const best = await study.optimize(
      ({ trial }) => {
        if (trial === 4) controller.abort();
        return 10 - trial;
      },
      { trials: 100, signal: controller.signal },
    );
    expect([best.trial, best.value, study.core.history.trials.length]).toEqual([3, 7, 5]);
  });

  it("never calls an infeasible or failed trial the best, whatever its value", async () => {
    const study = createStudy({ space: line });
    const best = await study.optimize(
      ({ trial }) => {
        if (trial % 3 === 0) return { infeasible: true };
        if (trial % 3 === 1) throw new Error("no");
        return trial;
      },
      { trials: 9 },
    );
    expect(best.value).toBe(2);
  });

  it.each<readonly [string, () => Result, RegExp]>([
    [
      "what the objective threw",
      () => {
        throw new TypeError("no GPU");
      },
      /expected a feasible trial, got none in 3 trials\. Failures: no GPU \(3 trials\)\. /,
    ],
    ["what it returned", () => NaN, /Failures: numbers that are not finite \(3 trials\)\. Return finite numbers/],
    [
      "that it threw, whatever it was",
      () => {
        throw Object.create(null);
      },
      /Failures: an object \(3 trials\)/,
    ],
    ["what was wrong with its result", () => "0.5" as unknown as Result, /Failures: result of the objective: expected a number/],
  ])("rejects where nothing succeeded, and says %s", async (_name, objective, message) => {
    const error = await rejection(createStudy({ space: line }).optimize(objective, { trials: 3 }));
    expect(error).toBeInstanceOf(StateError);
    expect(error).toMatchObject({ code: "nothingSucceeded" });
    expect(error.message).toMatch(message);
  });

  it("rejects where it was aborted before anything succeeded, and says so", async () => {
    const controller = new AbortController();
    controller.abort();
    const error = await rejection(createStudy({ space: line }).optimize(() => 1, { trials: 3, signal: controller.signal }));
    expect(error.message).toMatch(/got none in 0 trials\. Call optimize again to continue\.$/);
  });

  it("takes a result that says it is feasible", async () => {
    const feasible = { value: 3, infeasible: false } as Result;
    expect((await createStudy({ space: line }).optimize(() => feasible, { trials: 1 })).value).toBe(3);
  });

  it("refuses an objective that is not a function, and wrong options, before any trial", async () => {
    const study = createStudy({ space: line });
    const swapped = study.optimize({ trials: 3 } as never, (() => 1) as never);
    expect((await rejection(swapped)).message).toContain("expected an object with some of trials");
    const missing = study.optimize(undefined as never, { trials: 3 });
    expect((await rejection(missing)).message).toContain("objective of optimize: expected a function");
    expect(study.core.history.trials).toEqual([]);
  });

  test.each<readonly [string, unknown]>([
    ["null, as JSON writes NaN", null],
    ["nothing", undefined],
    ["text", "1"],
    ["an empty object", {}],
    ["a value that is null", { value: null }],
    ["a value that is text", { value: "0" }],
    ["values that are text", { values: ["0"] }],
    ["values that are not a list", { values: 5 }],
    ["too many values", { values: [1, 2] }],
    ["a list", [1]],
    ["true", true],
  ])("never takes %s for a number: the trial fails", async (_name, result) => {
    const study = createStudy({ space: line, goal: "maximize" });
    const best = await study.optimize(({ trial }) => (trial === 0 ? (result as Result) : -5), { trials: 2 });
    expect([best.trial, study.core.history.trials[0]!.status]).toEqual([1, "failed"]);
  });

  test.each<readonly [string, object]>([
    ["trials", {}],
    ["trials", { trials: 0 }],
    ["trials", { trials: 2.5 }],
    ["trials", { trials: Infinity }],
    ["workers", { trials: 2, workers: 0 }],
    ["timeoutSeconds", { trials: 2, timeoutSeconds: -1 }],
  ])("refuses the option %s of %o", async (name, options) => {
    const study = createStudy({ space: line });
    const error = await rejection(study.optimize(() => 1, options as { readonly trials: number }));
    expect(error).toBeInstanceOf(ConfigError);
    expect(error.message).toContain(`option ${name}`);
    expect(study.core.history.trials).toEqual([]);
  });

  it("refuses an option it does not know", async () => {
    const error = await rejection(createStudy({ space: line }).optimize(() => 1, { trials: 1, worker: 4 } as { readonly trials: number }));
    expect(error.message).toBe(
      'option of optimize: expected one of trials, workers, timeoutSeconds, maxConsecutiveFailures, clock, signal, finishSignal, onTrial, onNotice, maxSeconds, patience, noGain, minGainPerSecond, repetitions, onProgress, onEnd, got "worker". Did you mean "workers"?',
    );
  });
});

describe("a strategy", () => {
  const xs = (strategy: NonNullable<StudyOptions<typeof line>["strategy"]>): readonly number[] =>
    createStudy({ space: line, strategy })
      .ask({ want: 5 })
      .map((job) => job.config.x);

  const middle: Sampler<null> = {
    name: "middle",
    version: 1,
    can: { conditional: true, objectives: 1, constraints: true, external: true },
    init: () => null,
    suggest: () => ({ config: { x: 0 } }),
    tell: () => {},
  };

  it("is the one that chooses among the others, unless said otherwise", () => {
    expect(createStudy({ space: line }).core.strategy.name).toBe("auto");
  });

  it("is given by name, by name and options, or as a value", () => {
    expect(xs("random")).not.toEqual(xs("halton"));
    expect(xs({ name: "grid", options: { resolution: 5 } })).toHaveLength(5);
    expect([...xs({ name: "grid", options: { resolution: 5 } })].sort((a, b) => a - b)).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(xs({ name: "grid", options: {} })).toEqual(xs("grid"));
    expect(xs({ name: "grid" })).toEqual(xs("grid"));
    expect(xs(compose(complete, middle))).toEqual([0, 0, 0, 0, 0]);
  });

  it("of an unknown name or option is refused with what may be meant", () => {
    expect(() => xs("sobool")).toThrow('Did you mean "sobol"?');
    expect(() => xs({ name: "grid", options: { resolutoin: 5 } })).toThrow('Did you mean "resolution"?');
  });

  it("that does not suit the problem is refused", () => {
    const objectives = ["a", "b"].map((name) => ({ name, goal: "minimize" as const }));
    expect(() => createStudy({ space: line, objectives, strategy: "coarseToFine" })).toThrow("at most 1 objective, got 2");
  });
});

describe("createStudy", () => {
  it("infers the configuration from the space", () => {
    const study = createStudy({ space: shape });
    type C = { readonly rate: number; readonly layers: number; readonly optimiser: "sgd" | "adam"; readonly momentum?: number };
    expectTypeOf<ReturnType<typeof study.ask>[number]["config"]["optimiser"]>().toEqualTypeOf<"sgd" | "adam">();
    expectTypeOf<ReturnType<typeof study.ask>[number]["config"]["momentum"]>().toEqualTypeOf<number | undefined>();
    expectTypeOf<C>().toExtend<Parameters<typeof study.enqueue>[0]>();
    // @ts-expect-error: no such option
    expect(() => study.enqueue({ rate: 0.1, layers: 1, optimiser: "lion" })).toThrow(ConfigError);
    // @ts-expect-error: layers is missing
    expect(() => study.observe({ rate: 0.1, optimiser: "adam" }, 1)).toThrow(ConfigError);
    study.enqueue({ rate: 0.1, optimiser: "adam" });
    const [job] = study.ask();
    expect(job!.config).toMatchObject({ rate: 0.1, optimiser: "adam" });
    expect(job!.config.layers).toBeGreaterThan(0);
  });

  it("refuses unknown names and unsuitable problems", () => {
    const create =
      (options: object): (() => unknown) =>
      () =>
        createStudy(options as StudyOptions<typeof line>);
    expect(create({ space: { x: real(1, 0) } })).toThrow(SpaceError);
    expect(create({})).toThrow(SpaceError);
    expect(create(undefined as never)).toThrow(ConfigError);
    expect(create({ space: line, strategy: 3 })).toThrow("expected one of random");
    expect(create({ space: line, gaol: "maximize" })).toThrow('Did you mean "goal"?');
    expect(create({ space: line, goal: "maximise" })).toThrow(ConfigError);
    expect(create({ space: line, goal: "minimize", objectives: [{ name: "a", goal: "minimize" }] })).toThrow(
      "expected goal or objectives, got both",
    );
    expect(create({ space: line, objectives: [] })).toThrow(ConfigError);
    expect(create({ space: line, seed: NaN })).toThrow(ConfigError);
    expect(create({ space: line, fidelity: { unit: "epoch", min: 9, max: 1, whole: true } })).toThrow(ConfigError);
  });

  it("gives the same study for the same seed, 0 by default, and another for another", () => {
    const xs = (seed?: string | number): string =>
      createStudy({ space: line, strategy: "random", ...(seed === undefined ? {} : { seed }) })
        .ask({ want: 5 })
        .map((job) => job.config.x)
        .join();
    expect(xs()).toBe(xs(0));
    expect(new Set([xs(0), xs(1), xs("0"), xs("")]).size).toBe(4);
  });
});

describe("the log of a study", () => {
  const options = { space: shape, seed: "log", strategy: { name: "coarseToFine", options: { trials: 30 } } };
  const objective = ({
    config,
    trial,
  }: {
    readonly config: { readonly rate: number; readonly layers: number };
    readonly trial: number;
  }): number => {
    if (trial % 7 === 3) throw new Error("no");
    return Math.abs(config.rate - 0.01) + config.layers;
  };

  it("gives the study again, which continues as if it had never ended", async () => {
    const events: Event[] = [];
    await createStudy({ ...options, onEvent: (event) => events.push(event) }).optimize(objective, { trials: 30 });
    for (const length of [0, 1, 2, 15, 40, events.length]) {
      const log = events.slice(0, length);
      const study = createStudy({ ...options, events: log.slice(), onEvent: (event) => log.push(event) });
      await study.optimize(objective, { trials: 30 });
      expect(log).toEqual(events);
    }
  });

  it("is refused where it is another study's", async () => {
    const events: Event[] = [];
    await createStudy({ ...options, onEvent: (event) => events.push(event) }).optimize(objective, { trials: 10 });
    expect(() => createStudy({ ...options, seed: "other", events })).toThrow(JournalError);
    expect(() => createStudy({ ...options, strategy: "random", events })).toThrow(JournalError);
    expect(() => createStudy({ ...options, space: line, events })).toThrow(JournalError);
  });
});

describe("by hand", () => {
  it("a study is asked and told, values in the user's orientation", () => {
    const study = createStudy({ space: line, goal: "maximize", constraints: ["limit"] });
    const jobs = study.ask({ want: 3 });
    expect(jobs.map((job) => [job.id, job.trial, job.until])).toEqual([
      [0, 0, 1],
      [1, 1, 1],
      [2, 2, 1],
    ]);
    study.tell(jobs[0]!.id, { value: 5, constraints: [0], variance: 0.25, costSeconds: 2 });
    study.tell(jobs[1]!.id, { values: [7], constraints: [1] });
    study.tell(jobs[2]!.id, { value: NaN, constraints: [0] });
    expect(study.best()).toEqual([{ trial: 0, config: jobs[0]!.config, value: 5, values: [5] }]);
    const { trials } = study.core.history;
    expect(trials[0]!.curve[0]).toMatchObject({ values: [5], variance: [0.25], costSeconds: 2 });
    expect(trials.map((trial) => trial.status)).toEqual(["finished", "finished", "failed"]);
    expect(() => study.tell(jobId(9), 1)).toThrow(ProtocolError);
    expect(() => study.tell(jobs[0]!.id, 1)).toThrow("constraints: expected 1 number");
  });

  it("shows what was measured, and predicts it, as the goal has it: in trials, jobs, events and the model", async () => {
    const events: Event[] = [];
    const told: (number | undefined)[] = [];
    const study = createStudy({ space: line, goal: "maximize", strategy: "bayesopt", seed: 3, onEvent: (event) => events.push(event) });
    const height = (x: number): number => 100 - 4 * (x - 0.3) * (x - 0.3);
    const best = await study.optimize(({ config }) => height(config.x), {
      trials: 12,
      onTrial: ({ curve }) => told.push(curve.at(-1)?.values[0]),
    });
    const { trials } = study.core.history;
    expect(told).toEqual(trials.map(({ config }) => height(config.x as number)));
    expect(best.value).toBe(Math.max(...trials.map(({ curve }) => curve[0]!.values[0]!)));
    const predicted = events.flatMap((event) => (event.kind === "asked" ? event.jobs : [])).filter((job) => job.prediction !== undefined);
    expect(predicted.length).toBeGreaterThan(5);
    for (const { config, prediction } of predicted) expect(Math.abs(prediction!.mean[0]! - height(config.x as number))).toBeLessThan(1);
    expect(Math.abs(study.core.predict([best.config])!.mean[0]! - best.value)).toBeLessThan(0.1);
  });

  it("an ask is for one job by default; fidelities are told with results", () => {
    const study = createStudy({ space: line, fidelity: { unit: "epoch", min: 1, max: 3, whole: true }, strategy: "random" });
    const jobs = study.ask();
    expect(jobs).toHaveLength(1);
    for (const [value, fidelity] of [
      [3, 1],
      [2, 2],
    ] as const)
      study.tell(jobs[0]!.id, value, fidelity);
    study.tell(jobs[0]!.id, 1);
    expect(study.core.history.trials[0]!.curve.map((one) => [one.fidelity, one.values[0]])).toEqual([
      [1, 3],
      [2, 2],
      [3, 1],
    ]);
  });

  it("guesses are tried first, and results from elsewhere do not count towards the trials", async () => {
    const study = createStudy({ space: shape, goal: "maximize" });
    study.enqueue({ rate: 0.5, layers: 2, optimiser: "adam" });
    study.enqueue({ rate: 0.25, layers: 3, optimiser: "sgd", momentum: 0.5 });
    study.observe({ rate: 0.125, layers: 1, optimiser: "adam" }, 100);
    const tried: number[] = [];
    const best = await study.optimize(
      ({ config }) => {
        tried.push(config.rate);
        return config.rate;
      },
      { trials: 5, workers: 3 },
    );
    expect(tried.slice(0, 2)).toEqual([0.5, 0.25]);
    expect([tried.length, best.value, best.trial]).toEqual([5, 100, 0]);
  });

  it("may be trials at a part of the fidelity, with a curve, failed, or running until their job is told", async () => {
    const study = createStudy({ space: { x: real(0, 1) }, fidelity: { unit: "epoch", min: 1, max: 9 }, strategy: "bohb" });
    expect(study.observe({ x: 0.1 }, 0.5, 3)).toBeNull();
    study.observe({ x: 0.2 }, { value: 0.4, variance: 0.1 });
    study.observe(
      { x: 0.3 },
      {
        measurements: [
          { value: 0.7, fidelity: 1 },
          { values: [0.6], fidelity: 3 },
        ],
      },
    );
    study.observe({ x: 0.4 }, { status: "failed", reason: "timeout", error: "too slow" });
    const job = study.observe({ x: 0.5 }, { status: "running", measurements: [{ value: 0.2, fidelity: 1 }], until: 3 })!;
    expect(
      study.core.history.trials.map(({ status, curve }) => [status, curve.map(({ fidelity, values }) => [fidelity, values[0]])]),
    ).toEqual([
      ["finished", [[3, 0.5]]],
      ["finished", [[9, 0.4]]],
      [
        "finished",
        [
          [1, 0.7],
          [3, 0.6],
        ],
      ],
      ["failed", []],
      ["running", [[1, 0.2]]],
    ]);
    await study.optimize(({ config }) => config.x, { trials: 10 });
    expect(study.core.history.running.map(({ id }) => id)).toEqual([job]);
    study.tell(job, 0.1);
    expect(study.core.history.trials[4]).toMatchObject({ status: "finished", curve: [{ fidelity: 1 }, { fidelity: 3, values: [0.1] }] });
  });

  it.each<readonly [string, unknown, string]>([
    ["a result and a status", { value: 1, status: "failed" }, "a result, or a status with measurements"],
    ["a measurement without a fidelity", { measurements: [{ value: 1 }] }, "fidelity of a measurement"],
    ["a measurement that is null", { measurements: [null] }, "measurement of observed trial"],
    ["measurements that are no list", { measurements: 3 }, "a list"],
    ["a key that there is not", { state: "failed" }, "state"],
    ["nothing", null, "observed trial"],
  ])("are refused with %s", (_name, trial, says) => {
    const study = createStudy({ space: { x: real(0, 1) } });
    expect(() => study.observe({ x: 0.5 }, trial as number)).toThrow(says);
    expect(study.core.history.trials).toEqual([]);
  });

  it("nothing is best before anything has finished", () => {
    const study: Study<{ readonly x: number }> = createStudy({ space: line });
    study.ask({ want: 2 });
    expect(study.best()).toEqual([]);
  });
});
