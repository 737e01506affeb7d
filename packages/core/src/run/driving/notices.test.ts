import { expect, test } from "vitest";
import type { Notice } from "../../contract/notice.ts";
import { scripted, simple } from "../../study/scripted.fixture.ts";
import { startStudy } from "../../study/study.ts";
import { stillClock } from "../clock.ts";
import { drive } from "../drive.ts";
import { type Evaluate, isPromise } from "../evaluation.ts";
import { createAbort } from "../signal.ts";
import type { DriveOptions } from "./settings.ts";

const result = { values: [1] };
const synchronous: Evaluate = () => result;
const asynchronous: Evaluate = async () => result;

/** The notices of a new study of six trials. */
async function noticesOf(evaluate: Evaluate, options: DriveOptions): Promise<readonly Notice[]> {
  const notices: Notice[] = [];
  const study = startStudy({ problem: simple, strategy: scripted(), seed: 0 });
  await drive(study, evaluate, { ...options, trials: 6, onNotice: (notice) => notices.push(notice) });
  expect(study.history.trials).toHaveLength(6);
  return notices;
}

const limited: DriveOptions = { timeoutSeconds: 9, clock: stillClock };

test.each<readonly [string, DriveOptions, string]>([
  ["several workers", { workers: 3 }, "it returns no promise, so only one of the 3 workers can work at a time"],
  ["a time limit", limited, "it returns no promise, so timeoutSeconds (9) cannot stop it"],
  ["a signal", { signal: createAbort().signal }, "it returns no promise, so an abort waits until it returns"],
  [
    "workers and a time limit",
    { ...limited, workers: 2 },
    "it returns no promise, so only one of the 2 workers can work at a time, and timeoutSeconds (9) cannot stop it",
  ],
])("a synchronous objective that is given %s is noticed once, not once per trial", async (_name, options, message) => {
  expect(await noticesOf(synchronous, options)).toEqual([
    {
      code: "synchronousObjective",
      what: "objective",
      message,
      remedy: "Return a promise.",
    },
  ]);
});

test("a synchronous objective is not noticed where it misses nothing", async () => {
  expect(await noticesOf(synchronous, { workers: 1 })).toEqual([]);
});

test("an objective that returns a promise is not noticed, whatever the options", async () => {
  expect(await noticesOf(asynchronous, { ...limited, workers: 3, signal: createAbort().signal })).toEqual([]);
});

test("an objective that is synchronous for some trials only is noticed", async () => {
  let calls = 0;
  const mixed: Evaluate = (job, workbench) => {
    calls++;
    return (calls < 4 ? asynchronous : synchronous)(job, workbench);
  };
  expect(await noticesOf(mixed, { workers: 2 })).toHaveLength(1);
});

test("an objective that throws has returned nothing, and is not noticed", async () => {
  const throwing: Evaluate = () => {
    throw new Error("no");
  };
  expect(await noticesOf(throwing, { workers: 2 })).toEqual([]);
});

test("a notice decides nothing: the log is the same with and without a listener", async () => {
  const logOf = async (options: DriveOptions): Promise<string> => {
    const events: unknown[] = [];
    const study = startStudy({ problem: simple, strategy: scripted(), seed: 0 }, (event) => events.push(event));
    await drive(study, synchronous, { ...options, workers: 3, trials: 7 });
    return JSON.stringify(events);
  };
  expect(await logOf({ onNotice: () => {} })).toBe(await logOf({}));
});

test("the loop rejects when onNotice throws: that is no fault of the evaluation", async () => {
  const study = startStudy({ problem: simple, strategy: scripted(), seed: 0 });
  const onNotice = (): never => {
    throw new Error("listener broken");
  };
  await expect(drive(study, synchronous, { workers: 2, trials: 5, onNotice })).rejects.toThrow("listener broken");
  expect(study.history.trials.filter(({ status }) => status === "failed")).toEqual([]);
});

test.each<readonly [unknown, boolean]>([
  [Promise.resolve(1), true],
  [{ then: () => {} }, true],
  [{ then: 1 }, false],
  [result, false],
  [{ infeasible: true }, false],
  [null, false],
  [undefined, false],
  [1, false],
])("%j is a promise: %s", (value, expected) => {
  expect(isPromise(value)).toBe(expected);
});
