/** Schedulers on simulated workers: what they cost, who waits, and what stragglers and lost workers change. */
import {
  compose,
  derive,
  type Json,
  type Problem,
  type Scheduler,
  type SimulateOptions,
  type Simulation,
  type Strategy,
  type Study,
  simulate,
  startStudy,
  stream,
  type World,
} from "@caviar-hpo/core";
import { describe, expect, it, test } from "vitest";
import { composedCards, variants, wholeCards } from "../testing/cases.ts";
import { uniformPoints } from "../testing/samplers.ts";
import { problemTo, separable } from "../testing/studies.ts";
import { asha } from "./asynchronous.ts";
import { hyperband } from "./hyperband.ts";
import { successiveHalving } from "./successiveHalving.ts";

const over = <S extends Json>(scheduler: Scheduler<S>): Strategy => compose(scheduler, uniformPoints());

/** An epoch takes a second, or up to two where the configuration is slow; curves do not cross. */
const world: World = {
  seconds: (config, from, to) => (to - from) * (1 + (config.decay as number)),
  evaluate: (job, fidelity) => ({ values: [separable(job.config, fidelity)] }),
};

type Run = Simulation & { readonly study: Study };

/** Simulates, and holds the accounts to be balanced. */
function run(problem: Problem, strategy: Strategy, options: SimulateOptions, imagined: World = world): Run {
  const checkpoints = new Map<number, number>();
  const progress = new Map<number, number>();
  let wasted = 0;
  const study = startStudy({ problem, strategy, seed: 1 }, (event) => {
    for (const { id, trial, from } of event.kind === "asked" ? event.jobs : []) {
      progress.set(id, from?.fidelity ?? 0);
      if (from !== null && from.trial !== trial) checkpoints.set(trial, from.fidelity);
    }
    if (event.kind === "told") progress.set(event.job, event.measurement.fidelity);
    if (event.kind === "failed") wasted += event.fidelity - progress.get(event.job)!;
  });
  const simulation = simulate(study, imagined, options);
  const { busySeconds, idleSeconds, seconds, resource } = simulation;
  const workerSeconds = (options.workers ?? 1) * seconds;
  expect(Math.abs(busySeconds + idleSeconds - workerSeconds)).toBeLessThanOrEqual(1e-9 * workerSeconds);
  expect(resource.fresh + resource.repeated + resource.wasted).toBe(resource.total);
  if (simulation.end !== "seconds") expect(resource.wasted).toBe(wasted);
  const measured = study.history.trials.filter(({ curve }) => curve.length > 0);
  expect(resource.fresh).toBe(measured.reduce((sum, { id, curve }) => sum + curve.at(-1)!.fidelity - (checkpoints.get(id) ?? 0), 0));
  return { ...simulation, study };
}

describe("the account of Hyperband to 81 epochs", () => {
  test("where checkpoints are resumed: 1,581 fresh epochs", () => {
    const { end, jobs, resource } = run(problemTo(81), over(hyperband({ iterations: 1 })), { workers: 7 });
    expect([end, jobs, resource]).toEqual(["done", 206, { fresh: 1581, repeated: 0, wasted: 0, total: 1581 }]);
  });

  test("without checkpoints: the same, and 321 repeated", () => {
    const { jobs, resource } = run(problemTo(81, { resumable: false }), over(hyperband({ iterations: 1 })), { workers: 7 });
    expect([jobs, resource]).toEqual([206, { fresh: 1581, repeated: 321, wasted: 0, total: 1902 }]);
  });

  test("where the search ends with 143 trials because no more may start", () => {
    const { end, resource } = run(problemTo(81), over(hyperband()), { workers: 7, trials: 143 });
    expect([end, resource.total]).toEqual(["trials", 1581]);
  });
});

describe("what synchronous halving trains does not depend on", () => {
  const trialsOf = (options: SimulateOptions): unknown =>
    run(problemTo(27), over(hyperband({ iterations: 2 })), options).study.history.trials.map(({ config, status, curve }) => [
      config,
      status,
      curve.map(({ fidelity, values }) => [fidelity, values]),
    ]);

  it("how many workers there are, or on who straggles", () => {
    const alone = trialsOf({});
    for (const workers of [2, 13, 500]) expect(trialsOf({ workers, stragglerSigma: 1 })).toEqual(alone);
  });
});

describe("who waits", () => {
  const waiting = <S extends Json>(scheduler: Scheduler<S>): number => {
    const { busySeconds, idleSeconds } = run(problemTo(81), over(scheduler), { workers: 25, seconds: 2000, stragglerSigma: 0.5 });
    return idleSeconds / (busySeconds + idleSeconds);
  };

  test("without rungs no worker ever waits; rungs wait for their stragglers, and overlapping brackets use that time", () => {
    expect([waiting(asha()), waiting(asha({ variant: "stopping" }))]).toEqual([0, 0]);
    expect([waiting(hyperband({ overlap: true })), waiting(successiveHalving({ overlap: true }))]).toEqual([0, 0]);
    expect(waiting(successiveHalving())).toBeGreaterThan(0.8);
    expect(waiting(hyperband())).toBeGreaterThan(0.8);
  });
});

describe("lost workers", () => {
  it.each([...composedCards, ...wholeCards, ...variants])(
    "$name: accounts balance, and no worker waits for a job that is gone",
    ({ create }) => {
      for (const resumable of [true, false]) {
        const { study, end, resource } = run(problemTo(27, { resumable }), create(), {
          workers: 6,
          trials: 40,
          lossSeconds: 20,
          stragglerSigma: 0.5,
          timeoutSeconds: 200,
        });
        expect([study.history.running, ["done", "trials"].includes(end)]).toEqual([[], true]);
        expect(study.history.trials.some((trial) => trial.status === "failed" || trial.status === "discarded")).toBe(true);
        if (resumable) expect(resource.repeated).toBe(0);
      }
    },
  );

  it("leave every rung full while there are survivors to fill it", () => {
    const { study } = run(problemTo(81), over(hyperband({ iterations: 1 })), { workers: 20, lossSeconds: 6 });
    const first = study.history.trials.slice(0, 81);
    const reaching = (fidelity: number): number => first.filter(({ curve }) => (curve.at(-1)?.fidelity ?? 0) >= fidelity).length;
    expect(reaching(1)).toBeLessThan(75);
    expect(reaching(1)).toBeGreaterThanOrEqual(27);
    const fell = (fidelity: number): number =>
      first.filter(({ status, curve }) => status === "failed" && curve.at(-1)?.fidelity === fidelity).length;
    expect(reaching(3) + fell(1)).toBe(27);
    expect(reaching(9) + fell(3)).toBe(Math.min(9, reaching(3)));
  });

  it("do not change what others measure: noise belongs to trials, not to the order of things", () => {
    const noisy: World = {
      ...world,
      evaluate: (job, fidelity, key) => ({ values: [separable(job.config, fidelity) + stream(derive(key, fidelity)).uniform()] }),
    };
    const calm = run(problemTo(9), over(asha()), { workers: 4, trials: 60 }, noisy).study.history.trials;
    const stormy = run(problemTo(9), over(asha()), { workers: 9, trials: 60, lossSeconds: 9, stragglerSigma: 1 }, noisy).study.history
      .trials;
    let compared = 0;
    for (const { id, curve } of stormy) {
      for (const { fidelity, values } of curve) {
        const same = calm[id]!.curve.find((measurement) => measurement.fidelity === fidelity);
        if (same === undefined) continue;
        compared++;
        expect(values).toEqual(same.values);
      }
    }
    expect(compared).toBeGreaterThan(30);
  });
});
