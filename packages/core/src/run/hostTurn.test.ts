import { describe, expect, it } from "vitest";
import { type Script, scripted, simple, start } from "../study/scripted.fixture.ts";
import { type Study, startStudy } from "../study/study.ts";
import { type Clock, virtualClock } from "./clock.ts";
import { drive, type Evaluate } from "./drive.ts";
import { hostTurn } from "./hostTurn.ts";
import { createAbort } from "./signal.ts";

declare const setTimeout: (callback: () => void, delayMs: number) => unknown;

/** As many trials as are wanted, all at one point. */
const endless: Script = { ask: (_asks, want) => ({ proposals: Array.from({ length: want }, () => start(0.5)) }) };
const open = (): Study => startStudy({ problem: simple, strategy: scripted(endless), seed: 0 });
const synchronous: Evaluate = () => ({ values: [1] });
/** Returns a promise, but never lets go of the thread. */
const busy: Evaluate = async () => ({ values: [1] });

it("a turn of the host lets its timers fire", async () => {
  let fired = false;
  setTimeout(() => {
    fired = true;
  }, 0);
  for (let turn = 0; turn < 1_000_000 && !fired; turn++) await hostTurn();
  expect(fired).toBe(true);
});

describe.each<readonly [string, Evaluate]>([
  ["that return no promise", synchronous],
  ["whose promises settle at once", busy],
])("between evaluations %s", (_name, evaluate) => {
  it.each([1, 4])("the host gets a turn, with %i workers: its timers fire while most trials are still to come", async (workers) => {
    const study = open();
    let seen = Infinity;
    setTimeout(() => {
      seen = study.history.trials.length;
    }, 0);
    await drive(study, evaluate, { trials: 5000, workers });
    expect(seen).toBeLessThan(5000);
  });

  it("an abort by the host is heard", async () => {
    const study = open();
    const controller = createAbort();
    setTimeout(() => controller.abort(), 0);
    expect(await drive(study, evaluate, { trials: 50_000, workers: 4, signal: controller.signal })).toBe("aborted");
    expect(study.history.trials.length).toBeLessThan(50_000);
    expect(study.history.running).toEqual([]);
  });

  it("virtual time has no host to wait for: nothing changes there, and the log is the same", async () => {
    const logOf = async (clock: Clock, until: (work: Promise<unknown>) => Promise<unknown>): Promise<string> => {
      const events: unknown[] = [];
      const study = startStudy({ problem: simple, strategy: scripted(), seed: 0 }, (event) => events.push(event));
      await until(drive(study, evaluate, { trials: 30, workers: 4, clock }));
      return JSON.stringify(events);
    };
    let turns = 0;
    const time = virtualClock(async () => {
      turns++;
      for (let hop = 0; hop < 4000; hop++) await Promise.resolve();
    });
    const still: Clock = { nowMs: () => 0, after: () => () => {} };
    expect(await logOf(time, time.run)).toBe(await logOf(still, (work) => work));
    expect(turns).toBe(1);
  });
});

describe("several evaluations that block the thread are begun together, but each is timed from its own start:", () => {
  /** A clock that moves only while evaluations work. */
  const workingClock = (): Clock & { work(ms: number): void } => {
    let nowMs = 0;
    return {
      nowMs: () => nowMs,
      after: (delayMs, callback) => {
        const atMs = nowMs + delayMs;
        let cancelled = false;
        const look = (): void => {
          if (cancelled) return;
          if (nowMs >= atMs) callback();
          else setTimeout(look, 0);
        };
        setTimeout(look, 0);
        return () => {
          cancelled = true;
        };
      },
      work: (ms) => {
        nowMs += ms;
      },
    };
  };

  it("what one costs does not include the others", async () => {
    const study = open();
    const clock = workingClock();
    const evaluate: Evaluate = () => {
      clock.work(100);
      return { values: [1] };
    };
    await drive(study, evaluate, { trials: 8, workers: 4, clock });
    expect(study.history.trials.map(({ curve }) => curve[0]!.costSeconds)).toEqual(Array(8).fill(0.1));
  });

  it("a time limit does not run while another one blocks the thread", async () => {
    const study = open();
    const clock = workingClock();
    const evaluate: Evaluate = () => {
      clock.work(100);
      return { values: [1] };
    };
    await drive(study, evaluate, { trials: 8, workers: 4, clock, timeoutSeconds: 0.05 });
    expect(study.history.trials.map(({ status }) => status)).toEqual(Array(8).fill("finished"));
  });
});
