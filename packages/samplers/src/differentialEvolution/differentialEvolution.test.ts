import {
  type Config,
  choice,
  compose,
  createSpace,
  encode,
  type FailureReason,
  given,
  int,
  type Job,
  type Problem,
  real,
  type Sampler,
  type Scheduler,
  type Space,
  type Study,
  startStudy,
  type TrialId,
  trialId,
} from "@caviar-hpo/core";
import type { Move, Slot } from "@caviar-hpo/core/contract";
import { describe, expect, it, test } from "vitest";
import { randomSampler } from "../random.ts";
import { open, play, problemOf, report } from "../study.fixture.ts";
import { type DifferentialEvolutionState, dehbSampler, differentialEvolutionSampler } from "./differentialEvolution.ts";
import type { Population } from "./population.ts";

const cube = (dimensions: number): Space =>
  createSpace(Object.fromEntries(Array.from({ length: dimensions }, (_, index) => [`x${index}`, real(0, 1)])));
const square = cube(2);

const stateOf = (study: Study): DifferentialEvolutionState =>
  (study.state as unknown as { readonly sampler: DifferentialEvolutionState }).sampler;
const members = (study: Study, fidelity = 1): readonly TrialId[] =>
  stateOf(study)
    .populations.find((one: Population) => one.fidelity === fidelity)!
    .members.map((member) => member.trial);
const byOf = (jobs: readonly Job[]): readonly string[] => jobs.map((job) => (job.note as { readonly by: string } | undefined)?.by ?? "");

const bowl = (config: Config): number => Object.values(config).reduce((sum: number, x) => sum + ((x as number) - 0.37) ** 2, 0);
const seeds = Array.from({ length: 20 }, (_, seed) => seed);

describe("a population", () => {
  it("starts with random points, as many as it has members, and evolves from then on", () => {
    const by = byOf(play(open(square, differentialEvolutionSampler({ population: 8 })), 30, bowl));
    expect(by.map((one) => one === "start").lastIndexOf(true)).toBe(7);
    expect(by.slice(8).every((one) => one === "evolution")).toBe(true);
  });

  it("gives a seat to a child that is no worse than its target, whose turn it was", () => {
    const study = open(square, differentialEvolutionSampler({ population: 5 }));
    play(study, 5, (_config, trial) => trial);
    const values = [9, 1, 0.5, 9, 4];
    play(study, 5, (_config, trial) => values[trial - 5]!);
    study.ask();
    expect(members(study)).toEqual([0, 6, 7, 3, 9]);
  });

  it("fills the seats of failed start points with further ones, and forgets children that fail", () => {
    const study = open(square, differentialEvolutionSampler({ population: 5 }));
    const by = byOf(play(study, 20, (_config, trial) => (trial % 2 === 0 ? "threw" : trial)));
    expect(by.filter((one) => one === "start")).toHaveLength(10);
    study.ask();
    expect(members(study).every((trial) => trial % 2 === 1)).toBe(true);
    expect(members(study)).toHaveLength(5);
  });

  it("stays random where everything fails", () => {
    const by = byOf(play(open(square, differentialEvolutionSampler({ population: 5 })), 30, () => "nonfinite"));
    expect(by.every((one) => one === "start")).toBe(true);
  });

  it("keeps feasible members against infeasible children with less value, and takes less violation among infeasible ones", () => {
    const study = open(square, differentialEvolutionSampler({ population: 4 }), 1, ["limit"]);
    const told = [
      [5, -1],
      [5, 2],
      [5, 2],
      [5, -1],
      [0, 1],
      [9, 1],
      [0, 3],
      [4, 0],
    ] as const;
    for (const [value, constraint] of told) study.tell(study.ask().jobs[0]!.id, { values: [value], constraints: [constraint] });
    study.ask();
    expect(members(study)).toEqual([0, 5, 2, 7]);
  });

  it("takes results from elsewhere, queued ones as they come, and keeps the best", () => {
    const study = open(square, differentialEvolutionSampler({ population: 4 }));
    for (let index = 0; index < 6; index++) study.observe({ x0: index / 10, x1: 0.5 }, { values: [index] });
    study.enqueue({ x0: 0.9, x1: 0.9 });
    const [queued] = study.ask().jobs;
    study.tell(queued!.id, { values: [-1] });
    const [next] = study.ask().jobs;
    expect(byOf([next!])).toEqual(["evolution"]);
    expect([...members(study)].sort((a, b) => a - b)).toEqual([0, 1, 2, 6]);
  });
});

describe("asked before its generation is complete", () => {
  it("continues at random while there are not enough parents", () => {
    const { jobs } = open(square, differentialEvolutionSampler({ population: 6 })).ask({ want: 20 });
    expect(byOf(jobs).every((by) => by === "start")).toBe(true);
    expect(new Set(jobs.map((job) => job.config.x0)).size).toBe(20);
  });

  it("evolves those that have measured, and lets late ones contend", () => {
    const study = open(square, differentialEvolutionSampler({ population: 6 }));
    const { jobs } = study.ask({ want: 6 });
    for (const job of jobs.slice(0, 4)) report(study, job, 10 + job.trial);
    const second = study.ask({ want: 6 }).jobs;
    expect(byOf(second).every((by) => by === "evolution")).toBe(true);
    for (const job of jobs.slice(4)) report(study, job, 1);
    for (const job of second) report(study, job, 20);
    study.ask();
    expect([...members(study)].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("does not depend on the order in which one generation reports", () => {
    const run = (order: (jobs: readonly Job[]) => readonly Job[]): readonly Config[] => {
      const study = open(cube(3), differentialEvolutionSampler({ population: 6 }));
      for (let generation = 0; generation < 8; generation++)
        for (const job of order(study.ask({ want: 6 }).jobs)) report(study, job, bowl(job.config));
      return study.history.trials.map((trial) => trial.config);
    };
    expect(run((jobs) => [...jobs].reverse())).toEqual(run((jobs) => jobs));
  });
});

/** Closer than 1e-8 in every coordinate, and not the same. */
function isNeighbour(one: Config, other: Config): boolean {
  const distances = Object.keys(one).map((name) => Math.abs((one[name] as number) - (other[name] as number)));
  return Math.max(...distances) < 1e-8 && Math.max(...distances) > 0;
}

describe("mutation and crossover", () => {
  it("rand/1 with a tiny F and CR = 1 makes neighbours of other members", () => {
    const study = open(square, differentialEvolutionSampler({ population: 5, factor: 1e-9, crossover: 1 }));
    play(study, 5, (_config, trial) => trial);
    const starts = study.history.trials.map((trial) => trial.config);
    const [job] = study.ask().jobs;
    expect(starts.slice(1).filter((start) => isNeighbour(job!.config, start))).toHaveLength(1);
  });

  it("best/1 with a tiny F and CR = 1 makes neighbours of the best", () => {
    const study = open(square, differentialEvolutionSampler({ population: 5, factor: 1e-9, crossover: 1, mutation: "best/1" }));
    play(study, 5, (_config, trial) => (trial === 3 ? -1 : trial));
    const { jobs } = study.ask({ want: 3 });
    for (const job of jobs) expect(isNeighbour(job.config, study.history.trials[3]!.config)).toBe(true);
  });

  it("evaluates no copy of a point that was evaluated, even where F = 0 makes nothing else", () => {
    const study = open(square, differentialEvolutionSampler({ population: 5, factor: 0, crossover: 1, mutation: "best/1" }));
    play(study, 60, bowl);
    expect(new Set(study.history.trials.map(({ config }) => JSON.stringify(config))).size).toBe(60);
  });

  it.each([1, 2, 3])("evaluates no copy in 900 trials whose best lies on the bounds, where clipping makes copies, seed %i", (seed) => {
    const study = open(square, differentialEvolutionSampler(), seed);
    play(study, 900, (config) => (config.x0 as number) + (config.x1 as number));
    expect(new Set(study.history.trials.map(({ config }) => JSON.stringify(config))).size).toBe(900);
  });

  it("currentToBest/1 goes from the target towards the best", () => {
    const study = open(cube(1), differentialEvolutionSampler({ population: 5, factor: 1e-9, crossover: 1, mutation: "currentToBest/1" }));
    play(study, 5, (_config, trial) => trial);
    const [job] = study.ask().jobs;
    expect(Math.abs((job!.config.x0 as number) - (study.history.trials[0]!.config.x0 as number))).toBeLessThan(1e-8);
  });

  it("tries another child where one would be its target again", () => {
    const space = createSpace({ a: choice(["p", "q"]), b: int(0, 2) });
    const study = open(space, differentialEvolutionSampler({ population: 4 }));
    play(study, 60, (config) => (config.a === "p" ? 1 : 0) + (config.b as number));
    const { trials } = study.history;
    const best = trials.filter(({ config }) => config.a === "q" && config.b === 0).length;
    expect(best).toBeGreaterThan(0);
    expect(best).toBeLessThan(40);
  });
});

/** Offers the slots of a script, those of each rung after all of the rung before; `best` says how many of the trials below come with it. */
function scripted(plan: readonly { readonly bracket: number; readonly rung: number; readonly until: number; readonly slots: number }[]) {
  type State = { step: number; filled: number; settled: number; results: [value: number, trial: TrialId][]; below: TrialId[] };
  const scheduler: Scheduler<State> = {
    name: "scripted",
    version: 1,
    init: () => ({ step: 0, filled: 0, settled: 0, results: [], below: [] }),
    rungs: () => [...new Set(plan.map((one) => one.until))].sort((a, b) => a - b),
    next: (state) => {
      const planned = plan[state.step];
      if (planned === undefined) return { kind: "done" };
      const { bracket, rung, until, slots } = planned;
      if (state.filled < slots)
        return { kind: "fill", slot: { bracket, rung, until, below: rung === 0 ? [] : state.below } satisfies Slot };
      if (state.settled < slots) return { kind: "wait" };
      const upper = plan[state.step + 1]?.slots ?? 0;
      const below = state.results.sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, upper);
      Object.assign(state, { step: state.step + 1, filled: 0, settled: 0, results: [], below: below.map(([, trial]) => trial) });
      return scheduler.next(state, null as never, true);
    },
    filled: (state) => {
      state.filled++;
    },
    tell: (state, _context, heard) => {
      if (heard.kind === "measured") return [];
      state.settled++;
      if (heard.kind === "finished") state.results.push([heard.measurement.values[0]!, heard.trial]);
      return [];
    },
  };
  return scheduler;
}

describe("in brackets whose upper rungs are refilled, DEHB", () => {
  const table = [
    { bracket: 0, rung: 0, until: 1, slots: 9 },
    { bracket: 0, rung: 1, until: 3, slots: 3 },
    { bracket: 0, rung: 2, until: 9, slots: 1 },
    { bracket: 1, rung: 0, until: 3, slots: 5 },
    { bracket: 1, rung: 1, until: 9, slots: 1 },
    { bracket: 2, rung: 0, until: 9, slots: 3 },
    { bracket: 3, rung: 0, until: 1, slots: 9 },
    { bracket: 3, rung: 1, until: 3, slots: 3 },
  ];
  const problem: Problem = { ...problemOf(cube(3)), fidelity: { unit: "epoch", min: 1, max: 9, whole: true }, resumable: false };
  const run = (sampler: Sampler, judge: (job: Job) => number | FailureReason) => {
    const study = startStudy({ problem, strategy: compose(scripted(table), sampler), seed: 1 });
    const jobs: Job[] = [];
    for (;;) {
      const asked = study.ask({ want: 100 });
      if (asked.jobs.length === 0) break;
      for (const job of asked.jobs) {
        const verdict = judge(job);
        if (typeof verdict === "string") study.fail(job.id, verdict);
        else study.tell(job.id, { values: [verdict], fidelity: job.until });
      }
      jobs.push(...asked.jobs);
    }
    return { study, jobs };
  };
  const value = (job: Job): number => bowl(job.config) + 1 / job.until;
  const rungs = (jobs: readonly Job[]): readonly (readonly Job[])[] => {
    const ends = table.map((_, index) => table.slice(0, index + 1).reduce((sum, { slots }) => sum + slots, 0));
    return table.map(({ slots }, index) => jobs.slice(ends[index]! - slots, ends[index]));
  };

  it("brings up the best of the first bracket, fills wider rungs at random, and evolves everything that has a population", () => {
    const { jobs } = run(dehbSampler(), value);
    expect(rungs(jobs).map((rung) => byOf(rung))).toEqual([
      Array.from({ length: 9 }, () => "start"),
      ["promotion", "promotion", "promotion"],
      ["promotion"],
      ["evolution", "evolution", "evolution", "start", "start"],
      ["evolution"],
      ["evolution", "start", "start"],
      Array.from({ length: 9 }, () => "evolution"),
      ["evolution", "evolution", "evolution"],
    ]);
    const [first, second] = rungs(jobs);
    const best = [...first!].sort((a, b) => value(a) - value(b)).slice(0, 3);
    expect(second!.map((job) => job.config)).toEqual(best.map((job) => job.config));
  });

  it("has a population for each fidelity, as large as its largest rung", () => {
    const { study } = run(dehbSampler(), value);
    const sizes = stateOf(study).populations.map(({ fidelity, members: all }) => [fidelity, all.length]);
    expect(sizes).toEqual([
      [1, 9],
      [3, 5],
      [9, 3],
    ]);
  });

  it("makes upper rungs' children of the three best of the whole population below (with a tiny F and CR = 1, neighbours of one)", () => {
    const { study, jobs } = run(dehbSampler({ factor: 1e-9, crossover: 1 }), value);
    const below = jobs.filter((job) => members(study, 1).includes(job.trial)).sort((a, b) => value(a) - value(b));
    const children = rungs(jobs)[7]!;
    for (const child of children) expect(below.slice(0, 3).some((one) => isNeighbour(one.config, child.config))).toBe(true);
    // Not all of these three are of the bracket's own rung.
    expect(below.slice(0, 3).every((one) => rungs(jobs)[6]!.includes(one))).toBe(false);
  });

  it("fills every slot, whatever fails", () => {
    const failing: readonly ((job: Job) => boolean)[] = [
      () => true,
      (job) => job.until > 1,
      (job) => job.trial % 2 === 0,
      (job) => job.until === 3,
    ];
    for (const fails of failing) {
      const { jobs } = run(dehbSampler(), (job) => (fails(job) ? "threw" : value(job)));
      expect(jobs).toHaveLength(table.reduce((sum, { slots }) => sum + slots, 0));
    }
  });
});

it("takes trials that a scheduler promotes into the population of the fidelity they have reached", () => {
  const moves: readonly Move[] = [
    ...Array.from({ length: 6 }, (): Move => ({ kind: "fill", slot: { until: 1, bracket: 0, rung: 0, below: [] } })),
    ...[1, 2, 4, 5].map((trial): Move => ({ kind: "resume", trial: trialId(trial), until: 3 })),
    { kind: "fill", slot: { until: 3, bracket: 1, rung: 0, below: [] } },
  ];
  const promoting: Scheduler<{ at: number }> = {
    name: "promoting",
    version: 1,
    init: () => ({ at: 0 }),
    rungs: () => [1, 3],
    next: (state) => {
      state.at++;
      return moves[state.at - 1] ?? { kind: "done" };
    },
    filled: () => {},
    tell: () => [],
  };
  const study = startStudy({
    problem: { ...problemOf(square), fidelity: { unit: "epoch", min: 1, max: 3, whole: true }, resumable: true },
    strategy: compose(promoting, differentialEvolutionSampler({ population: 4 })),
    seed: 1,
  });
  for (let turn = 0; turn < 10; turn++) {
    const [job] = study.ask().jobs;
    study.tell(job!.id, { values: [job!.trial], fidelity: job!.until });
  }
  expect(byOf(study.ask().jobs)).toEqual(["evolution"]);
  expect([...members(study, 3)].sort((a, b) => a - b)).toEqual([1, 2, 4, 5]);
});

describe("it finds", () => {
  const least = (space: Space, sampler: Sampler, seed: number, trials: number): number => {
    const study = open(space, sampler, seed);
    play(study, trials, bowl);
    return Math.min(...study.history.trials.map((trial) => bowl(trial.config)));
  };

  it.each(["rand/1", "best/1", "currentToBest/1"])(
    "the minimum of a bowl in five dimensions to 1e-3 of its range with 1000 points: %s",
    (mutation) => {
      const found = seeds.slice(0, 8).map((seed) => least(cube(5), differentialEvolutionSampler({ mutation }), seed, 1000));
      expect(Math.max(...found)).toBeLessThan(1e-3);
    },
  );

  it("less than random search on nearly every seed, with 200", () => {
    const wins = seeds.filter(
      (seed) => least(cube(5), differentialEvolutionSampler(), seed, 200) < least(cube(5), randomSampler(), seed, 200),
    );
    expect(wins.length).toBeGreaterThan(17);
  });
});

test("a member keeps its point, of which the configuration is a shadow: inactive coordinates, and places within cells", () => {
  const space = createSpace({ kind: choice(["a", "b"]), x: given("kind", ["a"], real(0, 1)), n: int(0, 3) });
  const study = open(space, differentialEvolutionSampler({ population: 6 }));
  play(study, 6, () => 1);
  study.ask();
  const points = stateOf(study).populations[0]!.members.map((member) => member.point);
  const shadows = study.history.trials.map((trial) => [...encode(space, trial.config)]);
  expect(points.map((point, index) => point[1] === shadows[index]![1])).not.toContain(undefined);
  expect(points.every((point) => point[1] !== 0.5 && (point[2]! * 4) % 1 !== 0.5)).toBe(true);
});
