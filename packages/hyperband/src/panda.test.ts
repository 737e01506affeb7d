import { compose, createSpace, type FailureReason, int, type Job, startStudy } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { uniformPoints } from "../testing/samplers.ts";
import { problemTo, quality, runToEnd } from "../testing/studies.ts";
import { caviar } from "./caviar.ts";
import { panda } from "./panda.ts";

/** What was done, in short: a start, a clone (of which checkpoint) or a resume, and until when. */
const told = (jobs: readonly Job[]): readonly string[] =>
  jobs.map((job) => {
    if (job.from === null) return `start ${job.trial} to ${job.until}`;
    return job.from.trial === job.trial
      ? `resume ${job.trial} to ${job.until}`
      : `clone ${job.from.trial}@${job.from.fidelity} as ${job.trial} to ${job.until}`;
  });

describe("panda", () => {
  it("nudges one hyperparameter each day, and continues while it gets no worse", () => {
    const { jobs, study, end } = runToEnd(problemTo(8), panda({ segments: 4 }), { judge: (_job, fidelity) => 1 / fidelity });
    expect(end).toBe("done");
    expect(told(jobs)).toEqual(["start 0 to 2", "clone 0@2 as 1 to 4", "clone 1@4 as 2 to 6", "clone 2@6 as 3 to 8"]);
    for (const job of jobs.slice(1)) {
      const before = study.history.trials[job.from!.trial]!.config;
      expect(Object.keys(before).filter((name) => before[name] !== job.config[name])).toHaveLength(1);
    }
    expect(study.history.trials.map((trial) => trial.status)).toEqual(["discarded", "discarded", "discarded", "finished"]);
  });

  it("goes back to the last checkpoint when it got worse, and after three times trains on as it is", () => {
    const { jobs, study, end } = runToEnd(problemTo(8), panda({ segments: 4 }), {
      judge: (job, fidelity) => (fidelity === 4 && job.from?.trial !== job.trial ? 5 : fidelity === 4 ? 4 : 1 / fidelity),
    });
    expect(end).toBe("done");
    expect(told(jobs)).toEqual([
      "start 0 to 2",
      "clone 0@2 as 1 to 4",
      "clone 0@2 as 2 to 4",
      "clone 0@2 as 3 to 4",
      "resume 0 to 4",
      "clone 0@4 as 4 to 6",
      "clone 4@6 as 5 to 8",
    ]);
    expect(new Set(jobs.slice(1, 4).map((job) => JSON.stringify(job.config))).size).toBeGreaterThan(1);
    expect(study.history.trials.map((trial) => trial.status)).toEqual([
      "discarded",
      "discarded",
      "discarded",
      "discarded",
      "discarded",
      "finished",
    ]);
  });

  it("takes a failure for a day that made it worse, and continues from a copy if the kept model itself failed", () => {
    const judge = (job: Job, fidelity: number): number | FailureReason => {
      if (job.id === 0 || job.id === 2 || job.id === 4) return "threw";
      return 1 / fidelity;
    };
    const { jobs, end } = runToEnd(problemTo(8), panda({ segments: 4, patience: 1 }), { judge });
    expect(end).toBe("done");
    expect(told(jobs)).toEqual([
      "start 0 to 2",
      "start 1 to 2",
      "clone 1@2 as 2 to 4", // worse: failed
      "resume 1 to 4",
      "clone 1@4 as 3 to 6", // failed
      "resume 1 to 6",
      "clone 1@6 as 4 to 8",
    ]);
    const losing = runToEnd(problemTo(8), panda({ segments: 4, patience: 0 }), {
      judge: (job, fidelity) => (job.id === 1 ? "lost" : 1 / fidelity),
    });
    expect(told(losing.jobs)).toEqual(["start 0 to 2", "resume 0 to 4", "clone 0@2 as 1 to 4", "resume 1 to 6", "resume 1 to 8"]);
    expect(losing.jobs[2]!.config).toEqual(losing.jobs[0]!.config);
  });

  it("trains on as it is when no new trial may start", () => {
    const study = startStudy({ problem: problemTo(8), strategy: panda({ segments: 4 }), seed: 1 });
    expect(study.ask({ want: 1, starts: 0 })).toMatchObject({ jobs: [], then: "wait" });
    const jobs: Job[] = [];
    for (const starts of [1, 0, 1, 0]) {
      const [job] = study.ask({ want: 1, starts }).jobs;
      study.tell(job!.id, { values: [1] });
      jobs.push(job!);
    }
    expect(told(jobs)).toEqual(["start 0 to 2", "resume 0 to 4", "clone 0@4 as 1 to 6", "resume 1 to 8"]);
    expect(study.ask({ want: 1, starts: 0 }).then).toBe("done");
  });

  it("uses one worker, and lets the others wait", () => {
    const study = startStudy({ problem: problemTo(8), strategy: panda(), seed: 1 });
    expect(study.ask({ want: 4 })).toMatchObject({ jobs: [{ trial: 0 }], then: "wait" });
    expect(study.ask({ want: 4 })).toMatchObject({ jobs: [], then: "wait" });
  });

  it("trains from scratch if there are no checkpoints", () => {
    const { jobs } = runToEnd(problemTo(8, { resumable: false }), panda({ segments: 4 }), { judge: (_job, fidelity) => 1 / fidelity });
    expect(told(jobs)).toEqual(["start 0 to 2", "start 1 to 4", "start 2 to 6", "start 3 to 8"]);
  });

  it("trains on where nothing can be nudged", () => {
    const space = createSpace({ layers: int(1, 8) });
    const { jobs } = runToEnd({ ...problemTo(8), space }, panda({ segments: 4 }), { judge: () => 1 });
    expect(told(jobs)).toEqual(["start 0 to 2", "resume 0 to 4", "resume 0 to 6", "resume 0 to 8"]);
    const all = runToEnd({ ...problemTo(8), space }, panda({ segments: 4, explore: "all" }), { judge: () => 1 });
    // As good as before is not worse.
    expect(told(all.jobs)).toEqual(["start 0 to 2", "clone 0@2 as 1 to 4", "clone 1@4 as 2 to 6", "clone 2@6 as 3 to 8"]);
  });

  it("ends better than it would have without nudges, most often", () => {
    const last = (patience: number, seed: number): number => {
      const learnt = new Map<string, number>();
      const { study } = runToEnd(problemTo(20), panda({ patience }), {
        seed,
        judge: (job, fidelity) => {
          const before = job.from === null ? 0 : learnt.get(`${job.from.trial}@${job.from.fidelity}`)!;
          const total = before + (fidelity - (job.from?.fidelity ?? 0)) * (0.15 - Math.abs(quality(job.config) - 0.7));
          learnt.set(`${job.trial}@${fidelity}`, total);
          return -total;
        },
      });
      return study.history.trials.find((trial) => trial.status === "finished")!.curve.at(-1)!.values[0]!;
    };
    const gains = Array.from({ length: 40 }, (_, seed) => last(0, seed) - last(3, seed));
    expect(gains.filter((gain) => gain > 0).length).toBeGreaterThan(gains.filter((gain) => gain < 0).length);
  });
});

describe("caviar", () => {
  it("trains the given number of models to the end, in parallel, and keeps the best", () => {
    const study = startStudy({ problem: problemTo(8), strategy: compose(caviar({ models: 6 }), uniformPoints()), seed: 1 });
    const { jobs } = study.ask({ want: 10 });
    expect(jobs.map((job) => [job.until, job.milestones])).toEqual(jobs.map(() => [8, [8]]));
    expect(study.ask({ want: 10 })).toMatchObject({ jobs: [], then: "wait" });
    for (const [place, value] of [3, 1, 2, 1, 0].entries()) study.tell(jobs[place]!.id, { values: [value] });
    study.fail(jobs[5]!.id, "threw");
    expect(study.ask({ want: 10 }).then).toBe("done");
    const statuses = study.history.trials.map((trial) => trial.status);
    expect(statuses).toEqual(["discarded", "discarded", "discarded", "discarded", "finished", "failed"]);
    expect(study.recommend()).toEqual(jobs[4]!.config);
  });

  it("continues without end", () => {
    const { end, study } = runToEnd(problemTo(8), compose(caviar(), uniformPoints()), { trials: 100, workers: 7 });
    expect([end, study.history.trials.length]).toEqual(["trials", 100]);
  });
});
