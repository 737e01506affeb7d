import {
  type Config,
  ConfigError,
  choice,
  complete,
  compose,
  createSpace,
  derive,
  encode,
  given,
  int,
  type Problem,
  real,
  root,
  type Sampler,
  type Space,
  type Study,
  startStudy,
  stream,
} from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { randomSampler } from "../random.ts";
import { problemOf } from "../study.fixture.ts";
import { type CoarseToFineOptions, type CoarseToFineState, coarseToFineSampler } from "./coarseToFine.ts";
import { contains, type RegionAxis, wholeSpace } from "./region.ts";

const square = createSpace({ x: real(-1, 1), rate: real(1e-4, 1, { scale: "log" }) });

function open(space: Space, options: CoarseToFineOptions = {}, seed = 1, constraints: readonly string[] = []): Study {
  return startStudy({ problem: problemOf(space, constraints), strategy: compose(complete, coarseToFineSampler(options)), seed });
}

const stateOf = (study: Study): CoarseToFineState => (study.state as unknown as { readonly sampler: CoarseToFineState }).sampler;

/** Asks one by one; each stage's region, and the trials that were there before it. */
function play(
  study: Study,
  trials: number,
  report: (study: Study, job: ReturnType<Study["ask"]>["jobs"][number]) => void,
): readonly { readonly region: readonly RegionAxis[]; readonly before: number }[] {
  const stages: { region: readonly RegionAxis[]; before: number }[] = [{ region: stateOf(study).region, before: 0 }];
  while (study.history.trials.length < trials) {
    const before = study.history.trials.length;
    const { stage } = stateOf(study);
    const [job] = study.ask().jobs;
    if (stateOf(study).stage !== stage) stages.push({ region: stateOf(study).region, before });
    report(study, job!);
  }
  return stages;
}

const width = (axis: RegionAxis): number => (axis.kind === "interval" ? axis.high - axis.low : axis.kept.length);

describe("stages", () => {
  const counts = (options: CoarseToFineOptions, trials: number): readonly number[] => {
    const study = open(square, options);
    const notes: number[] = [];
    for (const job of study.ask({ want: trials }).jobs)
      notes[(job.note as { readonly stage: number }).stage] = (notes[(job.note as { readonly stage: number }).stage] ?? 0) + 1;
    return Array.from(notes, (count) => count ?? 0);
  };

  test.each<readonly [string, CoarseToFineOptions, number, readonly number[]]>([
    ["by default a coarse one of 40 %, then two of 30 %", {}, 60, [24, 18, 18]],
    ["in other shares", { trials: 100, stages: 5, coarse: 0.2 }, 100, [20, 20, 20, 20, 20]],
    ["the last one continuing beyond the plan", { trials: 20, stages: 2, coarse: 0.5 }, 50, [10, 40]],
    ["one stage being random search", { trials: 10, stages: 1 }, 30, [30]],
    ["that do not divide evenly", { trials: 10, stages: 4, coarse: 0.3 }, 10, [3, 3, 2, 2]],
    ["more of them than trials", { trials: 3, stages: 10, coarse: 0.34 }, 12, [1, 1, 1, 1, 1, 1, 1, 1, 1, 3]],
    ["no coarse one: nothing to zoom into", { trials: 10, stages: 2, coarse: 0 }, 10, [0, 10]],
    ["nothing but a coarse one, within the plan", { trials: 10, stages: 2, coarse: 1 }, 10, [10]],
  ])("%s", (_name, options, trials, expected) => {
    expect(counts(options, trials)).toEqual(expected);
  });

  it("halve every side: by the third, a sixteenth of the square is left", () => {
    const stages = play(open(square), 60, (study, job) => study.tell(job.id, { values: [Math.abs(job.config.x as number)] }));
    expect(stages).toHaveLength(3);
    expect(stages[1]!.region.map(width).every((side) => side <= 0.5)).toBe(true);
    expect(stages[2]!.region.map(width).every((side) => side <= 0.25)).toBe(true);
    expect(width(stages[2]!.region[0]!)).toBeGreaterThan(0.05);
  });
});

test("whatever the values, each region lies inside the one before and holds the best point seen in it", () => {
  const mixed = createSpace({
    rate: real(1e-5, 1, { scale: "log" }),
    layers: int(1, 12),
    optimiser: choice(["sgd", "adam", "rmsprop", "lion"]),
    momentum: given("optimiser", ["sgd", "rmsprop"], real(0.5, 0.999, { scale: "oneMinusLog" })),
    size: choice([16, 32, 64, 128], { ordered: true }),
  });
  const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, 1, -1, 1e308, -1e308), fc.constant(null));
  const wrong: string[] = [];
  fc.assert(
    fc.property(fc.array(value, { minLength: 40, maxLength: 40 }), fc.nat({ max: 1000 }), (values, seed) => {
      const study = open(mixed, { trials: 40, stages: 5, coarse: 0.3 }, seed);
      const stages = play(study, 40, (one, job) => {
        const told = values[job.trial]!;
        if (told === null) one.fail(job.id, "threw");
        else one.tell(job.id, { values: [told] });
      });
      if (stages.length !== 5) wrong.push(`${stages.length} stages`);
      stages.slice(1).forEach(({ region, before }, index) => {
        const outer = stages[index]!.region;
        const nested = region.every((axis, at) => {
          const around = outer[at]!;
          if (axis.kind === "interval" && around.kind === "interval") return axis.low >= around.low && axis.high <= around.high;
          return axis.kind === "options" && around.kind === "options" && axis.kept.every((kept) => around.kept.includes(kept));
        });
        const seen = study.history.trials
          .slice(0, before)
          .filter((trial) => trial.status === "finished" && contains(mixed, outer, trial.config));
        const best = seen.reduce<(typeof seen)[number] | null>(
          (least, trial) => (least === null || trial.curve[0]!.values[0]! < least.curve[0]!.values[0]! ? trial : least),
          null,
        );
        if (!nested) wrong.push(`not nested, seed ${seed}`);
        if (best !== null && !contains(mixed, region, best.config)) wrong.push(`best lost, seed ${seed}`);
      });
    }),
    { seed: 7, numRuns: 60 },
  );
  expect(wrong).toEqual([]);
});

describe("the cluster", () => {
  it("ignores failed trials: where all failed, the region stays", () => {
    const stages = play(open(square), 60, (study, job) => study.fail(job.id, job.id % 2 === 0 ? "threw" : "nonfinite"));
    expect(stages.map((stage) => stage.region)).toEqual([wholeSpace(square), wholeSpace(square), wholeSpace(square)]);
  });

  it("is made without the trials that fail, though they measured the least", () => {
    const training: Problem = { ...problemOf(square), fidelity: { unit: "epoch", min: 1, max: 2, whole: true } };
    const study = startStudy({ problem: training, strategy: compose(complete, coarseToFineSampler()), seed: 1 });
    const stages = play(study, 40, (one, job) => {
      const bad = (job.config.x as number) < 0;
      one.tell(job.id, { values: [bad ? -100 : (job.config.x as number)], fidelity: 1 });
      if (bad) one.fail(job.id, "lost");
      else one.tell(job.id, { values: [job.config.x as number] });
    });
    const best = study.history.trials
      .slice(0, 24)
      .filter((trial) => trial.status === "finished")
      .sort((a, b) => a.curve[1]!.values[0]! - b.curve[1]!.values[0]!)[0]!;
    expect(contains(square, stages[1]!.region, best.config)).toBe(true);
  });

  it("puts feasible trials before infeasible ones", () => {
    const study = open(square, {}, 1, ["limit"]);
    const stages = play(study, 40, (one, job) => {
      const x = job.config.x as number;
      one.tell(job.id, { values: [x], constraints: [0.2 - x] });
    });
    const feasible = study.history.trials.slice(0, 24).filter((trial) => (trial.config.x as number) >= 0.2);
    const best = feasible.sort((a, b) => (a.config.x as number) - (b.config.x as number))[0]!;
    const axis = stages[1]!.region[0] as RegionAxis & { readonly kind: "interval" };
    const unit = encode(square, best.config)[0]!;
    expect(axis.low <= unit && unit <= axis.high).toBe(true);
    expect(axis.high).toBeGreaterThan(0.6);
  });

  it("keeps the options that are among the best, and narrows parameters that only they have", () => {
    const space = createSpace({
      kind: choice(["a", "b", "c", "d"]),
      x: given("kind", ["b"], real(0, 1)),
      y: given("kind", ["c"], real(0, 1)),
    });
    const stages = play(open(space, { trials: 100 }), 100, (study, job) => {
      const good = job.config.kind === "b" ? Math.abs((job.config.x as number) - 0.5) : 10 + job.id;
      study.tell(job.id, { values: [good] });
    });
    const [kind, x, y] = stages[2]!.region;
    expect(kind).toEqual({ kind: "options", kept: [1], of: 4 });
    expect(width(x!)).toBeLessThan(0.3);
    expect(y).toEqual({ kind: "interval", low: 0, high: 1 });
  });

  it("counts points from elsewhere that lie in the region", () => {
    const study = open(square);
    const config: Config = { x: 0.9, rate: 0.01 };
    study.observe(config, { values: [-100] });
    const stages = play(study, 40, (one, job) => one.tell(job.id, { values: [job.config.x as number] }));
    expect(contains(square, stages[1]!.region, config)).toBe(true);
  });
});

test("in five dimensions with a bowl, 60 trials, it beats random search on nearly every one of 30 seeds", () => {
  const space = createSpace(Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`x${index}`, real(0, 1)])));
  const best = (sampler: Sampler, seed: number): number => {
    const source = stream(derive(root("bowl"), seed));
    const centre = Array.from({ length: 5 }, () => 0.2 + 0.6 * source.uniform());
    const study = startStudy({ problem: problemOf(space), strategy: compose(complete, sampler), seed });
    let least = Infinity;
    for (let trial = 0; trial < 60; trial++) {
      const [job] = study.ask().jobs;
      const value = centre.reduce((sum, c, index) => sum + ((job!.config[`x${index}`] as number) - c) ** 2, 0);
      least = Math.min(least, value);
      study.tell(job!.id, { values: [value] });
    }
    return least;
  };
  const seeds = Array.from({ length: 30 }, (_, seed) => seed);
  const wins = seeds.filter(
    (seed) => best(coarseToFineSampler() as unknown as Sampler, seed) < best(randomSampler() as unknown as Sampler, seed),
  );
  // Sign test: 24 or more of 30 by chance have probability 0.0007.
  expect(wins.length).toBeGreaterThanOrEqual(24);
});

test.each([{ trials: 0 }, { stages: 0 }, { stages: 2.5 }, { shrink: 0 }, { shrink: 1.5 }, { coarse: -0.1 }, { coarse: 1.1 }, { stage: 3 }])(
  "the options %o are refused",
  (options) => {
    expect(() => coarseToFineSampler(options)).toThrow(ConfigError);
  },
);
