import { compose, type FailureReason, type Job, type Strategy, startStudy, type TrialId } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { uniformPoints } from "../testing/samplers.ts";
import { jobsTo, problemTo, quality, runToEnd } from "../testing/studies.ts";
import { asha } from "./asynchronous.ts";
import { type PashaOptions, type PashaState, pasha } from "./pasha.ts";

const over = (options: PashaOptions = {}): Strategy => compose(pasha(options), uniformPoints());
const most = (jobs: readonly Job[]): number => Math.max(...jobs.map((job) => job.until));
const stateOf = (study: { readonly state: unknown }): PashaState => (study.state as { readonly scheduler: PashaState }).scheduler;

describe("PASHA", () => {
  it("stays at its first two rungs where both order trials alike, and then does what ASHA does below", () => {
    const judge = (job: Job): number => quality(job.config);
    const { jobs, end } = runToEnd(problemTo(243), over({ configurations: 100 }), { judge });
    expect([most(jobs), end]).toEqual([3, "done"]);
    const { jobs: all } = runToEnd(problemTo(243), compose(asha({ configurations: 100 }), uniformPoints()), { judge });
    expect(jobsTo(jobs)).toEqual({ 1: jobsTo(all)[1], 3: jobsTo(all)[3] });
  });

  it("adds a rung each time the highest two disagree, as far as fidelities go", () => {
    const judge = (job: Job, fidelity: number): number => (jobIndex(fidelity) % 2 === 0 ? 1 : -1) * quality(job.config);
    const { jobs, study } = runToEnd(problemTo(243), over({ configurations: 300 }), { judge });
    expect(most(jobs)).toBe(243);
    expect(stateOf(study).highest).toBe(5);
  });

  it("stays where it is once orders agree", () => {
    // Orders turn between 1 and 3, and not again.
    const judge = (job: Job, fidelity: number): number => (fidelity === 1 ? 1 : -1) * quality(job.config);
    const { jobs } = runToEnd(problemTo(243), over({ configurations: 200 }), { judge });
    expect(most(jobs)).toBe(9);
  });

  it.each([
    [3.5, 1],
    [4.5, 2],
  ])(
    "takes an exchange of places for noise if it is within the 90th percentile of the distances of pairs that criss-cross",
    (value, highest) => {
      const study = startStudy({ problem: problemTo(27, { min: 3 }), strategy: over({ configurations: 15 }), seed: 1 });
      const train = (count: number, measure: (job: Job, fidelity: number) => number, fidelities: readonly number[]): readonly TrialId[] => {
        const { jobs } = study.ask({ want: count });
        for (const job of jobs) for (const fidelity of fidelities) study.tell(job.id, { values: [measure(job, fidelity)], fidelity });
        return jobs.map((job) => job.trial);
      };
      train(12, (job) => job.id, [1, 2, 3]);
      // 0 and 1 change places at 6 epochs and back at 9; 2 and 3 never do.
      const curves: readonly (readonly number[])[] = [
        [2, 0.25],
        [1, 1],
        [10, 10],
        [20, 20],
      ];
      expect(train(4, (job, fidelity) => curves[job.trial]![fidelity === 6 ? 0 : 1]!, [6, 9])).toEqual([0, 1, 2, 3]);
      expect(stateOf(study)).toMatchObject({ distances: [0.75], epsilon: 0.75, highest: 1 });
      // One more is promoted and overtakes trial 3, which was 0.5 or 1 ahead of it.
      train(3, (job) => (job.trial === 12 ? value : 100), [1, 2, 3]);
      expect(train(1, () => 15, [6, 9])).toEqual([value === 3.5 ? 12 : 4]);
      expect(stateOf(study).highest).toBe(highest);
    },
  );

  it("interpolates the 90th percentile", () => {
    const study = startStudy({ problem: problemTo(27, { min: 3 }), strategy: over({ configurations: 12 }), seed: 1 });
    for (const job of study.ask({ want: 12 }).jobs) study.tell(job.id, { values: [job.id] });
    // All pairs change places at 6 epochs and back at 9, where they are 1, 2, 3, 4, 6 and 7 apart.
    for (const job of study.ask({ want: 4 }).jobs) {
      study.tell(job.id, { values: [-job.trial], fidelity: 6 });
      study.tell(job.id, { values: [[0, 1, 3, 7][job.trial]!] });
    }
    expect(stateOf(study)).toMatchObject({ distances: [1, 2, 3, 4, 6, 7], epsilon: 6.5, highest: 1 });
  });

  it("does not wait for trials that fail", () => {
    const judge = (job: Job): number | FailureReason => (job.id % 3 === 0 ? "threw" : quality(job.config));
    expect(runToEnd(problemTo(81), over({ configurations: 60 }), { judge, workers: 7 }).end).toBe("done");
    expect(runToEnd(problemTo(81), over({ configurations: 60 }), { judge: () => "lost", workers: 7 }).end).toBe("done");
  });
});

/** 1, 3, 9, ... are the rungs 0, 1, 2, ... */
function jobIndex(fidelity: number): number {
  return String(fidelity.toString(3)).length - 1;
}
