import { compose, type Job, type Problem, type Sampler, type Strategy, type TrialId } from "@caviar-hpo/core";
import type { PausedTrial } from "@caviar-hpo/core/contract";
import { describe, expect, it } from "vitest";
import { type PointsState, uniformPoints } from "../testing/samplers.ts";
import { jobsTo, problemTo, runToEnd } from "../testing/studies.ts";
import { asha } from "./asynchronous.ts";
import { freezeThaw } from "./freezeThaw.ts";

type Choose = (paused: readonly PausedTrial[]) => TrialId | null;

/** Uniform points, with an opinion on paused trials. */
function opinionated(choose: Choose): Sampler<PointsState> {
  return { ...uniformPoints(), prefer: (_state, _context, paused) => choose(paused) };
}

/** What each job costs, and whether it began a trial. */
function costsOf(jobs: readonly Job[], { resumable }: Problem): readonly { readonly isNew: boolean; readonly cost: number }[] {
  return jobs.map(({ from, until }) => ({ isNew: until === 1, cost: until - (resumable ? (from?.fidelity ?? 0) : 0) }));
}

const none: Choose = () => null;

describe("the scheduler of freeze-thaw optimisation", () => {
  it("offers all paused trials with the rung after theirs, and continues the one that the sampler prefers", () => {
    const offered: (readonly PausedTrial[])[] = [];
    const worstFirst: Choose = (paused) => {
      offered.push(paused);
      return paused.length < 4 ? null : paused.at(-1)!.trial;
    };
    const { jobs } = runToEnd(problemTo(9), compose(freezeThaw({ rankShare: 0 }), opinionated(worstFirst)), { trials: 6 });
    expect(offered[0]).toEqual([{ trial: 0, until: 3 }]);
    expect(offered[3]).toEqual([0, 1, 2, 3].map((trial) => ({ trial, until: 3 })));
    const [, , , , fifth, sixth] = jobs;
    expect([fifth!.trial, fifth!.from?.fidelity, fifth!.until]).toEqual([3, 1, 3]);
    expect(offered[4]).toEqual([...[0, 1, 2].map((trial) => ({ trial, until: 3 })), { trial: 3, until: 9 }]);
    expect([sixth!.trial, sixth!.until]).toEqual([3, 9]);
  });

  it("does not offer trials that run, that have failed, or that are trained to the end", () => {
    const offered = new Set<TrialId>();
    const judge = (job: Job): number | "threw" => (job.trial === 1 ? "threw" : job.trial);
    const always: Choose = (paused) => {
      for (const { trial } of paused) offered.add(trial);
      return paused[0]!.trial;
    };
    const { jobs } = runToEnd(problemTo(3), compose(freezeThaw({ rankShare: 0 }), opinionated(always)), { trials: 4, judge });
    expect([...offered]).toEqual([0, 2, 3]);
    expect(jobs.map(({ trial, until }) => [trial, until])).toEqual([
      [0, 1],
      [0, 3],
      [1, 1],
      [2, 1],
      [2, 3],
      [3, 1],
      [3, 3],
    ]);
  });

  it.each([true, false])(
    "gives ranks their share of the resource, and no more than one promotion beyond it; resumable: %s",
    (resumable) => {
      for (const rankShare of [0.1, 0.25, 0.6]) {
        const problem = problemTo(81, { resumable });
        const { jobs } = runToEnd(problem, compose(freezeThaw({ rankShare }), opinionated(none)), { trials: 400 });
        let [spent, byRank] = [0, 0];
        const starts = jobs.map(({ until }) => until).lastIndexOf(1);
        for (const { isNew, cost } of costsOf(jobs.slice(0, starts), problem)) {
          if (!isNew) expect(byRank).toBeLessThan(rankShare * spent);
          if (!isNew) byRank += cost;
          spent += cost;
        }
        expect(byRank).toBeGreaterThan(0.9 * rankShare * spent);
      }
    },
  );

  it("is ASHA if ranks have the whole resource, whatever the sampler prefers", () => {
    const jobsOf = (strategy: Strategy): readonly unknown[] =>
      runToEnd(problemTo(27), strategy, { trials: 60, workers: 3 }).jobs.map(({ trial, config, until }) => [trial, config, until]);
    const model = compose(freezeThaw({ rankShare: 1 }), opinionated(none));
    expect(jobsOf(model)).toEqual(jobsOf(compose(asha(), uniformPoints())));
    expect(jobsOf(compose(freezeThaw({ rankShare: 1 }), uniformPoints()))).toEqual(jobsOf(model));
  });

  it("trains the best trial to the end by rank after the last start, also if the sampler prefers none", () => {
    const { jobs, end } = runToEnd(problemTo(27), compose(freezeThaw({ rankShare: 0, configurations: 10 }), opinionated(none)));
    expect(end).toBe("done");
    expect(jobsTo(jobs)).toEqual({ 1: 10, 3: 3, 9: 1, 27: 1 });
  });
});
