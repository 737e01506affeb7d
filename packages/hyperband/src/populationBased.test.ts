import { choice, createSpace, type Event, type FailureReason, int, type Job, real, type Study, startStudy } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { problemTo, quality, runToEnd } from "../testing/studies.ts";
import { type PopulationBasedOptions, type PopulationBasedState, populationBased } from "./populationBased.ts";

const small: PopulationBasedOptions = { population: 8, segments: 5 };

/** What has been learnt is handed on with a checkpoint. What is learnt best changes with time, so that a schedule pays. */
function learning(): { readonly judge: (job: Job, fidelity: number) => number; readonly learnt: Map<string, number> } {
  const learnt = new Map<string, number>();
  const judge = (job: Job, fidelity: number): number => {
    const start = job.from?.fidelity ?? 0;
    const before = job.from === null ? 0 : learnt.get(`${job.from.trial}@${start}`)!;
    const total = before + (fidelity - start) * (1 - Math.abs(quality(job.config) - 0.9 + 0.03 * fidelity));
    learnt.set(`${job.trial}@${fidelity}`, total);
    return 20 - total;
  };
  return { judge, learnt };
}

describe("population-based training", () => {
  it("trains a population in segments, and ends when all have come to the end", () => {
    const { jobs, study, end } = runToEnd(problemTo(20), populationBased({ ...small, quantile: 0 }), { workers: 3, pick: (turn) => turn });
    expect(end).toBe("done");
    expect([study.history.trials.length, jobs.length]).toEqual([8, 40]);
    expect(jobs.map((job) => job.until - (job.from?.fidelity ?? 0))).toEqual(jobs.map(() => 4));
  });

  it("lets the worst quarter continue from the checkpoints of the best, and no other trial", () => {
    const measured = new Map<number, number>();
    const jobs = new Map<number, Job>();
    let clones = 0;
    const onEvent = (event: Event, study: Study): void => {
      if (event.kind === "told") {
        measured.set(jobs.get(event.job)!.trial, event.measurement.values[0]!);
        return;
      }
      if (event.kind !== "asked") return;
      for (const job of event.jobs) {
        jobs.set(job.id, job);
        if (job.from === null || job.from.trial === job.trial) continue;
        clones++;
        const loser = event.directives[0]!;
        if (loser.kind !== "discard") throw new Error("a clone without a loser");
        const ranked = [...measured].sort((a, b) => a[1] - b[1]).map(([trial]) => trial);
        const cut = Math.floor(ranked.length / 4);
        expect(ranked.slice(-cut)).toContain(loser.trial);
        expect(ranked.slice(0, cut)).toContain(job.from.trial);
        expect(study.history.trials[loser.trial]!.status).toBe("discarded");
        measured.delete(loser.trial);
      }
    };
    const { end } = runToEnd(problemTo(20), populationBased(small), { judge: learning().judge, onEvent });
    expect([end, clones > 3]).toEqual(["done", true]);
  });

  it.each([
    // population, quantile, members that may take over at once
    [2, 0.25, 1],
    [3, 0.2, 1],
    [3, 0.5, 1],
    [4, 0.25, 1],
    [9, 0.25, 2],
    [1, 0.5, 0],
    [3, 0, 0],
  ])("of %d members with quantile %d, the worst %d take over once all have measured", (population, quantile, expected) => {
    const study = startStudy({ problem: problemTo(20), strategy: populationBased({ population, quantile, segments: 5 }), seed: 1 });
    for (const job of study.ask({ want: population }).jobs) study.tell(job.id, { values: [job.trial] });
    const { jobs } = study.ask({ want: population });
    expect(jobs.filter((job) => job.from?.trial !== job.trial).map((job) => job.from!.trial)).toEqual(
      Array.from({ length: expected }, () => expect.toSatisfy((trial: number) => trial < Math.max(1, expected))),
    );
  });

  it("explores from a parameter that has reached 0", () => {
    const space = createSpace({ x: real(0, 0.9) });
    const study = startStudy({
      problem: { ...problemTo(20), space },
      strategy: populationBased({ population: 4, segments: 10, resample: 0 }),
      seed: 1,
    });
    for (let member = 0; member < 4; member++) study.enqueue({ x: 0 });
    while (!study.done) for (const job of study.ask({ want: 4 }).jobs) study.tell(job.id, { values: [job.trial] });
    const explored = study.history.trials.slice(4).map(({ config }) => config.x as number);
    expect(explored.length).toBeGreaterThan(5);
    expect(explored.filter((x) => x > 0).length).toBeGreaterThan(5);
  });

  it("learns more than the same population without it", () => {
    const best = (quantile: number, seed: number): number => {
      const { judge, learnt } = learning();
      runToEnd(problemTo(20), populationBased({ population: 8, segments: 10, quantile }), { judge, seed, workers: 4 });
      return Math.max(...learnt.values());
    };
    const gains = Array.from({ length: 30 }, (_, seed) => best(0.25, seed) - best(0, seed)).sort((a, b) => a - b);
    expect(gains[15]).toBeGreaterThan(0);
    expect(gains.filter((gain) => gain > 0).length).toBeGreaterThan(20);
  });

  it.each([1, 2, 3])("begins with different members where a space has as many configurations as the population, seed %i", (seed) => {
    const problem = { ...problemTo(20), space: createSpace({ layers: int(1, 4), optimiser: choice(["sgd", "adam"]) }) };
    for (const singly of [true, false]) {
      const study = startStudy({ problem, strategy: populationBased(small), seed });
      for (let asked = 0; asked < 8; asked += singly ? 1 : 8) study.ask({ want: singly ? 1 : 8 });
      expect(new Set(study.history.trials.map(({ config }) => JSON.stringify(config))).size).toBe(8);
    }
  });

  it("replaces members that fail", () => {
    const judge = (job: Job): number | FailureReason => (job.trial < 5 ? "threw" : quality(job.config));
    const { study, end } = runToEnd(problemTo(20), populationBased(small), { judge, workers: 8 });
    expect(end).toBe("done");
    const finished = study.history.trials.filter((trial) => trial.status === "finished");
    expect(finished).toHaveLength(8);
  });

  it("starts the perturbed configuration from scratch if there are no checkpoints", () => {
    const { jobs, end } = runToEnd(problemTo(20, { resumable: false }), populationBased(small), { judge: (job) => quality(job.config) });
    expect(end).toBe("done");
    expect(jobs.every((job) => job.from === null)).toBe(true);
    expect(jobs.some((job) => job.note !== undefined && job.until > 4)).toBe(true);
  });

  it("takes queued configurations for its first members", () => {
    const study = startStudy({ problem: problemTo(20), strategy: populationBased(small), seed: 1 });
    study.enqueue({ quality: 0.125, decay: 0.5 });
    expect(study.ask({ want: 3 }).jobs.map((job) => job.config.quality === 0.125)).toEqual([true, false, false]);
  });

  it("says from whom it took over", () => {
    const { jobs } = runToEnd(problemTo(20), populationBased(small), { judge: learning().judge });
    for (const job of jobs.filter((one) => one.from !== null && one.from.trial !== one.trial)) {
      expect(job.note).toEqual({ from: job.from!.trial, at: job.from!.fidelity });
    }
  });

  it("is one evaluation a member where the problem has no fidelity", () => {
    const { jobs, end } = runToEnd(problemTo(20, { fidelity: null }), populationBased(small));
    expect([jobs.length, end]).toEqual([8, "done"]);
    const state: PopulationBasedState = populationBased().init(problemTo(20, { fidelity: null }), [1, 2, 3, 4]);
    expect([state.members.length, state.ends]).toEqual([20, [1]]);
  });

  it("lets everybody train on as they are when no new trial may start", () => {
    const study = startStudy({ problem: problemTo(20), strategy: populationBased(small), seed: 1 });
    const ask = (starts: number): readonly string[] => {
      const { jobs, then } = study.ask({ want: 20, starts });
      for (const job of jobs) study.tell(job.id, { values: [job.trial] });
      return [...jobs.map((job) => `${job.trial}@${job.until}`), then];
    };
    expect(ask(5)).toEqual(["0@4", "1@4", "2@4", "3@4", "4@4", "wait"]);
    expect(ask(0)).toEqual(["0@8", "1@8", "2@8", "3@8", "4@8", "wait"]);
    expect([ask(0), ask(0), ask(0), ask(0)].map((jobs) => jobs.length)).toEqual([6, 6, 6, 1]);
    expect(ask(3)).toEqual(["5@4", "6@4", "7@4", "wait"]);
    // The two worst of eight may take over again from the best that can still be trained. No trial at the end can.
    expect(ask(20)).toEqual(["5@8", "6@8", "7@8", "wait"]);
    expect(study.done).toBe(false);
  });
});
