import {
  ConfigError,
  compose,
  drive,
  type FailureReason,
  type Job,
  type Strategy,
  type Study,
  startStudy,
  type TrialId,
} from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { fewPoints, uniformPoints } from "../testing/samplers.ts";
import { jobsTo, permutations, problemTo, runToEnd, separable } from "../testing/studies.ts";
import { type Bracket, bracketTable, type Convention } from "./brackets.ts";
import { type HyperbandOptions, hyperband } from "./hyperband.ts";
import { successiveHalving } from "./successiveHalving.ts";

const over = (options: HyperbandOptions = {}): Strategy => compose(hyperband({ iterations: 1, ...options }), uniformPoints());
const nine = problemTo(27, { min: 3 });

function tableOf(convention: Convention): readonly Bracket[] {
  return bracketTable({ unit: "epoch", min: 1, max: 81, whole: true }, { convention }).brackets;
}

/** Epochs trained, all jobs together. */
function epochs(jobs: readonly Job[]): number {
  return jobs.reduce((sum, job) => sum + job.until - (job.from?.fidelity ?? 0), 0);
}

describe("Hyperband to 81 epochs", () => {
  it("trains 1,581 epochs in 206 evaluations of 143 trials where checkpoints are resumed", () => {
    const { study, jobs, end } = runToEnd(problemTo(81), over());
    expect([study.history.trials.length, jobs.length, epochs(jobs), end]).toEqual([143, 206, 1581, "done"]);
  });

  it("trains 1,902 epochs where each evaluation begins from scratch", () => {
    const { study, jobs } = runToEnd(problemTo(81, { resumable: false }), over());
    expect([study.history.trials.length, jobs.length, epochs(jobs)]).toEqual([143, 206, 1902]);
  });

  it("fills the rungs of its table", () => {
    expect(jobsTo(runToEnd(problemTo(81), over()).jobs)).toEqual({
      1: 81,
      3: 27 + 34,
      9: 9 + 11 + 15,
      27: 3 + 3 + 5 + 8,
      81: 1 + 1 + 1 + 2 + 5,
    });
  });

  it("finds the best of its boldest bracket where curves do not cross", () => {
    const { study } = runToEnd(problemTo(81), compose(successiveHalving({ iterations: 1 }), uniformPoints()));
    const best = study.history.trials.reduce((a, b) => (separable(a.config, 1) <= separable(b.config, 1) ? a : b));
    expect(study.history.trials.filter((trial) => trial.status === "finished")).toEqual([best]);
    expect(study.recommend()).toEqual(best.config);
  });

  it("continues without end, or runs the given number of iterations", () => {
    expect(runToEnd(problemTo(9), over({ iterations: 3 })).study.history.trials).toHaveLength(51);
    const endless = runToEnd(problemTo(9), over({ iterations: null }), { trials: 1000 });
    expect([endless.study.history.trials.length, endless.end]).toEqual([1000, "trials"]);
  });

  it("tells its sampler which bracket and rung a slot is in, and who is below", () => {
    const slots: string[] = [];
    const sampler = uniformPoints();
    const watching = {
      ...sampler,
      suggest: (...args: Parameters<typeof sampler.suggest>) => {
        const { bracket, rung, until, below } = args[2].slot;
        slots.push(`${bracket}.${rung} to ${until} above ${below.length}`);
        return sampler.suggest(...args);
      },
    };
    runToEnd(problemTo(9), compose(hyperband({ iterations: 2, promote: "refill" }), watching));
    const counted = [...new Set(slots)].map((slot) => `${slots.filter((one) => one === slot).length} x ${slot}`);
    expect(counted).toEqual([
      "9 x 0.0 to 1 above 0",
      "5 x 1.0 to 3 above 0",
      "3 x 2.0 to 9 above 0",
      "9 x 3.0 to 1 above 0",
      "3 x 3.1 to 3 above 3",
      "1 x 3.2 to 9 above 1",
      "5 x 4.0 to 3 above 0",
      "1 x 4.1 to 9 above 1",
      "3 x 5.0 to 9 above 0",
    ]);
  });

  it.each([true, false])("refills no rung of the first iteration, and every upper rung of the next, where resumable is %s", (resumable) => {
    const run = (options: HyperbandOptions) => runToEnd(problemTo(27, { resumable }), over(options));
    const resumed = run({ iterations: 1 });
    const refilled = run({ iterations: 2, promote: "refill" });
    const { length } = resumed.jobs;
    expect(refilled.jobs.slice(0, length)).toEqual(resumed.jobs);
    const second = refilled.jobs.slice(length);
    expect(jobsTo(second)).toEqual(jobsTo(resumed.jobs));
    expect(second.every((job) => job.from === null)).toBe(true);
    expect(new Set(second.map((job) => job.trial)).size).toBe(length);
  });

  it("gives up the checkpoints of trials that lose, and of no others", () => {
    const { study } = runToEnd(problemTo(81), over());
    const counts = (status: string): number => study.history.trials.filter((trial) => trial.status === status).length;
    expect([counts("finished"), counts("discarded"), counts("paused")]).toEqual([10, 133, 0]);
    const { study: refilled } = runToEnd(problemTo(81), over({ promote: "refill" }));
    expect(new Set(refilled.history.trials.map((trial) => trial.status))).toEqual(new Set(["finished", "discarded"]));
  });

  it("refuses a range whose first bracket no study can fill, and takes it with fewer brackets", () => {
    const wide = problemTo(1e9);
    const open = (options: HyperbandOptions) => startStudy({ problem: wide, strategy: over(options), seed: 1 });
    expect(() => open({})).toThrow(ConfigError);
    expect(() => open({})).toThrow(/at most 10000000 configurations in one bracket, got 387420489/);
    expect(open({ brackets: 5 }).ask().jobs[0]!.until).toBe(12_345_679);
  });
});

describe("failures", () => {
  const conventions = [
    ["algorithm1", 5],
    ["kerasTuner", 8],
  ] as const;

  it.each(conventions)(
    "in 40 of 100 of each first rung leave no slot empty, by %s: all %i at the top outside plain search, as enough survive",
    (convention, top) => {
      let whole = 0;
      for (let seed = 0; seed < 50; seed++) {
        const fails = (trial: number): boolean => (trial * 7919 + seed * 104729) % 1000 < 400;
        const judge = (job: Job, fidelity: number): number | FailureReason =>
          job.from === null && fails(job.trial) ? "threw" : separable(job.config, fidelity);
        const { study, jobs, end } = runToEnd(problemTo(81), over({ convention }), { seed, judge });
        expect(end).toBe("done");
        // Rung by rung, in the order in which the jobs began: what runs is the smaller of slots and survivors.
        let outside = 0;
        let survivors = 0;
        let promised = 0;
        let place = 0;
        for (const { s, rungs } of tableOf(convention)) {
          for (const [i, { configurations, fidelity }] of rungs.entries()) {
            const due = i === 0 ? configurations : Math.min(configurations, survivors);
            const rung = jobs.slice(place, place + due);
            expect(rung.map((job) => job.until)).toEqual(rung.map(() => fidelity));
            survivors = rung.filter((job) => study.history.trials[job.trial]!.curve.some((one) => one.fidelity === fidelity)).length;
            place += due;
            if (s > 0 && i === rungs.length - 1) {
              outside += survivors;
              promised += configurations;
            }
          }
        }
        expect([place, promised]).toEqual([jobs.length, top]);
        if (outside === top) whole++;
      }
      expect(whole).toBe(50);
    },
  );

  const strategies: readonly (readonly [string, () => Strategy])[] = [
    ["successive halving", () => compose(successiveHalving({ iterations: 1 }), uniformPoints())],
    ["Hyperband", () => over()],
    ["Hyperband, refilling", () => over({ promote: "refill" })],
    ["Hyperband, overlapping", () => over({ overlap: true })],
    ["Hyperband by KerasTuner's table", () => over({ convention: "kerasTuner" })],
  ];

  it.each(strategies)("in every subset of a bracket of nine: %s ends, and promotes the best of the rest", (_name, create) => {
    for (let subset = 0; subset < 512; subset++) {
      const fails = (trial: number): boolean => Math.floor(subset / 2 ** trial) % 2 === 1;
      const { study, end, jobs } = runToEnd(nine, create(), {
        workers: 9,
        pick: (turn) => turn * 5,
        judge: (job, fidelity) => (fidelity === 3 && fails(job.trial) ? "lost" : separable(job.config, fidelity)),
      });
      const sound = study.history.trials
        .slice(0, 9)
        .filter((trial) => !fails(trial.id))
        .sort((a, b) => separable(a.config, 3) - separable(b.config, 3) || a.id - b.id)
        .map((trial) => trial.id);
      const promoted = (from: number): readonly TrialId[] =>
        jobs.filter((job) => job.trial < 9 && job.from?.fidelity === from).map((job) => job.trial);
      const expected = [sound.slice(0, 3), sound.slice(0, 1)];
      if (end === "done" && same(promoted(3), expected[0]!) && same(promoted(9), expected[1]!)) continue;
      expect([subset, end, promoted(3), promoted(9)]).toEqual([subset, "done", ...expected]);
    }
  });

  it("of everything end the study, and promote no trial", () => {
    for (const [, create] of strategies) {
      const { end, jobs } = runToEnd(nine, create(), { judge: () => "threw", workers: 4 });
      expect(end).toBe("done");
      expect(jobs.every((job) => job.from === null)).toBe(true);
    }
  });

  it("of everything do not keep a refilled rung empty", () => {
    const { jobs } = runToEnd(nine, over({ iterations: 2, promote: "refill" }), { judge: () => "threw" });
    const promoting = "3 3 3 3 3 3 3 3 3 9 9 9 9 9 27 27 27";
    const refilling = "3 3 3 3 3 3 3 3 3 9 9 9 27 9 9 9 9 9 27 27 27 27";
    expect(jobs.map((job) => job.until).join(" ")).toBe(`${promoting} ${refilling}`);
  });
});

describe("the order in which results come", () => {
  it("does not matter: all 720 of the first six, over whole brackets", () => {
    for (const create of [over, () => compose(successiveHalving({ iterations: 1 }), uniformPoints()), () => over({ overlap: true })]) {
      const outcomes = new Set<string>();
      for (const order of permutations([0, 1, 2, 3, 4, 5])) {
        const strategy = create();
        const study = startStudy({ problem: nine, strategy, seed: 1 });
        const { jobs } = study.ask({ want: 6 });
        for (const place of order) study.tell(jobs[place]!.id, { values: [separable(jobs[place]!.config, 3)] });
        while (!study.done) {
          for (const job of study.ask({ want: 2 }).jobs) study.tell(job.id, { values: [separable(job.config, job.until)] });
        }
        outcomes.add(JSON.stringify(study.history.trials));
      }
      expect(outcomes.size).toBe(1);
    }
  });

  it("does not matter to overlapping brackets that run to their end, with any number of workers", () => {
    const seen = (workers: number, overlap: boolean): string => {
      const { study } = runToEnd(problemTo(27), over({ overlap }), { workers, pick: (turn) => turn * 13 });
      return JSON.stringify(study.history.trials.map(({ config, curve }) => ({ config, curve })));
    };
    const alone = seen(1, false);
    for (const workers of [1, 2, 7, 50]) expect(seen(workers, true)).toBe(alone);
    expect(seen(16, false)).toBe(alone);
  });

  it("lets overlapping brackets keep workers busy that would wait otherwise", () => {
    const most = (overlap: boolean): number => {
      return startStudy({ problem: problemTo(27), strategy: over({ overlap }), seed: 1 }).ask({ want: 40 }).jobs.length;
    };
    expect([most(false), most(true)]).toEqual([27, 40]);
  });
});

describe("a sampler that ends", () => {
  it("closes rungs with those there are, and the best of them is still trained to the end", () => {
    for (const promote of ["resume", "refill"] as const) {
      const { study, end } = runToEnd(problemTo(27), compose(hyperband({ promote }), fewPoints(11)), { workers: 3 });
      expect(end).toBe("done");
      expect(study.history.trials).toHaveLength(11);
      const best = study.history.trials.reduce((a, b) => (separable(a.config, 1) <= separable(b.config, 1) ? a : b));
      expect(study.history.trials.filter((trial) => trial.status === "finished").map((trial) => trial.id)).toEqual([best.id]);
    }
  });
});

describe("a budget of trials that is spent", () => {
  it("leaves promotions to be made, and the next bracket to be begun when it is raised", () => {
    const study = startStudy({ problem: problemTo(9), strategy: over({ iterations: null }), seed: 1 });
    const ask = (starts: number): string => {
      const { jobs, then } = study.ask({ want: 20, starts });
      for (const job of jobs) study.tell(job.id, { values: [job.trial] });
      return [...jobs.map((job) => `${job.trial}@${job.until}`), then].join(" ");
    };
    expect(ask(4)).toBe("0@1 1@1 2@1 3@1 wait");
    expect(ask(0)).toBe("wait");
    expect(ask(5)).toBe("4@1 5@1 6@1 7@1 8@1 wait");
    expect([ask(0), ask(0), ask(0)]).toEqual(["0@3 1@3 2@3 wait", "0@9 wait", "wait"]);
    expect(ask(2)).toBe("9@3 10@3 wait");
  });
});

describe("trials that are to be finished", () => {
  const worth = ({ trial, until }: Job): { readonly values: readonly number[] } => ({ values: [((trial * 7) % 10) + 1 / until] });
  const open = (options: HyperbandOptions = {}): Study =>
    startStudy({ problem: problemTo(9), strategy: compose(hyperband(options), uniformPoints()), seed: 4 });
  const reached = (study: Study): readonly (readonly number[])[] =>
    [1, 3, 9].map((fidelity) => study.history.trials.filter(({ curve }) => curve.at(-1)!.fidelity >= fidelity).map(({ id }) => id));

  it("continue out of a rung that is half full, the best first, on any number of workers", async () => {
    for (const workers of [1, 2, 7]) {
      const study = open();
      expect(await drive(study, worth, { trials: 7, workers, finish: true })).toBe("trials");
      expect(reached(study)).toEqual([[0, 1, 2, 3, 4, 5, 6], [0, 3, 6], [0]]);
    }
  });

  it("fill what the sampler would have filled, where rungs are refilled", async () => {
    for (const workers of [1, 4]) {
      const study = open({ promote: "refill" });
      await drive(study, worth, { trials: 27, workers, finish: true });
      const [first, ...upper] = reached(study).map((trials) => trials.filter((trial) => trial >= 17));
      expect([first!.length, ...upper.map((trials) => trials.length)]).toEqual([10, 3, 1]);
    }
  });

  it("leave only the checkpoint of the trial that came to the end", async () => {
    const study = open();
    await drive(study, worth, { trials: 7, finish: true });
    expect(study.history.trials.map((trial) => trial.status).sort()).toEqual([...Array(6).fill("discarded"), "finished"]);
  });

  it("take nothing from the brackets that come with a larger budget", async () => {
    for (const overlap of [false, true]) {
      const study = open({ overlap });
      for (const trials of [9, 9, 10, 14, 17, 17]) await drive(study, worth, { trials, workers: 3, finish: true });
      const starts = study.history.trials.map(({ curve }) => curve[0]!.fidelity);
      expect(starts.slice(0, 9)).toEqual(Array(9).fill(1));
      // The bracket of 5 at 3 was finished with one, plain search has its three, the next bracket of 9 at 1 was finished with one.
      expect(starts.slice(9)).toEqual([3, 9, 9, 9, 1, 3, 3, 3]);
      expect(reached(study)[2]).toEqual(expect.arrayContaining([9, 10, 11, 12]));
    }
  });
});

describe("a seed", () => {
  it("may be 0 or empty, a number or a text: each has its own points, and the same ones again", () => {
    const points = (seed: string | number): string => {
      const study = startStudy({ problem: problemTo(9), strategy: over(), seed });
      return JSON.stringify(study.ask({ want: 9 }).jobs.map((job) => job.config));
    };
    const seeds = [0, "", "0", 1];
    expect(new Set(seeds.map(points)).size).toBe(seeds.length);
    for (const seed of seeds) expect(points(seed)).toBe(points(seed));
  });
});

describe("successive halving", () => {
  it("of n configurations halves as often as leaves one for the end", () => {
    const rungs = (configurations: number, eta: number): string => {
      const { jobs } = runToEnd(problemTo(100), compose(successiveHalving({ configurations, eta, iterations: 1 }), uniformPoints()));
      const untils = jobs.map((job) => job.until);
      return [...new Set(untils)].map((until) => `${untils.filter((one) => one === until).length}@${until}`).join(" ");
    };
    expect(rungs(10, 3)).toBe("10@11 3@33 1@100");
    expect(rungs(100, 3)).toBe("100@1 33@4 11@11 3@33 1@100");
    expect(rungs(16, 2.5)).toBe("16@6 6@16 2@40 1@100");
    expect(rungs(1, 3)).toBe("1@100");
    expect(rungs(0, 4)).toBe("64@2 16@6 4@25 1@100");
  });

  it("ranks what breaks its constraints behind all that does not, by the sum of how far it does", () => {
    const study = startStudy({
      problem: { ...problemTo(9), constraints: ["memory", "latency"] },
      strategy: compose(successiveHalving({ iterations: 1 }), uniformPoints()),
      seed: 1,
    });
    const constraints = [
      [3, 0],
      [0, 2],
      [1.5, 1],
      [-1, 0],
      [0, 5],
      [9, 9],
      [0, 0],
      [4, -9],
      [2, 3],
    ];
    for (const job of study.ask({ want: 9 }).jobs)
      study.tell(job.id, { values: [job.id === 6 ? 8 : 1 / (1 + job.id)], constraints: constraints[job.id]! });
    expect(study.ask({ want: 3 }).jobs.map((job) => job.trial)).toEqual([3, 6, 1]);
  });

  it("breaks ties by age", () => {
    const { jobs } = runToEnd(problemTo(9), compose(successiveHalving({ iterations: 1 }), uniformPoints()), {
      workers: 9,
      pick: (turn) => 100 - turn,
      judge: () => 1,
    });
    expect(jobs.slice(9).map((job) => job.trial)).toEqual([0, 1, 2, 0]);
  });
});

function same(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
