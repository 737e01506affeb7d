/** Where no new trial will come, asynchronous schedulers train the best trial of each bracket to the end, as the synchronous ones do. */
import {
  bestTrials,
  compose,
  type Event,
  type FailureReason,
  type Job,
  type Scheduler,
  type Strategy,
  type Study,
  startStudy,
} from "@caviar-hpo/core";
import { runCampaign } from "@caviar-hpo/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fewPoints, uniformPoints } from "../testing/samplers.ts";
import { jobsTo, problemTo, quality, separable } from "../testing/studies.ts";
import { asha, asynchronousHyperband } from "./asynchronous.ts";
import { caviar } from "./caviar.ts";
import { hyperband } from "./hyperband.ts";
import { medianRule } from "./medianRule.ts";
import { type PashaState, pasha } from "./pasha.ts";
import { successiveHalving } from "./successiveHalving.ts";

type End = {
  readonly trials: number;
  readonly workers?: number;
  readonly order?: number;
  readonly judge?: (job: Job, fidelity: number) => number | FailureReason;
  readonly onEvent?: (event: Event, study: Study) => void;
};

/** A study to 81 epochs that is finished when `trials` are spent. */
function finished(strategy: Strategy, end: End): { readonly study: Study; readonly jobs: readonly Job[] } {
  const { trials, workers = 1, order = 0, judge = (job, fidelity) => separable(job.config, fidelity), onEvent } = end;
  const jobs: Job[] = [];
  const study: Study = startStudy({ problem: problemTo(81), strategy, seed: 1 }, (event) => {
    if (event.kind === "asked") jobs.push(...event.jobs);
    onEvent?.(event, study);
  });
  runCampaign(study, { workers, trials, finish: true, pick: (turn) => turn * 7919 + order, judge });
  return { study, jobs };
}

const over = (scheduler: Scheduler): Strategy => compose(scheduler, uniformPoints());

function reachedBy(study: Study): readonly number[] {
  return study.history.trials.map(({ curve }) => curve.at(-1)?.fidelity ?? 0);
}

const bestOf = ({ problem, history }: Study): { readonly reached: number; readonly value: number } => {
  const { fidelity, values } = bestTrials(problem, history)[0]!.curve.at(-1)!;
  return { reached: fidelity, value: values[0]! };
};

const toTheEnd = [
  ["asha", () => asha()],
  ["asha, stopping", () => asha({ variant: "stopping" })],
  ["asynchronousHyperband", () => asynchronousHyperband()],
  ["asynchronousHyperband, stopping", () => asynchronousHyperband({ variant: "stopping" })],
  ["medianRule", () => medianRule()],
  ["caviar", () => caviar()],
  ["successiveHalving", () => successiveHalving()],
  ["hyperband", () => hyperband()],
] as const;

describe("ten trials to 81 epochs, to the end", () => {
  it.each(toTheEnd)("%s trains the best trial to 81 epochs", (_name, create) => {
    for (const workers of [1, 3, 20]) {
      const { study } = finished(over(create()), { trials: 10, workers });
      expect(study.history.trials).toHaveLength(10);
      expect(bestOf(study).reached).toBe(81);
    }
  });

  it("asha promotes a third of each rung, and at least one: 10, 3, 1, 1 and 1 trials", () => {
    const { study, jobs } = finished(over(asha()), { trials: 10 });
    expect(jobsTo(jobs)).toEqual({ 1: 10, 3: 3, 9: 1, 27: 1, 81: 1 });
    const best = Math.min(...study.history.trials.map(({ config }) => quality(config)));
    expect(bestOf(study).value).toBe(best + 1 / 81);
  });

  it("asynchronous Hyperband trains the best of each of its brackets to the end, since brackets cannot be compared before", () => {
    const { study, jobs } = finished(over(asynchronousHyperband()), { trials: 10 });
    const firstRungs = new Map(jobs.filter(({ from }) => from === null).map(({ trial, until }) => [trial, until]));
    const ends = new Map<number, number>();
    reachedBy(study).forEach((reached, trial) => {
      const first = firstRungs.get(study.history.trials[trial]!.id)!;
      ends.set(first, Math.max(ends.get(first) ?? 0, reached));
    });
    expect([...ends.values()]).toEqual([...ends.keys()].map(() => 81));
    expect(ends.size).toBeGreaterThan(2);
  });

  it("the last promotions of different brackets run at the same time", () => {
    let most = 0;
    finished(over(asynchronousHyperband()), {
      trials: 10,
      workers: 5,
      onEvent: (event) => {
        if (event.kind === "asked" && event.finish) most = Math.max(most, event.jobs.length);
      },
    });
    expect(most).toBeGreaterThan(1);
  });

  it("without checkpoints too", () => {
    const study = startStudy({ problem: problemTo(81, { resumable: false }), strategy: over(asha()), seed: 1 });
    runCampaign(study, {
      workers: 2,
      trials: 10,
      finish: true,
      pick: (turn) => turn,
      judge: (job, fidelity) => separable(job.config, fidelity),
    });
    expect(bestOf(study).reached).toBe(81);
  });
});

describe("PASHA to the end", () => {
  it("trains the best trial to its highest rung, which is where more training would not change the choice", () => {
    const { study, jobs } = finished(over(pasha()), { trials: 2 });
    expect(jobsTo(jobs)).toEqual({ 1: 2, 3: 1 });
    expect(bestOf(study).reached).toBe(3);
  });

  it("follows the highest rung where the orders of the last promotions raise it", () => {
    // The order turns at each rung.
    const judge = (job: Job, fidelity: number): number => ([3, 27].includes(fidelity) ? -1 : 1) * quality(job.config);
    const { study } = finished(over(pasha()), { trials: 40, judge });
    const { highest } = (study.state as { readonly scheduler: PashaState }).scheduler;
    expect(highest).toBeGreaterThan(1);
    expect(bestOf(study).reached).toBe([1, 3, 9, 27, 81][highest]);
  });
});

describe("no new trial will come", () => {
  it("where all configurations have started: the study is done when the best is at the end", () => {
    const study = startStudy({ problem: problemTo(81), strategy: over(asha({ configurations: 10 })), seed: 1 });
    const judge = (job: Job, fidelity: number): number => separable(job.config, fidelity);
    expect(runCampaign(study, { workers: 3, trials: 100, pick: (turn) => turn, judge })).toBe("done");
    expect([study.history.trials.length, bestOf(study).reached]).toEqual([10, 81]);
  });

  it("where the sampler has no more points", () => {
    const study = startStudy({ problem: problemTo(81), strategy: compose(asha(), fewPoints(5)), seed: 1 });
    const judge = (job: Job, fidelity: number): number => separable(job.config, fidelity);
    expect(runCampaign(study, { workers: 3, trials: 100, pick: (turn) => turn, judge })).toBe("done");
    expect([study.history.trials.length, bestOf(study).reached]).toEqual([5, 81]);
  });

  it("but a budget that is spent may grow: without `finish`, rungs wait", () => {
    const study = startStudy({ problem: problemTo(81), strategy: over(asha()), seed: 1 });
    const judge = (job: Job, fidelity: number): number => separable(job.config, fidelity);
    runCampaign(study, { workers: 3, trials: 10, pick: (turn) => turn, judge });
    expect(Math.max(...reachedBy(study))).toBe(9);
  });
});

/** The trials that set out from each fidelity, and the results there: null for a failure on the way to it. */
type Rungs = Map<number, { readonly gone: Set<number>; readonly results: { readonly trial: number; readonly value: number | null }[] }>;

describe("every last promotion", () => {
  it("beyond the share of a rung is of its best, or the next best if that has failed, while nothing runs", () => {
    let last = 0;
    const cases = fc.record({
      trials: fc.integer({ min: 1, max: 60 }),
      workers: fc.integer({ min: 1, max: 9 }),
      order: fc.nat({ max: 1000 }),
      failing: fc.constantFrom(0, 0, 0.3, 0.7),
      eta: fc.constantFrom(2, 3, 4),
    });
    fc.assert(
      fc.property(cases, ({ trials, workers, order, failing, eta }) => {
        const rungs: Rungs = new Map();
        const at = (fidelity: number) => rungs.get(fidelity) ?? rungs.set(fidelity, { gone: new Set(), results: [] }).get(fidelity)!;
        const known = new Map<number, Job>();
        let running = 0;
        const judge = (job: Job, fidelity: number): number | FailureReason =>
          (((job.id + 1) * 7919 + order) % 100) / 100 < failing ? "threw" : Math.round(10 * separable(job.config, fidelity)) / 10;
        const onEvent = (event: Event, study: Study): void => {
          for (const job of event.kind === "asked" ? event.jobs : []) {
            known.set(job.id, job);
            if (job.from !== null) {
              const { results, gone } = at(job.from.fidelity);
              const waiting = results.filter(({ trial, value }) => value !== null && !gone.has(trial));
              waiting.sort((a, b) => a.value! - b.value! || a.trial - b.trial);
              expect(job.trial).toBe(waiting[0]!.trial);
              const { trial: one, value: least } = waiting[0]!;
              const better = results.filter(({ trial, value }) => value !== null && (value - least! || trial - one) < 0).length;
              if (better >= Math.floor(results.length / eta)) {
                last++;
                const rivals = results.filter(({ trial, value }) => value !== null && (value - least! || trial - one) < 0);
                expect([running, rivals.every(({ trial }) => study.history.trials[trial]!.status === "failed")]).toEqual([0, true]);
              }
              gone.add(job.trial);
            }
            running++;
          }
          if (event.kind !== "told" && event.kind !== "failed") return;
          running--;
          const { trial, until } = known.get(event.job)!;
          at(until).results.push({ trial, value: event.kind === "failed" ? null : event.measurement.values[0]! });
        };
        const { study } = finished(over(asha({ eta })), { trials, workers, order, judge, onEvent });
        if (failing === 0) expect(bestOf(study).reached).toBe(81);
        // Nothing is left that the rules would promote.
        expect(study.ask({ want: 5, finish: true }).jobs).toEqual([]);
      }),
      { seed: 1, numRuns: 200 },
    );
    expect(last).toBeGreaterThan(200);
  });

  it("that fails is followed by the next best of its rung: a lost worker does not leave the search without a trained model", () => {
    let failures = 0;
    const judge = (job: Job, fidelity: number): number | FailureReason => {
      if (job.until === 27 && failures === 0) {
        failures++;
        return "lost";
      }
      return separable(job.config, fidelity);
    };
    for (const trials of [10, 20]) {
      failures = 0;
      const { study, jobs } = finished(over(asha()), { trials, judge });
      expect(jobsTo(jobs)).toEqual(trials === 10 ? { 1: 10, 3: 3, 9: 2, 27: 2, 81: 1 } : { 1: 20, 3: 7, 9: 3, 27: 2, 81: 1 });
      expect(bestOf(study).reached).toBe(81);
    }
  });

  it("is not made after three failures in a rung: where all training beyond 9 epochs fails, not all trials train that far", () => {
    const judge = (job: Job, fidelity: number): number | FailureReason => (job.until > 9 ? "threw" : separable(job.config, fidelity));
    expect(jobsTo(finished(over(asha()), { trials: 10, judge }).jobs)).toEqual({ 1: 10, 3: 3, 9: 3, 27: 3 });
    expect(jobsTo(finished(over(asha()), { trials: 40, judge }).jobs)).toEqual({ 1: 40, 3: 13, 9: 5, 27: 3 });
  });
});

describe("a study that was finished and then has a larger budget", () => {
  it("promotes by shares again, and nothing twice", () => {
    const study = startStudy({ problem: problemTo(9), strategy: over(asha()), seed: 1 });
    const ask = (options: { readonly starts: number; readonly finish?: true }): string => {
      const { jobs } = study.ask({ want: 20, ...options });
      for (const job of jobs) study.tell(job.id, { values: [-job.trial] });
      return jobs.map((job) => `${job.trial}@${job.until}`).join(" ");
    };
    expect(ask({ starts: 2 })).toBe("0@1 1@1");
    expect([
      ask({ starts: 0 }),
      ask({ starts: 0, finish: true }),
      ask({ starts: 0, finish: true }),
      ask({ starts: 0, finish: true }),
    ]).toEqual(["", "1@3", "1@9", ""]);
    // Trial 2 is the best of three, and has the one place that three results give; trial 1 has gone already.
    expect([ask({ starts: 1 }), ask({ starts: 0 })]).toEqual(["2@1", "2@3"]);
    expect([ask({ starts: 3 }), ask({ starts: 0 }), ask({ starts: 0 })]).toEqual(["3@1 4@1 5@1", "5@3 4@3", "5@9"]);
    expect(study.done).toBe(false);
  });

  it("trains the best to the end again, if that is another trial now", () => {
    const study = startStudy({ problem: problemTo(81), strategy: over(asha()), seed: 1 });
    const judge = ({ trial }: Job): number => [5, 9, 9, 9, 9, 1][trial] ?? 9;
    const finish = (trials: number): readonly number[] => {
      runCampaign(study, { workers: 1, trials, finish: true, pick: () => 0, judge });
      return reachedBy(study);
    };
    expect(finish(5)).toEqual([81, 1, 1, 1, 1]);
    expect(finish(6)).toEqual([81, 1, 1, 1, 1, 81]);
    expect(finish(7)[6]).toBeLessThan(81);
  });
});
