/** How `optimize` ends: by each of its rules, with nothing lost, and such that a later call continues as if it had not ended. */
import type { Event } from "@caviar-hpo/core";
import { type VirtualClock, virtualClock } from "@caviar-hpo/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ChosenStrategy, createStudy, type Ending, type OptimizeOptions, real } from "./index.ts";

const turn = async (): Promise<void> => {
  for (let hop = 0; hop < 60; hop++) await Promise.resolve();
};

/** A study in virtual time, whose trial i takes `seconds(i)`. */
function open(strategy: ChosenStrategy, seconds: (trial: number) => number = () => 1) {
  const clock = virtualClock(turn);
  const log: Event[] = [];
  const endings: Ending[] = [];
  const study = createStudy({
    space: { rate: real(0.01, 1, { scale: "log" }) },
    fidelity: { unit: "epochs", min: 1, max: 9 },
    resumable: true,
    seed: 5,
    strategy,
    onEvent: (event) => log.push(event),
  });
  const run = (options: OptimizeOptions): Promise<unknown> =>
    clock.run(
      study.optimize(
        async ({ config, until, trial }) => {
          await clock.sleep(1000 * seconds(trial));
          return (1 - config.rate) ** (2 * until);
        },
        { clock, onEnd: (ending) => endings.push(ending), ...options },
      ),
    );
  return { clock, study, log, endings, run };
}

/** A signal that is aborted at a time. */
function abortedAt(clock: VirtualClock, seconds: number): AbortSignal {
  const controller = new AbortController();
  clock.after(1000 * seconds, () => controller.abort());
  return controller.signal;
}

describe("the rule that ended a call, and its reason", () => {
  it.each<readonly [string, ChosenStrategy, (clock: VirtualClock) => OptimizeOptions, Ending]>([
    ["the budget", "sobol", () => ({ trials: 3 }), { rule: "trials", reason: "The budget of 3 trials is spent." }],
    ["a budget of one", "sobol", () => ({ trials: 1 }), { rule: "trials", reason: "The budget of 1 trial is spent." }],
    [
      "the strategy",
      { name: "grid", options: { resolution: 4 } },
      () => ({ trials: 30 }),
      { rule: "done", reason: "The strategy is done." },
    ],
    ["time", "sobol", () => ({ maxSeconds: 3.5 }), { rule: "seconds", reason: "The time limit of 3.5 seconds is over." }],
    ["one second", "sobol", () => ({ maxSeconds: 1 }), { rule: "seconds", reason: "The time limit of 1 second is over." }],
    [
      "patience for one",
      "sobol",
      () => ({ patience: { trials: 1, minGain: 9 } }),
      { rule: "patience", reason: "The last trial gained nothing." },
    ],
    [
      "patience",
      "sobol",
      () => ({ patience: { trials: 4, minGain: 9 } }),
      { rule: "patience", reason: "4 trials in a row gained nothing." },
    ],
    [
      "finishSignal",
      "sobol",
      (clock) => ({ trials: 9, finishSignal: abortedAt(clock, 2.5) }),
      { rule: "finished", reason: "finishSignal was aborted." },
    ],
    ["signal", "sobol", (clock) => ({ trials: 9, signal: abortedAt(clock, 2.5) }), { rule: "aborted", reason: "signal was aborted." }],
  ])("%s", async (_name, strategy, optionsOf, ending) => {
    const { clock, run, endings } = open(strategy);
    await run(optionsOf(clock));
    expect(endings).toEqual([ending]);
  });

  it.each([
    [3, "3 trials in a row failed."],
    [1, "The last trial failed."],
  ])("%d failures, before the rejection", async (maxConsecutiveFailures, reason) => {
    const endings: Ending[] = [];
    const study = createStudy({ space: { x: real(0, 1) } });
    const fail = (): never => {
      throw new Error("no data");
    };
    await expect(study.optimize(fail, { trials: 50, maxConsecutiveFailures, onEnd: (one) => endings.push(one) })).rejects.toThrow(
      `no data (${maxConsecutiveFailures} trial${maxConsecutiveFailures === 1 ? "" : "s"})`,
    );
    expect(endings).toEqual([{ rule: "failing", reason }]);
  });
});

describe("maxSeconds", () => {
  it.each([
    [1, 10.5, 11],
    [1, 10, 10],
    [3, 10.5, 33],
  ])("with %i workers and trials of 1 s, %d s start %i trials", async (workers, maxSeconds, trials) => {
    const { study, clock, run } = open("sobol");
    await run({ workers, maxSeconds });
    expect([study.core.started, study.core.history.running.length, clock.nowMs()]).toEqual([trials, 0, 1000 * Math.ceil(maxSeconds)]);
  });

  it("is measured from the call", async () => {
    const { study, run } = open("sobol");
    await run({ maxSeconds: 3 });
    await run({ maxSeconds: 3 });
    expect(study.core.started).toBe(6);
  });

  it("leaves no time limit behind that keeps the program alive", async () => {
    const { clock, run } = open("sobol");
    await run({ maxSeconds: 1e6, trials: 2 });
    expect(clock.nowMs()).toBe(2000);
  });
});

const durations = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 });
const strategies = fc.constantFrom<ChosenStrategy>("random", "sobol", "tpe", "asha", "hyperband", "medianRule");

describe("laws of stopping", () => {
  it("after finishSignal or maxSeconds no job starts, and none that runs is lost", async () => {
    await fc.assert(
      fc.asyncProperty(
        strategies,
        durations,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 200 }),
        fc.boolean(),
        async (...drawn) => {
          const [strategy, seconds, workers, at, bySignal] = drawn;
          const { clock, study, log, endings, run } = open(strategy, (trial) => seconds[trial % seconds.length]!);
          const limit = at - 0.5;
          await run({ workers, trials: 60, ...(bySignal ? { finishSignal: abortedAt(clock, limit) } : { maxSeconds: limit }) }).catch(
            () => {},
          );
          expect(log.filter(({ kind }) => kind === "failed")).toEqual([]);
          expect(study.core.history.running).toEqual([]);
          const asked = log.filter(({ kind }) => kind === "asked").map(({ atMs }) => atMs / 1000);
          if (endings[0]!.rule === "trials") return;
          expect(endings[0]!.rule).toBe(bySignal ? "finished" : "seconds");
          expect(asked.every((when) => when < limit)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("the log continues as if the call had not ended, for one worker", async () => {
    await fc.assert(
      fc.asyncProperty(
        strategies,
        fc.integer({ min: 1, max: 25 }),
        fc.constantFrom("patience", "seconds", "finished"),
        async (strategy, at, rule) => {
          const whole = open(strategy);
          await whole.run({ trials: 20 });
          const halved = open(strategy);
          const limit = {
            patience: { patience: at },
            seconds: { maxSeconds: at },
            finished: { finishSignal: abortedAt(halved.clock, at - 0.5) },
          }[rule]!;
          await halved.run({ trials: 20, ...limit });
          const first = halved.log.length;
          await halved.run({ trials: 20 });
          expect(halved.log).toEqual(whole.log);
          expect(first).toBeLessThanOrEqual(whole.log.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("patience, time and a number of trials end a study without a fidelity as a prefix of every longer one", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom("random", "sobol", "tpe"), fc.integer({ min: 1, max: 20 }), async (strategy, trials) => {
        const logOf = async (...budgets: readonly number[]): Promise<readonly Event[]> => {
          const log: Event[] = [];
          const study = createStudy({ space: { x: real(0, 1) }, strategy, onEvent: (event) => log.push(event) });
          for (const budget of budgets) await study.optimize(({ config }) => config.x, { trials: budget });
          return log;
        };
        expect(await logOf(trials, 22)).toEqual(await logOf(22));
      }),
      { numRuns: 20 },
    );
  });
});
