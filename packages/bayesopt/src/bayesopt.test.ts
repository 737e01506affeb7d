import {
  type Config,
  choice,
  compose,
  createSpace,
  derive,
  encode,
  type FailureReason,
  given,
  int,
  type Job,
  real,
  root,
  type Scheduler,
  type Study,
  stream,
} from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { ladder } from "../testing/ladder.ts";
import { branin, keyOfConfig, leastOf, noteOf, open, run, type Said, type Setting, say } from "../testing/studies.ts";
import { type BayesoptOptions, bayesoptSampler } from "./index.ts";

const quick: BayesoptOptions = { askEffort: 128 };
const square = { x: real(0, 1), y: real(0, 1) };
const bowl = ({ x, y }: Config): number => ((x as number) - 0.3) ** 2 + ((y as number) - 0.6) ** 2;
const unitOf = (study: Study, config: Config): Float64Array => encode(study.problem.space, config);
const configsOf = (study: Study): readonly Config[] => study.history.trials.map(({ config }) => config);
const keysOf = (study: Study): readonly string[] => configsOf(study).map((config) => keyOfConfig(study.problem.space, config));

function decisions(jobs: readonly Job[]): readonly unknown[] {
  return jobs.map((job) => noteOf(job).decided);
}

/** All jobs that a run was given. */
function jobsOf(study: Study, trials: number, objective: (config: Config, job: Job) => Said, workers = 1): readonly Job[] {
  const jobs: Job[] = [];
  run(
    study,
    trials,
    (config, job) => {
      jobs.push(job);
      return objective(config, job);
    },
    workers,
  );
  return jobs;
}

/** The least distance between two of the points. */
function closest(units: readonly Float64Array[]): number {
  let least = Infinity;
  units.forEach((a, i) => {
    for (const b of units.slice(0, i)) least = Math.min(least, Math.hypot(...a.map((at, axis) => at - b[axis]!)));
  });
  return least;
}

describe("the first suggestions", () => {
  it("are points of a design, twice as many as parameters and at least five; then the model decides", () => {
    const study = open(square, { options: quick });
    expect(decisions(jobsOf(study, 7, bowl))).toEqual([...Array.from({ length: 5 }, () => "initial design"), "model", "model"]);
    const wide = open(Object.fromEntries(Array.from({ length: 4 }, (_, index) => [`x${index}`, real(0, 1)])), { options: quick });
    expect(decisions(jobsOf(wide, 10, ({ x0 }) => x0 as number)).slice(6)).toEqual(["initial design", "initial design", "model", "model"]);
    expect(decisions(jobsOf(open(square, { options: { ...quick, initial: 2 } }), 4, bowl))).toEqual([
      "initial design",
      "initial design",
      "model",
      "model",
    ]);
  });

  it("are other ones for another seed, and the same for the same", () => {
    const first = (seed: number): readonly Config[] => configsOf(run(open(square, { seed, options: quick }), 8, bowl));
    expect(first(1)).toEqual(first(1));
    expect(first(1)).not.toEqual(first(2));
  });

  it("make way for trials that came from elsewhere", () => {
    const study = open(square, { options: quick });
    for (let index = 0; index < 4; index++) study.observe({ x: 0.2 * index, y: 0.1 }, { values: [index] });
    study.enqueue({ x: 0.5, y: 0.5 });
    const { jobs } = study.ask({ want: 3 });
    expect(jobs[0]!.config).toEqual({ x: 0.5, y: 0.5 });
    expect(decisions(jobs.slice(1))).toEqual(["model", "model"]);
  });

  it("continue as long as nothing has been measured, whatever fails", () => {
    const jobs = jobsOf(
      open(square, { options: quick }),
      30,
      (_config, job) => (["threw", "timeout", "lost", "infeasible", NaN] as const)[job.id % 5]!,
    );
    expect(new Set(decisions(jobs))).toEqual(new Set(["initial design"]));
    expect(closest(jobs.map(({ config }) => Float64Array.of(config.x as number, config.y as number)))).toBeGreaterThan(0);
  });
});

describe("a finite space", () => {
  const spaces = {
    "no parameters": [{}, 1],
    "one option": [{ a: choice(["only"]), b: real(2, 2) }, 1],
    "choices and ints": [{ a: choice(["p", "q", "r"]), b: int(1, 5) }, 15],
    "a condition": [{ a: choice(["p", "q"]), b: given("a", ["q"], int(1, 9)) }, 10],
    "stepped reals": [{ a: real(0, 1, { step: 0.25 }), b: real(0, 0.5, { step: 0.1 }) }, 30],
  } as const;
  const value = (study: Study, config: Config): number =>
    unitOf(study, config).reduce((sum, at, axis) => sum + (at - 0.4) ** 2 * (axis + 1), 0);

  it.each(Object.entries(spaces))("of %s is tried once in every point, and then done", (_, [shape, count]) => {
    for (const workers of [1, 4]) {
      const study = open(shape, { options: { ...quick, noise: "none" } });
      run(study, 200, (config) => value(study, config), workers);
      expect(study.done).toBe(true);
      expect(study.history.trials.length).toBe(count);
      expect(new Set(keysOf(study)).size).toBe(count);
    }
  });

  it.each(Object.entries(spaces))("of %s is tried again where values are noisy, every point first", (_, [shape, count]) => {
    const study = open(shape, { options: { ...quick, noise: "learned" } });
    run(study, count + 10, (config, job) => value(study, config) + 0.1 * Math.sin(99 * job.id ** 2));
    expect(study.history.trials.length).toBe(count + 10);
    expect(new Set(keysOf(study).slice(0, count)).size).toBe(count);
  });

  it("is tried again when the same point gave two values", () => {
    const study = open({ a: int(1, 6) }, { options: quick });
    study.observe({ a: 2 }, { values: [1] });
    study.observe({ a: 2 }, { values: [2] });
    run(study, 30, ({ a }, job) => (a as number) + Math.sin(99 * job.id));
    expect(study.history.trials.length).toBe(30);
    expect(new Set(keysOf(study).slice(1, 7)).size).toBe(6);
  });

  it("is looked at whole, so that its best point is found early", () => {
    let early = 0;
    for (let seed = 0; seed < 10; seed++) {
      const study = open({ a: int(1, 12), b: int(1, 12) }, { seed, options: quick });
      run(study, 25, ({ a, b }) => ((a as number) - 9) ** 2 + ((b as number) - 4) ** 2);
      if (leastOf(study) === 0) early++;
    }
    expect(early).toBeGreaterThanOrEqual(9);
  });

  it("too large to be listed is never tried twice", () => {
    const study = open(
      { a: choice(Array.from({ length: 10_000 }, (_, index) => index)), b: int(0, 2 ** 53 - 1) },
      { options: { ...quick, noise: "learned" } },
    );
    run(study, 30, ({ a }) => a as number);
    expect(new Set(keysOf(study)).size).toBe(30);
  });

  it("finds the few options that have not been tried among many that have", () => {
    const study = open({ a: choice(Array.from({ length: 400 }, (_, index) => index)) }, { options: { askEffort: 64, noise: "none" } });
    for (let index = 0; index < 396; index++) study.observe({ a: index }, { values: [index % 17] });
    run(study, 1000, () => 3);
    expect(study.done).toBe(true);
    expect(new Set(keysOf(study)).size).toBe(400);
  });

  it("waits for running points, which may be lost, and tries those again, three times", () => {
    const study = open({ a: int(1, 2) }, { options: quick });
    const [first, second] = study.ask({ want: 2 }).jobs as [Job, Job];
    say(study, first, 1);
    expect(study.ask()).toMatchObject({ jobs: [], then: "wait" });
    let job = second;
    for (let loss = 0; loss < 4; loss++) {
      study.fail(job.id, "lost");
      const asked = study.ask();
      if (loss === 3) expect(asked).toMatchObject({ jobs: [], then: "done" });
      else {
        job = asked.jobs[0]!;
        expect(job.config).toEqual(second.config);
      }
    }
  });
});

describe("points that fail", () => {
  it.each(["threw", "timeout", "nonfinite", "infeasible"] as const)("are kept away from (%s)", (reason) => {
    let failures = 0;
    for (let seed = 0; seed < 4; seed++) {
      const study = open(square, { seed, options: quick });
      run(study, 20, (config) => ((config.x as number) < 0.55 ? bowl(config) : reason === "nonfinite" ? NaN : reason));
      failures += study.history.trials.slice(5).filter(({ status }) => status === "failed").length;
      expect(leastOf(study)).toBeLessThan(1e-2);
    }
    expect(failures).toBeLessThan(0.2 * 4 * 15);
  });

  it("are kept away from where the best lies at their edge, too", () => {
    const study = open(square, { options: quick });
    run(study, 25, (config) => ((config.x as number) > 0.55 ? "threw" : bowl(config) - (config.x as number)));
    expect(leastOf(study)).toBeLessThan(-0.48);
  });

  it("that were lost say nothing: the model does not shun them", () => {
    const lossy = open(square, { options: quick });
    run(lossy, 30, (config, job) => (job.id % 3 === 1 ? "lost" : bowl(config)));
    expect(lossy.ask().jobs[0]!.note).not.toHaveProperty("conditions");
    expect(leastOf(lossy)).toBeLessThan(1e-3);
  });

  it("keep their share in every batch", () => {
    const study = open(square, { options: quick });
    const jobs = jobsOf(study, 32, (config) => ((config.y as number) < 0.5 ? "threw" : bowl(config)), 4);
    expect(noteOf(jobs.at(-1)!)).toHaveProperty("conditions");
  });
});

describe("constraints", () => {
  const disc = ({ x, y }: Config): number => ((x as number) - 0.75) ** 2 + ((y as number) - 0.75) ** 2 - 0.03;

  it("are kept where the unconstrained optimum breaks them", () => {
    const study = open(square, { options: quick, constraints: 1 });
    run(study, 40, (config) => ({ values: [bowl(config)], constraints: [disc(config)] }));
    const feasible = study.history.trials.filter(({ curve }) => curve[0]!.constraints[0]! <= 0);
    expect(feasible.length).toBeGreaterThan(8);
    const best = Math.min(...feasible.map(({ curve }) => curve[0]!.values[0]!));
    const ray = Math.hypot(0.45, 0.15) - Math.sqrt(0.03);
    expect(best).toBeLessThan(ray * ray + 5e-3);
    expect(study.recommend()).toEqual(feasible.find(({ curve }) => curve[0]!.values[0] === best)!.config);
  });

  it("that nothing satisfies do not stop the search, nor gather it in one place", () => {
    const study = open(square, { options: quick, constraints: 2 });
    run(study, 30, (config) => ({ values: [bowl(config)], constraints: [1 + disc(config), 1] }), 4);
    expect(closest(configsOf(study).map((config) => unitOf(study, config)))).toBeGreaterThan(1e-3);
    expect(study.recommend()).toBeNull();
  });

  it("are approached from where none holds yet", () => {
    const study = open(square, { options: quick, constraints: 1 });
    run(study, 30, (config) => ({ values: [bowl(config)], constraints: [disc(config) + 0.02] }));
    expect(study.history.trials.some(({ curve }) => curve[0]!.constraints[0]! <= 0)).toBe(true);
  });
});

describe("running trials", () => {
  it.each([4, 16])("of %i workers are never sent to nearly the same place", (workers) => {
    for (const acquisition of ["logNoisyEI", "logEI", "logPI", "lowerConfidenceBound", "thompson"]) {
      const study = open(square, { options: { ...quick, acquisition, noise: "none" } });
      run(study, 5, bowl);
      const { jobs } = study.ask({ want: workers });
      expect(jobs.length).toBe(workers);
      const measured = study.history.trials.filter(({ curve }) => curve.length > 0).map(({ config }) => config);
      expect(
        closest([...measured, ...jobs.map(({ config }) => config)].map((config) => unitOf(study, config))),
        acquisition,
      ).toBeGreaterThan(1e-3);
    }
  });

  it("are the same whether they were asked for at once or one by one", () => {
    const [together, alone] = [1, 1].map((seed) => run(open(square, { seed, options: quick }), 6, bowl)) as [Study, Study];
    const jobs = together.ask({ want: 4 }).jobs;
    expect(jobs.map(({ config, note }) => [config, note])).toEqual(
      Array.from({ length: 4 }, () => alone.ask().jobs[0]!).map(({ config, note }) => [config, note]),
    );
    for (const [study, list] of [
      [together, jobs],
      [alone, alone.history.running],
    ] as const)
      for (const job of list.slice().reverse()) say(study, job, bowl(job.config));
    expect(together.ask({ want: 2 }).jobs).toEqual(alone.ask({ want: 2 }).jobs);
  });

  it("that were queued count as well", () => {
    const [free, queued] = [1, 1].map((seed) => run(open(square, { seed, options: quick }), 8, bowl)) as [Study, Study];
    const wanted = free.ask().jobs[0]!.config;
    queued.enqueue(wanted);
    const { jobs } = queued.ask({ want: 2 });
    expect(jobs[0]!.config).toEqual(wanted);
    expect(closest(jobs.map(({ config }) => unitOf(queued, config)))).toBeGreaterThan(1e-2);
  });

  it("may all be of the initial design, and more", () => {
    const study = open(square, { options: quick });
    const { jobs } = study.ask({ want: 40 });
    expect(closest(jobs.map(({ config }) => unitOf(study, config)))).toBeGreaterThan(1e-3);
    for (const job of jobs) say(study, job, bowl(job.config));
    expect(decisions(study.ask().jobs)).toEqual(["model"]);
  });

  it("bring the search forward almost as well as one after the other", () => {
    const regret = (workers: number): number => {
      const all = [1, 2, 3, 4, 5].map((seed) => leastOf(run(open(square, { seed, options: quick }), 36, bowl, workers)));
      return all.sort((a, b) => a - b)[2]!;
    };
    expect(regret(4)).toBeLessThan(1e-4);
    expect(regret(16)).toBeLessThan(1e-2);
  });
});

describe("mixed and conditional spaces", () => {
  const shape = {
    model: choice(["tree", "net", "line"]),
    depth: given("model", ["tree"], int(1, 12)),
    rate: given("model", ["net"], real(1e-5, 1, { scale: "log" })),
    layers: given("model", ["net"], int(1, 6)),
    momentum: given("layers", [3, 4], real(0, 1)),
    size: real(0, 1),
  };
  const loss = ({ model, depth, rate, layers, momentum, size }: Config): number => {
    const share = ((size as number) - 0.7) ** 2;
    if (model === "tree") return 1 + share + Math.abs((depth as number) - 7) / 10;
    if (model === "line") return 1.5 + share;
    const tuned = 0.5 * (Math.log10(rate as number) + 2) ** 2 + 0.3 * Math.abs((layers as number) - 4);
    return 0.1 + share + tuned + (momentum === undefined ? 0.3 : ((momentum as number) - 0.4) ** 2);
  };

  it("are searched to the best branch and within it", () => {
    const found = Array.from({ length: 5 }, (_, seed) => leastOf(run(open(shape, { seed, options: { askEffort: 500 } }), 60, loss)));
    expect(found.sort((a, b) => a - b)[2]).toBeLessThan(0.15);
    expect(found[4]).toBeLessThan(0.6);
  });

  it("suggest what the space allows, with what exists only", () => {
    const study = run(open(shape, { options: quick }), 25, loss, 3);
    for (const config of configsOf(study)) {
      const names = ["model", ...(config.model === "tree" ? ["depth"] : config.model === "net" ? ["rate", "layers"] : []), "size"];
      if ([3, 4].includes(config.layers as number)) names.push("momentum");
      expect(Object.keys(config).sort()).toEqual(names.sort());
    }
  });
});

describe("noisy values", () => {
  it("are seen through: the recommended point is better than the one with the best value", () => {
    const steps = ({ a }: Config): number => Math.abs((a as number) - 3) / 5;
    let [recommended, lucky] = [0, 0];
    for (let seed = 0; seed < 8; seed++) {
      const study = open({ a: int(1, 6) }, { seed, options: { ...quick, noise: "learned" } });
      run(study, 60, (config, job) => steps(config) + 0.3 * stream(derive(root(seed), job.id)).normal());
      const best = study.history.trials.reduce((a, b) => (b.curve[0]!.values[0]! < a.curve[0]!.values[0]! ? b : a));
      recommended += steps(study.recommend()!) / 8;
      lucky += steps(best.config) / 8;
    }
    expect(recommended).toBeLessThan(0.7 * lucky);
  });

  it("without noise the recommended point is the best one", () => {
    const study = run(open(square, { options: { ...quick, noise: "none" } }), 15, bowl);
    expect(bowl(study.recommend()!)).toBe(leastOf(study));
    expect(open(square).recommend()).toBeNull();
  });

  it("may come with their variances", () => {
    const study = open(square, { options: quick });
    run(study, 25, (config, job) => {
      const variance = job.id % 2 === 0 ? 1e-6 : 1;
      return { values: [bowl(config) + Math.sqrt(variance) * Math.sin(12.9898 * (job.id + 1) ** 2)], variance: [variance] };
    });
    expect(bowl(study.recommend()!)).toBeLessThan(0.02);
  });
});

describe("predictions", () => {
  it("know nothing before anything is measured", () => {
    const study = open(square);
    expect(study.predict([{ x: 0.5, y: 0.5 }])).toEqual({ mean: [0], sd: [Number.MAX_VALUE] });
  });

  it("follow the function, and change nothing", () => {
    const [asked, left] = [1, 1].map((seed) => run(open(square, { seed, options: quick }), 20, bowl)) as [Study, Study];
    const grid = [0.1, 0.3, 0.5, 0.7, 0.9].flatMap((x) => [0.2, 0.5, 0.8].map((y) => ({ x, y })));
    const before = JSON.stringify(asked.state);
    const { mean, sd } = asked.predict(grid)!;
    grid.forEach((config, row) => {
      expect(Math.abs(mean[row]! - bowl(config))).toBeLessThan(0.1);
      expect(sd[row]).toBeGreaterThan(0);
    });
    expect(asked.predict(grid)).toEqual({ mean, sd });
    asked.recommend();
    expect(JSON.stringify(asked.state)).toBe(before);
    expect(asked.ask({ want: 2 }).jobs).toEqual(left.ask({ want: 2 }).jobs);
  });

  it("come with suggestions, from what has been measured alone", () => {
    const study = run(open(square, { options: { ...quick, noise: "none" } }), 15, bowl);
    const [first, second] = study.ask({ want: 2 }).jobs as [Job, Job];
    for (const job of [first, second]) {
      const { mean, sd } = study.predict([job.config])!;
      expect(job.prediction!.mean[0]).toBeCloseTo(mean[0]!, 3);
      expect(job.prediction!.sd[0]).toBeLessThan(10 * sd[0]! + 1e-3);
    }
  });
});

describe("several fidelities", () => {
  const fidelity = { unit: "epoch", min: 1, max: 9, whole: true };
  const setting = (seed: number): Setting => ({ seed, fidelity, strategy: compose(ladder, bayesoptSampler(quick)) });
  const value = (config: Config, job: Job): number =>
    bowl(config) + 0.3 / job.until + (0.05 * Math.sin(20 * (config.x as number))) / job.until;

  it("are modelled one at a time, the highest that has enough values", () => {
    const study = run(open(square, setting(1)), 60, value, 3);
    const full = study.history.trials.filter(({ curve }) => curve.at(-1)?.fidelity === 9);
    expect(full.length).toBeGreaterThan(5);
    expect(Math.min(...full.map(({ config }) => bowl(config)))).toBeLessThan(1e-2);
    const recommended = study.recommend()!;
    expect(full.map(({ config }) => config)).toContainEqual(recommended);
    expect((study.state as { sampler: { fidelity: number } }).sampler.fidelity).toBe(9);
  });
});

describe("what was decided", () => {
  it("is noted with every suggestion of the model", () => {
    const jobs = jobsOf(open(square, { options: quick }), 40, bowl, 2);
    for (const job of jobs.slice(6)) {
      const note = noteOf(job);
      expect(["model", "exploration", "region"]).toContain(note.decided);
      expect(note).toMatchObject({ kernel: expect.any(String), warp: expect.any(String), noise: expect.any(String) });
      for (const name of ["modes", "incumbent", "effort", "evidence", "utility"]) expect(Number.isFinite(note[name])).toBe(true);
      expect(note.pending).toBeGreaterThan(0);
    }
    expect(new Set(decisions(jobs.slice(5))).size).toBeGreaterThan(1);
  });
});

describe("a study that is killed", () => {
  const shape = { x: real(0, 1), y: real(1e-3, 1, { scale: "log" }), kind: choice(["a", "b", "c"]), z: given("kind", ["b"], real(0, 1)) };
  const reasons: readonly FailureReason[] = ["threw", "lost", "infeasible"];
  const said = (config: Config, job: Job): Said => {
    if (job.id % 9 === 4) return reasons[job.id % 3]!;
    return {
      values: [bowl({ x: config.x!, y: config.y! }) + (config.kind === "b" ? (config.z as number) : 0.5)],
      constraints: [0.1 - (config.x as number)],
    };
  };

  it.each(["matern52", "auto"])("after any step continues to the same bits, with %s", (kernel) => {
    const options = { askEffort: 64, kernel, initial: 4 };
    const setting = { options, constraints: 1 };
    const whole = open(shape, setting);
    const sampler = bayesoptSampler(options);
    // The state goes through text, and derived data hangs on the history: without its prototype every call finds none.
    const forgetful: ReturnType<typeof bayesoptSampler> = {
      ...sampler,
      suggest: (state, context, place) => {
        const copy = JSON.parse(JSON.stringify(state)) as typeof state;
        const { trials, running, version } = context.history;
        const suggestion = bayesoptSampler(options).suggest(copy, { ...context, history: { trials, running, version } }, place);
        Object.assign(state, copy);
        return suggestion;
      },
    };
    const killed = open(shape, { ...setting, strategy: compose(completeLike, forgetful) });
    run(whole, 45, said, 2);
    run(killed, 45, said, 2);
    expect(configsOf(killed)).toEqual(configsOf(whole));
  });
});

const completeLike: Scheduler<{ readonly until: number }> = {
  name: "complete",
  version: 1,
  init: () => ({ until: 1 }),
  rungs: () => [1],
  next: (_state, _context, open) => (open ? { kind: "fill", slot: { until: 1, bracket: 0, rung: 0, below: [] } } : { kind: "done" }),
  filled: () => {},
  tell: () => [],
};

describe("odd spaces", () => {
  it.each([300, 1200])("of %i parameters are served", (d) => {
    const study = open(Object.fromEntries(Array.from({ length: d }, (_, index) => [`x${index}`, real(0, 1)])), {
      options: { askEffort: 64, initial: 3, kernel: "matern52", warp: "identity", noise: "none" },
    });
    run(study, 5, (config) => Object.values(config).reduce<number>((sum, at) => sum + (at as number), 0));
    expect(study.history.trials.length).toBe(5);
  });

  it("whose optimum is a corner are not suggested the same corner twice", () => {
    const study = run(open(square, { options: { ...quick, noise: "none" } }), 30, ({ x, y }) => (x as number) + (y as number));
    expect(leastOf(study)).toBe(0);
    expect(new Set(keysOf(study)).size).toBe(30);
  });

  it.each(["logNoisyEI", "thompson"])("that only two doubles fit in continue (%s)", (acquisition) => {
    const study = run(open({ x: real(1, 1 + Number.EPSILON) }, { options: { ...quick, acquisition } }), 12, ({ x }) => x as number, 2);
    expect(study.history.trials.length).toBe(12);
    expect(new Set(keysOf(study)).size).toBe(2);
  });
});

it("refuses options that do not exist or are out of range", () => {
  expect(() => bayesoptSampler({ askEffort: 1 })).toThrow(/askEffort/);
  expect(() => bayesoptSampler({ kernel: "cubic" })).toThrow(/kernel/);
  expect(() => bayesoptSampler({ efort: 100 } as never)).toThrow(/askEffort/);
});

it("finds Branin's minimum", () => {
  const study = open(createSpace({ x: real(-5, 10), y: real(0, 15) }), { options: { askEffort: 500 } });
  expect(leastOf(run(study, 40, ({ x, y }) => branin(x as number, y as number)))).toBeLessThan(0.01);
});
