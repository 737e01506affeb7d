import {
  compose,
  type Event,
  type FailureReason,
  type Job,
  type Problem,
  permutation,
  root,
  type Strategy,
  type Study,
  startStudy,
  stream,
  type TrialId,
} from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { fewPoints, uniformPoints } from "../testing/samplers.ts";
import { jobsTo, problemTo, quality, runToEnd, separable } from "../testing/studies.ts";
import { type AshaOptions, asha, asynchronousHyperband } from "./asynchronous.ts";

const over = (options: AshaOptions = {}): Strategy => compose(asha(options), uniformPoints());

/** How many trials set out for each of six rungs, lowest first. */
const rungSizes = (jobs: readonly Job[]): readonly number[] => [1, 3, 9, 27, 81, 243].map((rung) => jobsTo(jobs)[rung] ?? 0);

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

/** Workers report in an order drawn at random. */
const drawn = (seed: number): ((turn: number, count: number) => number) => {
  const source = stream(root(seed));
  return (_turn, count) => source.integer(Math.max(1, count));
};

describe("ASHA by promotion of 729 configurations", () => {
  it("promotes exactly 243, 81, 27, 9 and 3 where each rung is complete before the next begins, in any order of arrival", () => {
    for (let seed = 0; seed < 20; seed++) {
      const study = startStudy({ problem: problemTo(243), strategy: over({ configurations: 729 }), seed });
      const rounds: number[] = [];
      while (!study.done) {
        const { jobs } = study.ask({ want: 1000 });
        if (jobs.length > 0) rounds.push(jobs.length);
        for (const place of permutation(stream(root(seed)), jobs.length)) {
          const { id, config } = jobs[place]!;
          study.tell(id, { values: [quality(config)] });
        }
      }
      expect(rounds).toEqual([729, 243, 81, 27, 9, 3]);
    }
  });

  it("promotes few more where results arrive one by one: over 200 orders the medians are at most 267, 102, 39, 16 and 7", () => {
    const sizes = Array.from({ length: 200 }, (_, seed) => rungSizes(interleaved(seed, [1, 3, 10, 50][seed % 4]!)));
    const medians = [0, 1, 2, 3, 4, 5].map((rung) => median(sizes.map((one) => one[rung]!)));
    for (const [rung, most] of [729, 267, 102, 39, 16, 7].entries()) expect(medians[rung]).toBeLessThanOrEqual(most);
    for (const [rung, least] of [729, 243, 81, 27, 9, 3].entries()) expect(medians[rung]).toBeGreaterThanOrEqual(least);
  });
});

/** The jobs of a study whose workers report in an order drawn at random. */
function interleaved(seed: number, workers: number): readonly Job[] {
  const study = startStudy({ problem: problemTo(243), strategy: over({ configurations: 729 }), seed });
  const source = stream(root(seed));
  const all: Job[] = [];
  const running: Job[] = [];
  while (!study.done) {
    const { jobs } = study.ask({ want: Math.max(1, workers - running.length) });
    all.push(...jobs);
    running.push(...jobs);
    const [job] = running.splice(source.integer(Math.max(1, running.length)), 1);
    if (job !== undefined) study.tell(job.id, { values: [quality(job.config)] });
  }
  return all;
}

/** Where a study stands, found by going through its log: the results at each fidelity, failures as null, and who set out from there. */
type Standings = Map<number, { readonly results: { trial: TrialId; value: number | null }[]; readonly gone: Set<TrialId> }>;

/** Plays a study and hands over each promotion with the results of the rung that it is from. */
function watchPromotions(
  problem: Problem,
  strategy: Strategy,
  options: {
    readonly seed: number;
    readonly workers: number;
    readonly trials: number;
    readonly judge?: (job: Job, fidelity: number) => number | FailureReason;
  },
  onPromotion: (trial: TrialId, rung: { results: readonly { trial: TrialId; value: number | null }[]; gone: ReadonlySet<TrialId> }) => void,
): { readonly study: Study; readonly end: string; readonly jobs: readonly Job[] } {
  const rungs: Standings = new Map();
  const at = (fidelity: number) => {
    if (!rungs.has(fidelity)) rungs.set(fidelity, { results: [], gone: new Set() });
    return rungs.get(fidelity)!;
  };
  const jobs = new Map<number, Job>();
  const onEvent = (event: Event): void => {
    if (event.kind === "asked") {
      for (const job of event.jobs) {
        jobs.set(job.id, job);
        if (job.from === null) continue;
        const rung = at(job.from.fidelity);
        onPromotion(job.trial, rung);
        rung.gone.add(job.trial);
      }
    }
    if (event.kind === "told" && event.last)
      at(event.measurement.fidelity).results.push({ trial: jobs.get(event.job)!.trial, value: event.measurement.values[0]! });
    if (event.kind === "failed") at(jobs.get(event.job)!.until).results.push({ trial: jobs.get(event.job)!.trial, value: null });
  };
  return runToEnd(problem, strategy, { ...options, pick: drawn(options.seed), onEvent });
}

describe("every promotion", () => {
  it.each([
    [2, 0],
    [3, 0.3],
    [2.5, 0.1],
    [4, 0.6],
  ])("is of the best that has not gone yet, in the top floor(n / eta) of its rung (eta %d, a share of %d failing)", (eta, failing) => {
    let promotions = 0;
    for (let seed = 0; seed < 8; seed++) {
      const dice = stream(root(`failures ${seed}`));
      const { end } = watchPromotions(
        problemTo(81),
        over({ eta }),
        {
          seed,
          trials: 150,
          workers: [1, 4, 20][seed % 3]!,
          judge: (job, fidelity) => (dice.uniform() < failing ? "threw" : quality(job.config) + ((job.id * 7919) % 100) / 100 / fidelity),
        },
        (trial, { results, gone }) => {
          const sorted = results
            .filter((result) => result.value !== null)
            .sort((a, b) => a.value! - b.value! || a.trial - b.trial)
            .map((result) => result.trial);
          const top = sorted.slice(0, Math.floor(results.length / eta));
          expect(trial).toBe(top.find((one) => !gone.has(one)));
          promotions++;
        },
      );
      // A budget that may grow: where no trial will come any more, rungs promote their best trial beyond their share (theEnd.test.ts).
      expect(end).toBe("trials");
    }
    expect(promotions).toBeGreaterThan(100);
  });

  it("leaves behind a share that tends to 1 / eta", () => {
    for (const count of [90, 900, 3600]) {
      const shares = Array.from({ length: 5 }, (_, seed) => {
        const { jobs } = runToEnd(problemTo(9), over({ configurations: count }), {
          seed,
          workers: 1,
          judge: (job) => quality(job.config),
        });
        return jobsTo(jobs)[3]! / count;
      });
      for (const share of shares) {
        expect(share).toBeGreaterThanOrEqual(1 / 3);
        expect(share).toBeLessThan(1 / 3 + 2 / Math.sqrt(count));
      }
    }
  });

  it("is from the highest rung that has one, and a new trial starts only if no rung has one", () => {
    const study = startStudy({ problem: problemTo(9), strategy: over(), seed: 1 });
    const tell = (jobs: readonly Job[]): void => {
      for (const job of jobs) study.tell(job.id, { values: [job.trial] });
    };
    tell(study.ask({ want: 9 }).jobs);
    const promoted = study.ask({ want: 3 }).jobs;
    const started = study.ask({ want: 3 }).jobs;
    expect([...promoted, ...started].map((job) => `${job.trial}@${job.until}`)).toEqual(["0@3", "1@3", "2@3", "9@1", "10@1", "11@1"]);
    tell([...started, ...promoted]);
    // Trial 3 is in the top four of twelve at 1 epoch, trial 0 the best of three at 3.
    expect(study.ask({ want: 3 }).jobs.map((job) => `${job.trial}@${job.until}`)).toEqual(["0@9", "3@3", "12@1"]);
  });
});

describe("failures of asynchronous halving", () => {
  const strategies = [
    ["asha", () => over({ configurations: 9 })],
    ["asha, stopping", () => over({ configurations: 9, variant: "stopping" })],
    ["asynchronousHyperband", () => compose(asynchronousHyperband({ configurations: 9 }), uniformPoints())],
  ] as const;

  it.each(strategies)("in every subset of nine configurations: %s ends, and no failed trial continues", (_name, create) => {
    for (let subset = 0; subset < 512; subset++) {
      const fails = (trial: number): boolean => Math.floor(subset / 2 ** trial) % 2 === 1;
      const { end, study, jobs } = runToEnd(problemTo(27, { min: 3 }), create(), {
        workers: 1 + (subset % 5),
        pick: (turn) => turn * 5,
        judge: (job, fidelity) =>
          fidelity === job.milestones[0] && job.from === null && fails(job.trial) ? "lost" : separable(job.config, fidelity),
      });
      const promoted = jobs.filter((job) => job.from !== null).every((job) => !fails(job.trial));
      const failed = study.history.trials.every((trial) => (trial.status === "failed") === fails(trial.id));
      if (end === "done" && promoted && failed && study.history.trials.length === 9) continue;
      expect([subset, end, promoted, failed, study.history.trials.length]).toEqual([subset, "done", true, true, 9]);
    }
  });

  it("count as the worst results: five failures of nine leave three promotions, of whom one goes further", () => {
    const { jobs } = runToEnd(problemTo(9), over({ configurations: 9 }), {
      workers: 9,
      judge: (job) => (job.trial % 2 === 0 ? "threw" : job.trial),
    });
    expect(jobs.slice(9).map((job) => `${job.trial}@${job.until}`)).toEqual(["1@3", "3@3", "5@3", "1@9"]);
  });
});

describe("ASHA by stopping", () => {
  it("lets a trial pass a rung if it is in the top 1 / eta of those so far, the first always", () => {
    const passed: { [rung: number]: number[] } = {};
    let decisions = 0;
    const { study, end } = runToEnd(problemTo(27), over({ variant: "stopping", configurations: 200 }), {
      workers: 7,
      pick: drawn(3),
      judge: (job, fidelity) => quality(job.config) + ((job.trial * 7919) % 100) / 100 / fidelity,
      onEvent: (event) => {
        if (event.kind !== "told" || event.last) return;
        const { fidelity, values } = event.measurement;
        const results = passed[fidelity] ?? [];
        passed[fidelity] = results;
        results.push(values[0]!);
        const rank = results.filter((value) => value < values[0]!).length;
        const stays = rank < Math.max(1, Math.floor(results.length / 3));
        expect(event.directives).toEqual(stays ? [] : [{ kind: "stop", job: event.job }]);
        decisions++;
      },
    });
    expect([end, decisions > 200]).toEqual(["done", true]);
    const counts = (status: string): number => study.history.trials.filter((trial) => trial.status === status).length;
    expect(counts("stopped") + counts("finished")).toBe(200);
    expect(counts("finished")).toBeLessThan(40);
  });

  it("needs no checkpoint: every trial is one job", () => {
    const { jobs, study } = runToEnd(problemTo(27), over({ variant: "stopping", configurations: 50 }), { workers: 3 });
    expect(jobs).toHaveLength(50);
    expect(study.strategy.name).toBe("ashaStopping+uniform");
  });

  it("counts failures as results of the rung they were on the way to", () => {
    const study = startStudy({ problem: problemTo(9), strategy: over({ variant: "stopping" }), seed: 1 });
    const { jobs } = study.ask({ want: 7 });
    for (const job of jobs.slice(0, 4)) study.fail(job.id, "threw");
    expect(study.tell(jobs[4]!.id, { values: [1], fidelity: 1 }).directives).toEqual([]);
    // The second of six is in the top third; the third of seven is not.
    expect(study.tell(jobs[5]!.id, { values: [2], fidelity: 1 }).directives).toEqual([]);
    expect(study.tell(jobs[6]!.id, { values: [3], fidelity: 1 }).directives).toEqual([{ kind: "stop", job: 6 }]);
  });

  it("decides at a milestone that was not reported by the first report past it", () => {
    const study = startStudy({ problem: problemTo(27), strategy: over({ variant: "stopping" }), seed: 1 });
    const { jobs } = study.ask({ want: 3 });
    expect(study.tell(jobs[0]!.id, { values: [0], fidelity: 2 }).directives).toEqual([]);
    expect(study.tell(jobs[1]!.id, { values: [1], fidelity: 2 }).directives).toEqual([{ kind: "stop", job: 1 }]);
    expect(study.tell(jobs[0]!.id, { values: [0], fidelity: 9 }).directives).toEqual([]);
    expect(study.tell(jobs[2]!.id, { values: [2], fidelity: 27 }).directives).toEqual([]);
  });
});

describe("asynchronous Hyperband", () => {
  it("shares new trials among its brackets as Hyperband does, at any time as nearly as can be", () => {
    const counts = [0, 0, 0, 0, 0];
    const weights = [81, 34, 15, 8, 5];
    const sampler = uniformPoints();
    const strategy = compose(asynchronousHyperband({ configurations: 286 }), {
      ...sampler,
      suggest: (...args: Parameters<typeof sampler.suggest>) => {
        counts[args[2].slot.bracket]!++;
        const total = counts.reduce((sum, count) => sum + count, 0);
        weights.forEach((weight, bracket) => expect(Math.abs(counts[bracket]! - (total * weight) / 143)).toBeLessThan(1.5));
        if (total === 143) expect(counts).toEqual(weights);
        return sampler.suggest(...args);
      },
    });
    expect(runToEnd(problemTo(81), strategy, { workers: 9, pick: drawn(1) }).end).toBe("done");
    expect(counts).toEqual(weights.map((weight) => 2 * weight));
  });

  it("keeps the results of its brackets apart", () => {
    // Two brackets to 3 epochs: of five trials three begin at 1 epoch and two at 3; only the first kind can be promoted.
    const { jobs } = runToEnd(problemTo(3), compose(asynchronousHyperband({ configurations: 20 }), uniformPoints()), {
      judge: (job) => job.trial,
    });
    const starts = jobs.filter((job) => job.from === null);
    expect(jobsTo(starts)).toEqual({ 1: 12, 3: 8 });
    expect(jobs.filter((job) => job.from !== null).map((job) => job.trial)).toEqual(
      starts
        .filter((job) => job.until === 1)
        .map((job) => job.trial)
        .slice(0, 4),
    );
  });

  it("has fewer brackets where fewer are wanted", () => {
    const { jobs } = runToEnd(problemTo(81), compose(asynchronousHyperband({ brackets: 2, configurations: 50 }), uniformPoints()));
    expect(Object.keys(jobsTo(jobs))).toEqual(["27", "81"]);
  });
});

describe("a sampler that ends", () => {
  it("leaves promotions to be made, and then it is done", () => {
    const { end, jobs } = runToEnd(problemTo(27), compose(asha(), fewPoints(27)), { workers: 4, judge: (job) => quality(job.config) });
    expect(end).toBe("done");
    expect(jobsTo(jobs)[1]).toBe(27);
    expect(jobsTo(jobs)[3]).toBeGreaterThanOrEqual(9);
    expect(jobsTo(jobs)[27]).toBeGreaterThanOrEqual(1);
  });

  it("and so does a budget of trials that is spent, until it is raised", () => {
    const study = startStudy({ problem: problemTo(9), strategy: over(), seed: 1 });
    const ask = (starts: number): string => {
      const { jobs, then } = study.ask({ want: 20, starts });
      for (const job of jobs) study.tell(job.id, { values: [job.trial] });
      return [...jobs.map((job) => `${job.trial}@${job.until}`), then].join(" ");
    };
    expect(ask(9)).toBe("0@1 1@1 2@1 3@1 4@1 5@1 6@1 7@1 8@1 wait");
    expect([ask(0), ask(0), ask(0)]).toEqual(["0@3 1@3 2@3 wait", "0@9 wait", "wait"]);
    expect(ask(3)).toBe("9@1 10@1 11@1 wait");
    expect(ask(0)).toBe("3@3 wait");
  });
});
