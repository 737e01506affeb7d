import { virtualClock } from "@caviar-hpo/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStudy, type OptimizeOptions, type Progress, real } from "./index.ts";

const turn = async (): Promise<void> => {
  for (let hop = 0; hop < 60; hop++) await Promise.resolve();
};
type C = { readonly x: number };

/** The progress of a study in virtual time whose trials take 2 s each, all of it as it was when it was reported. */
async function progressOf(options: OptimizeOptions<C>, fails: (trial: number) => boolean = () => false): Promise<readonly Progress<C>[]> {
  const clock = virtualClock(turn);
  const seen: Progress<C>[] = [];
  const study = createStudy({ space: { x: real(0, 1) }, strategy: "random" });
  const work = study.optimize(
    async ({ config, trial }) => {
      await clock.sleep(2000);
      if (fails(trial)) throw new Error("no");
      return config.x;
    },
    { clock, onProgress: (progress) => seen.push({ ...progress }), maxConsecutiveFailures: null, ...options },
  );
  await clock.run(work.catch(() => null));
  return seen;
}

describe("onProgress", () => {
  it("tells of each start and each end, with the time that is left", async () => {
    const seen = await progressOf({ trials: 3 }, (trial) => trial === 1);
    expect(seen.map(({ best, ...rest }) => [...Object.values(rest), best?.trial ?? null])).toEqual([
      // trials, finished, running, failed, ended, seconds, seconds left, best
      [1, 0, 1, 0, 0, 0, null, null],
      [1, 1, 0, 0, 1, 2, 4, 0],
      [2, 1, 1, 0, 1, 2, 4, 0],
      [2, 1, 0, 1, 2, 4, 2, 0],
      [3, 1, 1, 1, 2, 4, 2, 0],
      [3, 2, 0, 1, 3, 6, 0, 2],
    ]);
  });

  it.each([
    ["maxSeconds", { maxSeconds: 5 }, [5, 3, 3, 1, 1, 0]],
    ["the shorter of the two", { maxSeconds: 5, trials: 2 }, [5, 2, 2, 0]],
    ["nothing, where only patience ends the work", { patience: { trials: 1, minGain: 2 } }, [null, null, null, null]],
  ])("the time left is that of %s", async (_name, options, left) => {
    expect((await progressOf(options)).map(({ secondsLeft }) => secondsLeft)).toEqual(left);
  });

  it("an error that it throws ends the work, and fails no trial", async () => {
    const study = createStudy({ space: { x: real(0, 1) } });
    const work = study.optimize(({ config }) => config.x, {
      trials: 5,
      onProgress: () => {
        throw new Error("no terminal");
      },
    });
    await expect(work).rejects.toThrow("no terminal");
    expect(study.core.history.trials.map(({ status }) => status)).toEqual(["running"]);
  });

  it("does not count what was observed", async () => {
    const seen: Progress<C>[] = [];
    const study = createStudy({ space: { x: real(0, 1) } });
    for (let i = 0; i < 7; i++) study.observe({ x: 0.5 }, 0.01);
    study.observe({ x: 0.5 }, { status: "failed" });
    study.observe({ x: 0.5 }, { status: "running" });
    await study.optimize(({ config }) => config.x, { trials: 2, onProgress: (progress) => seen.push({ ...progress }) });
    expect(seen.at(-1)).toMatchObject({ trials: 2, finished: 2, running: 0, failed: 0, ended: 2, secondsLeft: null });
  });

  it("its counts always add up, never say that fewer trials have ended, and end with those of the study", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("random", "asha", "hyperband", "medianRule", "populationBased"),
        fc.boolean(),
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 10 }),
        async (strategy, resumable, workers, fails) => {
          const study = createStudy({ space: { x: real(0, 1) }, fidelity: { unit: "epochs", min: 1, max: 9 }, resumable, strategy });
          const seen: Progress<C>[] = [];
          for (const trials of [8, 17]) {
            await study
              .optimize(
                async ({ config, trial, until }) => {
                  if (fails[trial % fails.length]) throw new Error("no");
                  return config.x / until;
                },
                { trials, workers, maxConsecutiveFailures: null, onProgress: (progress) => seen.push({ ...progress }) },
              )
              .catch(() => null);
          }
          for (const { trials, finished, running, failed } of seen) {
            expect(finished + running + failed).toBe(trials);
            expect(Math.min(finished, running, failed)).toBeGreaterThanOrEqual(0);
            expect(running).toBeLessThanOrEqual(workers);
          }
          const ended = seen.map((progress) => progress.ended);
          expect(ended).toEqual([...ended].sort((a, b) => a - b));
          expect(ended.at(-1)).toBe(study.core.started);
          const count = (is: (status: string) => boolean): number => study.core.history.trials.filter(({ status }) => is(status)).length;
          expect(seen.at(-1)).toMatchObject({
            trials: study.core.started,
            finished: count((status) => status !== "running" && status !== "failed"),
            failed: count((status) => status === "failed"),
            running: 0,
            best: study.best()[0] ?? null,
          });
        },
      ),
      { numRuns: 60 },
    );
  });
});
