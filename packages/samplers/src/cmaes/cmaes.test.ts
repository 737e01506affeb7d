import {
  type Config,
  choice,
  constrain,
  createSpace,
  type FailureReason,
  given,
  int,
  type Job,
  real,
  type Sampler,
  type Space,
  type Study,
} from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { open, play, report } from "../study.fixture.ts";
import { type CmaesState, cmaesSampler } from "./cmaes.ts";

const cube = (n: number): Space => createSpace(Array.from({ length: n }, (_, axis) => [`x${axis}`, real(0, 1)]));

const stateOf = (study: Study): CmaesState => (study.state as unknown as { readonly sampler: CmaesState }).sampler;
type Note = { readonly run: number; readonly generation: number; readonly population: number };
const noteOf = (job: Job): Note => job.note as unknown as Note;

const numbers = (config: Config): readonly number[] => Object.values(config) as number[];
const sphere = (config: Config): number => numbers(config).reduce((sum, x) => sum + (x - 0.37) ** 2, 0);
const ellipsoid = (config: Config): number => {
  const x = numbers(config);
  return x.reduce((sum, one, axis) => sum + 10 ** ((6 * axis) / Math.max(1, x.length - 1)) * (one - 0.37) ** 2, 0);
};
const bestOf = (study: Study): number => Math.min(...study.history.trials.flatMap(({ curve }) => curve.map(({ values }) => values[0]!)));

describe("on smooth functions", () => {
  test.each([2, 4])("finds the minimum of the sphere in %i dimensions to 1e-10 within 300 n trials", (n) => {
    const study = open(cube(n), cmaesSampler());
    play(study, 300 * n, sphere);
    expect(bestOf(study)).toBeLessThan(1e-10);
  });

  it("learns the axes of an ellipsoid of condition 1e6", () => {
    const study = open(cube(3), cmaesSampler());
    play(study, 1000, ellipsoid);
    expect(bestOf(study)).toBeLessThan(1e-8);
  });

  it("reaches a minimum in a corner of the box", () => {
    const study = open(cube(3), cmaesSampler());
    play(study, 900, (config) => numbers(config).reduce((sum, x) => sum + x, 0));
    expect(bestOf(study)).toBeLessThan(1e-8);
  });
});

describe("the ranks are all that counts", () => {
  const rounded = (config: Config): number => Math.round(2 ** 24 * ellipsoid(config));
  const configs = (value: (config: Config) => number): readonly Config[] =>
    play(open(cube(2), cmaesSampler()), 400, value).map(({ config }) => config);

  // The squares of integers below 2^26 are exact, so no two values become equal.
  test.each<readonly [string, (value: number) => number]>([
    ["halved a thousand times", (value) => value * 2 ** -1000],
    ["doubled nine hundred times", (value) => value * 2 ** 900],
    ["squared", (value) => (value < 2 ** 26 ? value * value : 2 ** 52 + value)],
    ["shifted", (value) => value - 2 ** 30],
  ])("of values %s: the same points, bit for bit, over restarts too", (_name, transform) => {
    expect(configs((config) => transform(rounded(config)))).toEqual(configs(rounded));
  });
});

describe("a generation", () => {
  const populations = (jobs: readonly Job[]): readonly string[] => jobs.map((job) => `${noteOf(job).run}/${noteOf(job).generation}`);

  it("has 4 + floor(3 ln n) members, drawn from one distribution", () => {
    const jobs = play(open(cube(5), cmaesSampler()), 24, sphere);
    expect(populations(jobs)).toEqual([...Array(8).fill("0/0"), ...Array(8).fill("0/1"), ...Array(8).fill("0/2")]);
  });

  it("does not depend on the order in which its members report", () => {
    const run = (order: (jobs: readonly Job[]) => readonly Job[]): readonly Config[] => {
      const study = open(cube(3), cmaesSampler());
      for (let turn = 0; turn < 20; turn++) for (const job of order(study.ask({ want: 7 }).jobs)) report(study, job, ellipsoid(job.config));
      return study.history.trials.map(({ config }) => config);
    };
    expect(run((jobs) => [...jobs].reverse())).toEqual(run((jobs) => jobs));
  });

  it("never makes a worker wait: further points come from the same distribution, and all that have ended count when it closes", () => {
    const study = open(cube(2), cmaesSampler());
    const { jobs } = study.ask({ want: 20 });
    expect(new Set(populations(jobs))).toEqual(new Set(["0/0"]));
    expect(new Set(jobs.map(({ config }) => JSON.stringify(config))).size).toBe(20);
    for (const job of jobs) report(study, job, sphere(job.config));
    study.ask();
    expect(stateOf(study).run).toMatchObject({ generation: 1, evaluations: 20 });
  });

  it("closes without a straggler, which counts in the next one as a point from elsewhere", () => {
    const study = open(cube(2), cmaesSampler());
    const { jobs } = study.ask({ want: 7 });
    for (const job of jobs.slice(1)) report(study, job, sphere(job.config));
    study.ask();
    expect(stateOf(study).run!.generation).toBe(1);
    expect(stateOf(study).members.map(({ trial, generation }) => [trial, generation])).toEqual([
      [0, 0],
      [7, 1],
    ]);
    report(study, jobs[0]!, 0);
    play(study, 5, sphere);
    report(study, study.history.running[0]!, 1);
    study.ask();
    expect(stateOf(study).run).toMatchObject({ generation: 2, evaluations: 13 });
  });

  it("ranks failed members last, and leaves out lost ones, which are replaced", () => {
    const study = open(cube(2), cmaesSampler());
    play(study, 6, (_config, trial) => (trial === 2 ? "lost" : trial === 4 ? "threw" : 1));
    expect(stateOf(study).run!.generation).toBe(0);
    play(study, 2, sphere);
    expect(stateOf(study).run).toMatchObject({ generation: 1, evaluations: 6 });
  });

  it("prefers feasible members, and smaller violations among the others", () => {
    const study = open(cube(2), cmaesSampler(), 1, ["limit"]);
    for (let trial = 0; trial < 500; trial++) {
      const [job] = study.ask().jobs;
      const { x0, x1 } = job!.config as { readonly x0: number; readonly x1: number };
      study.tell(job!.id, { values: [x0 + x1], constraints: [0.6 - x0 - 0.5 * x1] });
    }
    const feasible = study.history.trials.flatMap(({ curve }) => curve).filter(({ constraints }) => constraints[0]! <= 0);
    // The optimum is the corner x0 = 0.6, x1 = 0.
    expect(Math.min(...feasible.map(({ values }) => values[0]!))).toBeLessThan(0.605);
  });
});

/** The future of a state that has been JSON at every step. */
function forgetful(): Sampler<CmaesState> {
  const sampler = cmaesSampler();
  return {
    ...sampler,
    suggest: (state, context, place) => {
      const suggestion = sampler.suggest(state, context, place);
      Object.assign(state, JSON.parse(JSON.stringify(state)));
      return suggestion;
    },
  };
}

it("resumes from JSON at every step, to the bit, over restarts", () => {
  const space = createSpace({ x: real(0, 1), n: int(0, 5), c: choice(["a", "b", "c"]) });
  // The values are flat from time to time.
  const value = (config: Config, trial: number): number =>
    trial % 60 > 30 ? 1 : ((config.x as number) - 0.3) ** 2 + (config.n as number) + (config.c === "b" ? 0 : 1);
  const [whole, broken] = [cmaesSampler(), forgetful()].map((sampler) => play(open(space, sampler), 200, value));
  expect(whole!.some((job) => noteOf(job).run > 1)).toBe(true);
  expect(broken).toEqual(whole);
});

describe("restarts", () => {
  it("come when values are flat, and double the population", () => {
    const jobs = play(open(cube(2), cmaesSampler()), 60, () => 1);
    expect(jobs.map(noteOf).find(({ run }) => run === 1)).toMatchObject({ generation: 0, population: 12 });
  });

  it("leave the members of the last run alone, so that they do not pull the new one", () => {
    const study = open(cube(2), cmaesSampler());
    const [straggler] = study.ask().jobs;
    play(study, 20, () => 1);
    expect(stateOf(study).run!.index).toBe(1);
    report(study, straggler!, 0);
    study.ask();
    expect(stateOf(study).members.every(({ trial }) => trial !== straggler!.trial)).toBe(true);
    expect(stateOf(study).guests).toEqual([]);
  });

  it("come when a finite neighbourhood has been tried, so that no trial is wasted", () => {
    const study = open(createSpace({ x: int(0, 30), y: int(0, 30) }), cmaesSampler());
    const jobs = play(study, 300, (config) => Math.abs((config.x as number) - 7) + Math.abs((config.y as number) - 20));
    expect(new Set(jobs.map(({ config }) => JSON.stringify(config))).size).toBe(300);
    expect(bestOf(study)).toBe(0);
    expect(jobs.some((job) => noteOf(job).run > 0)).toBe(true);
  });
});

describe("whole numbers and choices", () => {
  it("of a mixed ellipsoid and OneMax are all found, because the margin keeps both values likely", () => {
    const names = Array.from({ length: 4 }, (_, index) => index);
    const space = createSpace([
      ...names.map((index) => [`r${index}`, real(-3, 3)] as const),
      ...names.map((index) => [`z${index}`, int(0, 1)] as const),
    ]);
    const value = (config: Config): number => {
      const smooth = names.reduce((sum, index) => sum + (1000 ** (index / 3) * (config[`r${index}`] as number)) ** 2, 0);
      return smooth + 10 * names.reduce((sum, index) => sum + 1 - (config[`z${index}`] as number), 0);
    };
    const study = open(space, cmaesSampler());
    play(study, 2000, value);
    expect(bestOf(study)).toBeLessThan(1e-3);
  });

  it("of a log scale and of a stepped real are found", () => {
    const space = createSpace({ width: int(1, 1024, { scale: "log" }), dropout: real(0, 0.9, { step: 0.1 }) });
    const study = open(space, cmaesSampler());
    play(study, 150, ({ width, dropout }) => Math.abs(Math.log2(width as number) - 6) + Math.abs((dropout as number) - 0.3));
    expect(bestOf(study)).toBe(0);
  });

  it("find the right option, and then the values of the parameters that it alone has", () => {
    const space = createSpace({
      kind: choice(["a", "b", "c", "d"]),
      depth: given("kind", ["c"], real(0, 1)),
      rate: real(1e-5, 1, { scale: "log" }),
    });
    const study = open(space, cmaesSampler());
    play(study, 500, ({ kind, depth, rate }) => {
      const shared = (Math.log10(rate as number) + 3) ** 2;
      return kind === "c" ? shared + ((depth as number) - 0.8) ** 2 : shared + 1;
    });
    expect(bestOf(study)).toBeLessThan(1e-4);
  });

  it("of constraints between parameters hold", () => {
    const space = constrain(createSpace({ x: real(0, 1), y: real(0, 1), z: real(0, 1) }), ["x + y + z <= 1"]);
    const study = open(space, cmaesSampler());
    const jobs = play(study, 300, (config) => -numbers(config).reduce((product, x) => product * x, 1));
    expect(jobs.every(({ config }) => numbers(config).reduce((sum, x) => sum + x, 0) <= 1 + 1e-12)).toBe(true);
    expect(bestOf(study)).toBeLessThan(-0.99 / 27);
  });
});

describe("trials from elsewhere", () => {
  it("set the first distribution if there are ten of them", () => {
    const study = open(cube(2), cmaesSampler());
    for (let index = 0; index < 30; index++) study.observe({ x0: 0.8 + index / 1000, x1: index / 40 }, { values: [index] });
    study.ask();
    const { gaussian } = stateOf(study).run!;
    expect(gaussian.mean).toEqual([expect.closeTo(0.801, 9), expect.closeTo(0.025, 9)]);
    expect(gaussian.sigma).toBeCloseTo(0.1, 1);
  });

  it("join a generation if they are better than all of the run, shortened to the reach of the distribution", () => {
    const study = open(cube(2), cmaesSampler());
    play(study, 30, sphere);
    study.enqueue({ x0: 0.37, x1: 0.37 });
    study.observe({ x0: 0.9, x1: 0.9 }, { values: [9] });
    const before = stateOf(study).run!.evaluations;
    // The first ask starts the enqueued trial. The second one closes a generation of six members.
    play(study, 2, sphere);
    // Six members, and the enqueued trial. The observed one is no better than the run.
    expect(stateOf(study).run!.evaluations).toBe(before + 7);
    expect(stateOf(study).guests).toEqual([]);
  });
});

describe("hostile values", () => {
  it("that are NaN for half of each generation do not stop it: the minimum of the sphere is found to 1e-8", () => {
    const study = open(cube(3), cmaesSampler());
    play(study, 900, (config, trial) => (trial % 2 === 0 ? "nonfinite" : sphere(config)));
    expect(bestOf(study)).toBeLessThan(1e-8);
  });

  it("of a condition of 1e16 end runs before the covariance is wrong", () => {
    const study = open(cube(2), cmaesSampler());
    play(study, 600, (config) => ((config.x0 as number) - 0.3) ** 2 + 1e16 * ((config.x1 as number) - 0.6) ** 2);
    expect(stateOf(study).run!.index).toBeGreaterThan(0);
    expect(bestOf(study)).toBeLessThan(1);
  });

  it("of any kind and order leave a finite state", () => {
    const verdict: fc.Arbitrary<number | FailureReason> = fc.oneof(
      fc.constantFrom<number | FailureReason>(0, 1, 1.7e308, -1.7e308, 5e-324, "threw", "nonfinite", "lost", "infeasible"),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    const space = createSpace({
      x: real(1e-300, 1e300, { scale: "log" }),
      n: int(0, 2 ** 53 - 1),
      o: choice([1, 2, 3], { ordered: true }),
      c: choice(["a", "b"]),
    });
    fc.assert(
      fc.property(fc.array(verdict, { minLength: 1, maxLength: 30 }), fc.nat({ max: 99 }), (verdicts, seed) => {
        const study = open(space, cmaesSampler({ population: 4 }), seed);
        play(study, 80, (_config, trial) => verdicts[(trial * 7) % verdicts.length]!);
        expect(JSON.stringify(stateOf(study))).not.toContain("null,");
      }),
      { numRuns: 20 },
    );
  });
});
