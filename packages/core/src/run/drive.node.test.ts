/** No rejection goes unobserved, whatever evaluations do: an unhandled one ends a Node process. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { scripted, simple, start } from "../study/scripted.fixture.ts";
import { startStudy } from "../study/study.ts";
import { virtualClock } from "./clock.ts";
import { drive, type Evaluated } from "./drive.ts";
import { createAbort } from "./signal.ts";

const unobserved: unknown[] = [];
const note = (reason: unknown): void => {
  unobserved.push(reason);
};
beforeAll(() => process.on("unhandledRejection", note).on("uncaughtException", note));
afterAll(() => process.off("unhandledRejection", note).off("uncaughtException", note));

/** Node reports a rejection that is not observed before the next turn of the event loop. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

it("of an evaluation: rejecting at once, late, after its time, after the end of the loop", async () => {
  const clock = virtualClock(() => new Promise(setImmediate));
  const controller = createAbort();
  const study = startStudy({ problem: simple, strategy: scripted(), seed: 0 });
  const work = drive(
    study,
    async (job): Promise<Evaluated> => {
      if (job.id === 8) controller.abort();
      await clock.sleep([0, 5, 5000, 20_000][job.id % 4]!);
      throw new Error(`no ${job.id}`);
    },
    { workers: 3, trials: 12, timeoutSeconds: 1, clock, signal: controller.signal },
  );
  expect(await clock.run(work)).toBe("aborted");
  await clock.run(clock.sleep(60_000));
  await settled();
  expect(unobserved).toEqual([]);
});

it("of the loop: a broken strategy, a broken log, a broken listener reject this loop once, and no other", async () => {
  let written = 0;
  const fullDisk = startStudy({ problem: simple, strategy: scripted(), seed: 0 }, () => {
    written++;
    if (written > 2) throw new Error("disk full");
  });
  const badStrategy = startStudy({ problem: simple, strategy: scripted({ ask: (asks) => ({ proposals: [start(asks)] }) }), seed: 0 });
  const fine = startStudy({ problem: simple, strategy: scripted(), seed: 0 });
  const broken = (): never => {
    throw new Error("listener broken");
  };
  const works = [
    drive(fullDisk, () => Promise.reject(new Error("no")), { trials: 5, workers: 3 }),
    drive(badStrategy, () => Promise.reject(new Error("no")), { trials: 5 }),
    drive(fine, () => Promise.reject(new Error("no")), { trials: 5, workers: 3, onReport: broken }),
  ];
  const rejected = await Promise.all(works.map((work) => work.catch((error: Error) => error.message.slice(0, 19))));
  await settled();
  expect(rejected).toEqual(["disk full", 'strategy "scripted"', "listener broken"]);
  expect(unobserved).toEqual([]);
});

it("an interrupt, as by Ctrl-C, is heard between evaluations that block the thread", async () => {
  const controller = createAbort();
  const endless = scripted({ ask: (_asks, want) => ({ proposals: Array.from({ length: want }, () => start(0.5)) }) });
  const study = startStudy({ problem: simple, strategy: endless, seed: 0 });
  process.once("SIGINT", () => controller.abort());
  const how = await drive(
    study,
    (job): Evaluated => {
      if (job.id === 2) process.kill(process.pid, "SIGINT");
      return { values: [1] };
    },
    { trials: 100_000, workers: 4, signal: controller.signal },
  );
  expect(how).toBe("aborted");
});
