import { ConfigError, type Event, type Measurement } from "@caviar-hpo/core";
import { virtualClock } from "@caviar-hpo/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createStudy, type ObjectiveFunction, type OptimizeOptions, real } from "./index.ts";

const space = { x: real(0, 1) };
type C = { readonly x: number };

/** What the first trials measured. */
async function curvesOf(
  objective: ObjectiveFunction<C>,
  options: OptimizeOptions<C>,
  settings = {},
): Promise<readonly (readonly Measurement[])[]> {
  const study = createStudy({ space, ...settings });
  await study.optimize(objective, { trials: 1, maxConsecutiveFailures: null, ...options }).catch(() => null);
  return study.trials().map(({ curve }) => curve);
}

describe("repetitions", () => {
  it("report the mean, and s^2 / n", async () => {
    const seen: unknown[] = [];
    const [curve] = await curvesOf(
      ({ repetition }) => {
        seen.push(repetition);
        return [4, 1, 7, 8][repetition!]!;
      },
      { repetitions: 4 },
    );
    expect(seen).toEqual([0, 1, 2, 3]);
    // The mean is 5, the squares of the differences sum to 1 + 16 + 4 + 9 = 30.
    expect(curve).toMatchObject([{ values: [5], variance: [30 / 3 / 4] }]);
  });

  it("take stated variances before their own: their sum over n^2", async () => {
    const [curve] = await curvesOf(({ repetition }) => ({ value: repetition!, variance: [1, 2, 6][repetition!]! }), { repetitions: 3 });
    expect(curve).toMatchObject([{ values: [1], variance: [1] }]);
  });

  it("sum stated costs, and otherwise the clock measures all of them", async () => {
    const [stated] = await curvesOf(() => ({ value: 1, costSeconds: 2 }), { repetitions: 3 });
    expect(stated![0]!.costSeconds).toBe(6);
    const clock = virtualClock(() => new Promise((resolve) => setTimeout(resolve)));
    const [timed] = await clock.run(
      curvesOf(
        async () => {
          await clock.sleep(5000);
          return 1;
        },
        { repetitions: 3, clock },
      ),
    );
    expect(timed![0]!.costSeconds).toBe(15);
  });

  it.each<readonly [string, ObjectiveFunction<C>, object, number]>([
    [
      "throws",
      ({ repetition }) => {
        if (repetition === 1) throw new Error("out of memory");
        return 1;
      },
      { reason: "threw", error: "out of memory" },
      2,
    ],
    ["is infeasible", ({ repetition }) => (repetition === 1 ? { infeasible: true } : 1), { reason: "infeasible" }, 2],
    ["is not finite", ({ repetition }) => (repetition === 1 ? NaN : 1), { reason: "nonfinite" }, 2],
    ["has a wrong number of values", ({ repetition }) => (repetition === 1 ? { values: [1, 2] } : 1), { reason: "threw" }, 2],
    ["is no result", ({ repetition }) => (repetition === 1 ? ("1" as never) : 1), { reason: "threw" }, 2],
  ])("fail with the first that %s, and the others do not run", async (_name, objective, failure, calls) => {
    const study = createStudy({ space });
    let called = 0;
    const counting: ObjectiveFunction<C> = (assignment) => {
      called++;
      return objective(assignment);
    };
    await expect(study.optimize(counting, { trials: 1, repetitions: 4 })).rejects.toThrow();
    expect(study.trials()[0]).toMatchObject({ status: "failed", curve: [], failure });
    expect(called).toBe(calls);
  });

  it("report a fidelity once all of them have measured it", async () => {
    const said: unknown[] = [];
    const [curve] = await curvesOf(
      ({ repetition, measure, until }) => {
        for (const fidelity of [1, 2, 3]) if (fidelity !== 2 || repetition !== 0) said.push(measure(fidelity + 10 * repetition!, fidelity));
        return until + 10 * repetition!;
      },
      { repetitions: 2 },
      { fidelity: { unit: "epochs", min: 1, max: 9 }, strategy: "random" },
    );
    expect(curve!.map(({ fidelity, values }) => [fidelity, values[0]])).toEqual([
      [1, 6],
      [3, 8],
      [9, 14],
    ]);
    expect(said).toEqual([true, true, true, true, true]);
  });

  it("stop with their job", async () => {
    let calls = 0;
    const study = createStudy({ space, fidelity: { unit: "epochs", min: 1, max: 9 }, strategy: "medianRule" });
    await study.optimize(
      ({ trial, measure, until }) => {
        calls++;
        for (let epoch = 1; epoch < until; epoch++) if (!measure(trial, epoch)) return trial;
        return trial;
      },
      { trials: 20, repetitions: 3 },
    );
    expect(study.trials().some(({ status }) => status === "stopped")).toBe(true);
    expect(calls).toBe(60);
  });

  it("are refused where checkpoints would be shared", async () => {
    const study = createStudy({ space, resumable: true });
    const refused = await study.optimize(() => 1, { trials: 1, repetitions: 2 }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ConfigError);
    expect(refused).toMatchObject({ remedy: expect.stringContaining("a checkpoint belongs to one repetition") });
    await expect(study.optimize(() => 1, { trials: 1, repetitions: 1 })).resolves.toMatchObject({ value: 1 });
  });

  it("equal values have their own mean and the variance 0, and no sum overflows", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: 2, max: 9 }),
        async (value, other, repetitions) => {
          const [same] = await curvesOf(() => value, { repetitions });
          expect(same).toMatchObject([{ values: [value + 0], variance: [0] }]);
          const [mixed] = await curvesOf(({ repetition }) => (repetition === 0 ? value : other), { repetitions });
          const [mean] = mixed![0]!.values;
          const slack = 1e-15 * Math.max(Math.abs(value), Math.abs(other)) + repetitions * Number.MIN_VALUE;
          expect(mean).toBeGreaterThanOrEqual(Math.min(value, other) - slack);
          expect(mean).toBeLessThanOrEqual(Math.max(value, other) + slack);
        },
      ),
    );
  });

  it("leave a log that continues after an interruption as if there had been none", async () => {
    const run = async (events: readonly Event[]): Promise<readonly Event[]> => {
      const log = [...events];
      const study = createStudy({ space, strategy: "tpe", events, onEvent: (event) => log.push(event) });
      await study.optimize(({ config, repetition }) => config.x + repetition!, { trials: 15, repetitions: 3 });
      return log;
    };
    const undisturbed = await run([]);
    for (let cut = 1; cut < undisturbed.length; cut += 3) expect(await run(undisturbed.slice(0, cut))).toEqual(undisturbed);
  });
});
