import {
  type Config,
  choice,
  constrain,
  createSpace,
  type FailureReason,
  given,
  type History,
  int,
  type Job,
  real,
  type Sampler,
  type Space,
  type Trial,
  type TrialStatus,
  trialId,
} from "@caviar-hpo/core";
import { describe, expect, it, test } from "vitest";
import { randomSampler } from "../random.ts";
import { open, play } from "../study.fixture.ts";
import { evidenceOf, outcomesOf } from "./evidence.ts";
import { splitOf, type TpeOptions, tpeSampler } from "./tpe.ts";

const square = createSpace({ x: real(0, 1), y: real(0, 1) });

/** The configurations of these trials, in order. */
function searched(...studied: Parameters<typeof play>): readonly Config[] {
  return play(...studied).map((job) => job.config);
}
const numberOf = (config: Config, name: string): number => config[name] as number;
const notesOf = (jobs: readonly Job[]): readonly unknown[] => jobs.map((job) => (job.note as { readonly by: string }).by);

type Seen = { readonly status?: TrialStatus; readonly values?: readonly number[]; readonly constraints?: readonly number[] };
const history = (seen: readonly Seen[]): History => ({
  version: 0,
  running: [],
  trials: seen.map(({ status = "finished", values = [], constraints = [] }, id): Trial => {
    const curve = values.map((value, index) => ({ fidelity: 3 ** index, values: [value], constraints, costSeconds: 0, atMilestone: true }));
    return { id: trialId(id), config: { x: id }, parent: null, status, curve };
  }),
});
const ids = (trials: readonly Trial[]): readonly number[] => trials.map((trial) => trial.id);

describe("the split", () => {
  it.each([
    [1, 1],
    [10, 1],
    [11, 2],
    [70, 7],
    [250, 25],
    [1000, 25],
  ])("of %i measured trials has %i good ones", (count, good) => {
    const split = splitOf(evidenceOf(history(Array.from({ length: count }, (_, index) => ({ values: [index] }))), []));
    expect([split.good.length, split.bad.length]).toEqual([good, count - good]);
  });

  it("ranks by feasibility, how far a trial was trained, value or violation, and age", () => {
    const seen: readonly Seen[] = [
      { values: [9, 5] },
      { values: [1] },
      { values: [8, 4] },
      { values: [0, 0], constraints: [0.5, -9] },
      { values: [7, 4] },
      { values: [0], constraints: [0.1, 0.1] },
      { values: [2], status: "stopped" },
      { values: [9], constraints: [0.15, -9] },
    ];
    const { good, bad } = splitOf(evidenceOf(history(seen), []));
    expect(ids([...good, ...bad])).toEqual([2, 4, 0, 1, 6, 3, 7, 5]);
  });

  it("counts failed trials as bad whatever they measured, but lost ones for what they measured, and neither towards the good tenth", () => {
    const measured = Array.from({ length: 10 }, (_, index): Seen => ({ values: [index] }));
    const failed: Seen = { status: "failed", values: [-1] };
    const { good, bad } = splitOf(evidenceOf(history([...measured, failed, failed, { status: "failed" }]), [trialId(11), trialId(12)]));
    expect(ids(good)).toEqual([11, 0]);
    expect(ids(bad).slice(-1)).toEqual([10]);
    expect(ids(bad)).not.toContain(12);
  });

  it("makes three of four points random where more than twice as many trials as good ones are on the floor of the best basin", () => {
    const floor = (count: number, one: (index: number) => Seen): readonly Seen[] => Array.from({ length: count }, (_, index) => one(index));
    const randomOf = (on: readonly Seen[], off: readonly Seen[]): number => splitOf(evidenceOf(history([...on, ...off]), [])).random;
    const near = (index: number): Seen => ({ values: [0.5 + index / 1e4] });
    const far = (index: number): Seen => ({ values: [0.6 + index / 100] });
    expect(randomOf(floor(4, near), floor(16, far))).toBe(0);
    expect(randomOf(floor(5, near), floor(15, far))).toBe(0.75);
    expect(randomOf(floor(20, near), [])).toBe(0);
    expect(
      randomOf(
        floor(20, () => ({ values: [0.5] })),
        [],
      ),
    ).toBe(0.75);
    // On a linear scale, values that span orders of magnitude are all near the best.
    expect(
      randomOf(
        [],
        floor(20, (index) => ({ values: [1e-5 * 2 ** index] })),
      ),
    ).toBe(0);
    // Trials that trained less, and infeasible ones, are on no floor.
    const trainedFurther = ({ values }: Seen): Seen => ({ values: [1, ...values!] });
    expect(randomOf(floor(5, near), floor(15, far).map(trainedFurther))).toBe(0);
    expect(randomOf(floor(5, near).map(trainedFurther), floor(15, far).map(trainedFurther))).toBe(0.75);
    expect(
      randomOf(
        floor(20, (index) => ({ ...near(index % 5), constraints: [1] })),
        [],
      ),
    ).toBe(0);
  });

  it("takes a promoted trial that runs for what it has measured, and only one without a measurement for pending", () => {
    const evidence = evidenceOf(
      history([{ status: "running", values: [1] }, { status: "running" }, { status: "paused", values: [2] }]),
      [],
    );
    expect([ids(evidence.measured), ids(evidence.pending)]).toEqual([[0, 2], [1]]);
  });

  it("survives values and violations that overflow", () => {
    const seen: readonly Seen[] = [{ values: [1.7e308] }, { values: [-1.7e308] }, { values: [0], constraints: [1.7e308, 1.7e308] }];
    const { good, bad } = splitOf(evidenceOf(history([...seen, seen[2]!]), []));
    expect(ids([...good, ...bad])).toEqual([1, 0, 2, 3]);
  });
});

describe("where the best value lies at the edge of what succeeds", () => {
  const line = createSpace({ x: real(0, 1) });

  it.each(["threw", "constraint"] as const)(
    "few trials fail, where TPE without a probability of success fails in three of five (%s)",
    (told) => {
      let failures = 0;
      for (let seed = 0; seed < 10; seed++) {
        const study = open(line, tpeSampler(), seed, told === "constraint" ? ["c"] : []);
        for (let trial = 0; trial < 50; trial++) {
          const [job] = study.ask().jobs;
          const x = numberOf(job!.config, "x");
          if (x > 0.3 && trial >= 20) failures++;
          if (told === "constraint") study.tell(job!.id, { values: [-x], constraints: [x > 0.3 ? 1 : 0] });
          else if (x > 0.3) study.fail(job!.id, "threw");
          else study.tell(job!.id, { values: [-x] });
        }
        expect(Math.max(...study.history.trials.map(({ config }) => numberOf(config, "x")).filter((x) => x <= 0.3))).toBeGreaterThan(0.27);
      }
      expect(failures / (10 * 30)).toBeLessThan(0.35);
    },
  );

  it("decisions without failures are those that they were", () => {
    const { measured, failed } = evidenceOf(history([{ values: [1] }, { values: [2] }]), []);
    expect(outcomesOf({ measured, failed, pending: [] })).toBeNull();
  });

  it("infeasible trials count as failed, and lost ones as nothing", () => {
    const seen: readonly Seen[] = [{ values: [1] }, { values: [2], constraints: [0.5] }, { status: "failed" }, { status: "failed" }];
    const outcomes = outcomesOf(evidenceOf(history(seen), [trialId(3)]))!;
    expect([outcomes.succeeded.length, outcomes.failed.length]).toEqual([1, 2]);
  });
});

describe("start points", () => {
  it.each([
    ["ten trials have been measured or have failed: where nine of ten fail, the model would come too late", 4, "threw", 9],
    ["ten trials have been measured: lost ones say nothing", 4, "lost", 13],
    ["one trial has been measured, however many failed", 12, "threw", 12],
  ] as const)("are random until %s", (_, every, reason, last) => {
    const study = open(square, tpeSampler());
    const by: unknown[] = [];
    for (let turn = 0; turn <= last; turn++) {
      const { jobs } = study.ask();
      by.push(...notesOf(jobs));
      if (every === 12 ? turn < 12 : turn % every === 0) study.fail(jobs[0]!.id, reason);
      else study.tell(jobs[0]!.id, { values: [turn] });
    }
    expect(by.map((one) => one === "start").lastIndexOf(true)).toBe(last);
    expect(notesOf(study.ask().jobs)).toEqual(["model"]);
  });

  it("may be results from elsewhere", () => {
    const study = open(square, tpeSampler());
    for (let index = 0; index < 10; index++) study.observe({ x: index / 10, y: 0.5 }, { values: [index] });
    expect(study.ask().jobs[0]!.note).toEqual({ by: "model", good: 1, bad: 9 });
  });

  it("are as many at once as are wanted, all different", () => {
    const { jobs } = open(square, tpeSampler()).ask({ want: 40 });
    expect(new Set(jobs.map((job) => job.config.x)).size).toBe(40);
  });
});

describe("the constant liar", () => {
  /** The mean distance of 16 points asked at once to the nearest other one. */
  const spread = (options: TpeOptions, seed: number): number => {
    const study = open(square, tpeSampler(options), seed);
    play(study, 30, ({ x, y }) => ((x as number) - 0.3) ** 2 + ((y as number) - 0.7) ** 2);
    const points = study.ask({ want: 16 }).jobs.map(({ config }) => [numberOf(config, "x"), numberOf(config, "y")] as const);
    const nearest = points.map((a, i) => Math.min(...points.filter((_, j) => j !== i).map((b) => Math.hypot(a[0] - b[0], a[1] - b[1]))));
    return nearest.reduce((sum, distance) => sum + distance, 0) / nearest.length;
  };

  it("keeps points of one ask apart, as those of many", () => {
    const seeds = Array.from({ length: 20 }, (_, seed) => seed);
    const wider = seeds.filter((seed) => spread({}, seed) > spread({ constantLiar: false }, seed));
    expect(wider.length).toBeGreaterThan(15);
  });

  it("counts the points of an ask, running and queued ones as bad", () => {
    const study = open(square, tpeSampler());
    play(study, 20, ({ x }) => x as number);
    study.ask({ want: 3 });
    study.enqueue({ x: 0.5, y: 0.5 });
    const { jobs } = study.ask({ want: 3 });
    expect(jobs.slice(1).map((job) => job.note)).toEqual([
      { by: "model", good: 2, bad: 18 + 3 + 1 },
      { by: "model", good: 2, bad: 18 + 3 + 2 },
    ]);
  });
});

describe("failures", () => {
  const inFailing = (reason: FailureReason, seed: number): number => {
    const study = open(square, tpeSampler(), seed);
    const configs = searched(study, 60, ({ x, y }) =>
      (x as number) < 0.5 ? reason : ((x as number) - 0.5) ** 2 + ((y as number) - 0.5) ** 2,
    );
    return configs.slice(30).filter(({ x }) => (x as number) < 0.5).length;
  };

  it("repel: next to the optimum, where half the space fails, fewer points go there than without them being counted", () => {
    const seeds = Array.from({ length: 12 }, (_, seed) => seed);
    const threw = seeds.reduce((sum, seed) => sum + inFailing("threw", seed), 0);
    const lost = seeds.reduce((sum, seed) => sum + inFailing("lost", seed), 0);
    expect(threw).toBeLessThan(0.75 * lost);
  });

  it("of everything leave random search", () => {
    const study = open(square, tpeSampler());
    expect(new Set(searched(study, 50, () => "threw").map(({ x }) => x)).size).toBe(50);
  });
});

describe("it finds", () => {
  const seeds = Array.from({ length: 20 }, (_, seed) => seed);
  const least = (space: Space, sampler: Sampler, seed: number, trials: number, value: (config: Config) => number): number =>
    Math.min(...searched(open(space, sampler, seed), trials, value).map(value));

  test.each<readonly [string, TpeOptions]>([
    ["multivariate", {}],
    ["univariate", { multivariate: false }],
  ])("less than random search on nearly every seed in five dimensions, %s", (_name, options) => {
    const space = createSpace(Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`x${index}`, real(0, 1)])));
    const bowl = (config: Config): number => Object.values(config).reduce((sum: number, x) => sum + ((x as number) - 0.37) ** 2, 0);
    const wins = seeds.filter((seed) => least(space, tpeSampler(options), seed, 60, bowl) < least(space, randomSampler(), seed, 60, bowl));
    expect(wins.length).toBeGreaterThan(17);
  });

  it("the right branch of a tree, and the optimum of its own parameters", () => {
    const space = createSpace({
      kind: choice(["a", "b", "c"]),
      x: given("kind", ["a"], real(0, 1)),
      y: given("kind", ["b"], real(0, 1)),
      n: given("kind", ["b"], int(1, 20)),
      z: given("kind", ["c"], real(1e-5, 1, { scale: "log" })),
    });
    const value = (config: Config): number =>
      config.kind === "b" ? Math.abs(numberOf(config, "y") - 0.8) + Math.abs(numberOf(config, "n") - 5) / 20 : 0.7;
    const found = seeds.map((seed) => least(space, tpeSampler(), seed, 80, value));
    expect(found.filter((one) => one < 0.1).length).toBeGreaterThan(17);
  });

  it("the optimum of a feasible part so thin that its kernels hardly ever hit it: nearer than the best of as many random points", () => {
    const crescent = constrain(square, ["abs(y - x^2) <= 0.00002"]);
    const distanceOf = (sampler: Sampler, seed: number): number => {
      const study = open(crescent, sampler, seed);
      return Math.min(
        ...Array.from({ length: 60 }, () => {
          const [job] = study.ask().jobs;
          const distance = Math.abs(numberOf(job!.config, "x") - 0.8);
          study.tell(job!.id, { values: [distance] });
          return distance;
        }),
      );
    };
    const sum = (sampler: () => Sampler): number => [1, 2, 3].reduce((total, seed) => total + distanceOf(sampler(), seed), 0);
    expect(sum(tpeSampler)).toBeLessThan(0.7 * sum(randomSampler));
  });

  it("the feasible optimum where the unconstrained one is not allowed", () => {
    const found = seeds.map((seed) => {
      const study = open(square, tpeSampler(), seed, ["limit"]);
      let best = Infinity;
      for (let trial = 0; trial < 80; trial++) {
        const [job] = study.ask().jobs;
        const x = numberOf(job!.config, "x");
        const y = numberOf(job!.config, "y");
        study.tell(job!.id, { values: [x + y], constraints: [0.9 - x - y] });
        if (x + y >= 0.9) best = Math.min(best, x + y);
      }
      return best;
    });
    expect(found.filter((one) => one < 0.95).length).toBeGreaterThan(17);
  });
});

test("a wide flat basin of a small tuning task does not hold the search: after 80 trials, at most 2 of 8 seeds know nothing better", () => {
  const space = createSpace({
    degree: int(1, 3),
    alpha: real(1e-4, 10, { scale: "log" }),
    ratio: real(0, 1),
    scale: choice(["standard", "robust", "quantile", "none"]),
    idle: choice([true, false]),
  });
  const value = ({ degree, alpha, ratio, scale }: Config): number => {
    const a = Math.log10(alpha as number) - 0.5 * (ratio as number);
    const quantile = scale === "quantile";
    if (degree === 1) return (quantile ? 0.514 : 0.5104) + 0.00006 * (a + 2.4) ** 2 + 0.12 * Math.max(0, a + 0.5) ** 2;
    if (degree === 2) return (quantile ? 0.502 : 0.524) + 0.012 * (a + 0.5) ** 2 * (a > -0.5 ? 4 : 0.5);
    return (quantile ? 0.508 : 0.548) + (quantile ? 0.02 : 0.07) * a ** 2;
  };
  const bests = Array.from({ length: 8 }, (_, seed) => Math.min(...searched(open(space, tpeSampler(), seed), 80, value).map(value)));
  expect(bests.filter((best) => best > 0.51).length).toBeLessThan(3);
});

test("the same points come from a log scale and from the logarithm itself", () => {
  const inLog = createSpace({ x: real(-8, 0) });
  const onScale = createSpace({ x: real(10 ** -8, 1, { scale: "log" }) });
  const logs = searched(open(inLog, tpeSampler()), 40, ({ x }) => ((x as number) + 3) ** 2).map(({ x }) => x as number);
  const scaled = searched(open(onScale, tpeSampler()), 40, ({ x }) => (Math.log10(x as number) + 3) ** 2).map(({ x }) =>
    Math.log10(x as number),
  );
  logs.forEach((x, index) => {
    expect(scaled[index]).toBeCloseTo(x, 6);
  });
});
