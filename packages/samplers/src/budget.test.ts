/** Samplers whose defaults depend on the budget read it, and a larger budget never changes what they have suggested. */
import {
  complete,
  compose,
  createSpace,
  type Event,
  encode,
  type Problem,
  real,
  replay,
  type Sampler,
  type Study,
  startStudy,
} from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coarseToFineSampler } from "./coarseToFine/coarseToFine.ts";
import { latinHypercubeSampler } from "./latinHypercube/sampler.ts";

const space = createSpace({ a: real(0, 1), b: real(1e-3, 10, { scale: "log" }) });
const problem: Problem = { space, objectives: [{ name: "loss", goal: "minimize" }], constraints: [], fidelity: null, resumable: false };

/** What happens to a study, one after another: a budget is spent, or something comes from outside. */
type Step = { readonly trials: number } | { readonly observed: number } | { readonly enqueued: number };

function openStudy(sampler: Sampler, onEvent: (event: Event) => void = () => {}): Study {
  return startStudy({ problem, strategy: compose(complete, sampler), seed: 7 }, onEvent);
}

/** Spends a budget with up to `want` jobs at a time; the value is that of a bowl. */
function spend(study: Study, trials: number, want = 1): void {
  for (;;) {
    const { jobs } = study.ask({ want, trials });
    if (jobs.length === 0) return;
    for (const { id, config } of jobs)
      study.tell(id, { values: [encode(space, config).reduce((sum, p) => sum + (p - 0.3) * (p - 0.3), 0)] });
  }
}

function play(study: Study, steps: readonly Step[], want = 1): void {
  for (const step of steps) {
    if ("trials" in step) spend(study, study.started + step.trials, want);
    else if ("enqueued" in step) for (let index = 0; index < step.enqueued; index++) study.enqueue({ a: 0.5, b: 0.01 });
    else for (let index = 0; index < step.observed; index++) study.observe({ a: index / 40, b: 1 }, { values: [9] });
  }
}

const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ trials: fc.integer({ min: 1, max: 40 }) }) },
    { weight: 1, arbitrary: fc.record({ observed: fc.integer({ min: 1, max: 30 }) }) },
    { weight: 1, arbitrary: fc.record({ enqueued: fc.integer({ min: 1, max: 5 }) }) },
  ),
  { minLength: 1, maxLength: 5 },
);

const planning: { readonly [name: string]: (options?: object) => Sampler } = {
  latinHypercube: latinHypercubeSampler as (options?: object) => Sampler,
  coarseToFine: coarseToFineSampler as (options?: object) => Sampler,
};

describe.each(Object.entries(planning))("%s, which plans by the budget", (_name, make) => {
  it("keeps what it has suggested when the budget grows, and its log repeats to the bit", () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 40 }), (first, more) => {
        const events: Event[] = [];
        const study = openStudy(make(), (event) => events.push(event));
        play(study, first);
        const before = JSON.stringify(study.history.trials);
        const saved = JSON.parse(JSON.stringify(events)) as readonly Event[];
        play(study, [{ trials: more }]);
        expect(JSON.stringify(study.history.trials.slice(0, JSON.parse(before).length))).toBe(before);
        const again = replay({ problem, strategy: compose(complete, make()), seed: 7 }, saved);
        expect(JSON.stringify(again.history.trials)).toBe(before);
        play(again, [{ trials: more }]);
        expect(again.history.trials).toEqual(study.history.trials);
        expect(again.state).toEqual(study.state);
      }),
      { seed: 1, numRuns: 30 },
    );
  });

  it("suggests the same without a budget as before, and the same as with its usual number as the option", () => {
    const option = make === planning.latinHypercube ? { points: 32 } : { trials: 60 };
    const [plain, fixed] = [openStudy(make()), openStudy(make(option))];
    for (const study of [plain, fixed]) {
      for (let trial = 0; trial < 100; trial++) for (const { id } of study.ask().jobs) study.tell(id, { values: [Math.cos(trial)] });
    }
    expect(plain.history.trials).toEqual(fixed.history.trials);
    expect(plain.state).toEqual(fixed.state);
  });

  it("has an option that comes before the budget", () => {
    const option = make === planning.latinHypercube ? { points: 10 } : { trials: 10 };
    const [short, long] = [openStudy(make(option)), openStudy(make(option))];
    spend(short, 20);
    spend(long, 50);
    expect(long.history.trials.slice(0, 20)).toEqual(short.history.trials);
  });
});

/** Whether each parameter has one value in each of n equal slices of its scale. */
function isStratified(points: readonly Float64Array[]): boolean {
  return [0, 1].every((axis) => {
    const sorted = points.map((point) => point[axis]!).sort((x, y) => x - y);
    return sorted.every((x, index) => x >= index / points.length - 1e-12 && x <= (index + 1) / points.length + 1e-12);
  });
}

describe("a Latin hypercube without the option points", () => {
  it("is one design of as many points as each budget leaves, whatever was observed or enqueued, on any number of workers", () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 5 }), (all, want) => {
        const study = openStudy(latinHypercubeSampler());
        for (const step of all) {
          const from = study.history.trials.length;
          play(study, [step], want);
          if (!("trials" in step)) continue;
          const own = study.history.trials.slice(from).filter(({ config }) => config.a !== 0.5);
          expect(isStratified(own.map(({ config }) => encode(space, config)))).toBe(true);
        }
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it("of 50 trials is a design of 50 points, and not of 32", () => {
    const study = openStudy(latinHypercubeSampler());
    spend(study, 50);
    expect(isStratified(study.history.trials.map(({ config }) => encode(space, config)))).toBe(true);
  });

  it.each(["centredDiscrepancy", "maximin"] as const)("that is optimised by %s has the points of the budget too", (criterion) => {
    const study = openStudy(latinHypercubeSampler({ criterion }));
    spend(study, 12);
    spend(study, 19);
    const points = study.history.trials.map(({ config }) => encode(space, config));
    expect([points.slice(0, 12), points.slice(12)].map(isStratified)).toEqual([true, true]);
  });
});

describe("coarse to fine without the option trials", () => {
  const stagesOf = (study: Study, trials: number): readonly number[] => {
    const stages: number[] = [];
    for (;;) {
      const [job] = study.ask({ trials }).jobs;
      if (job === undefined) return stages;
      if (job.note !== undefined) stages.push((job.note as { readonly stage: number }).stage);
      study.tell(job.id, { values: [encode(space, job.config)[0]!] });
    }
  };
  const counted = (stages: readonly number[]): readonly number[] => [0, 1, 2].map((stage) => stages.filter((one) => one === stage).length);

  it.each([
    [10, [4, 3, 3]],
    [20, [8, 6, 6]],
    [60, [24, 18, 18]],
    [200, [80, 60, 60]],
  ])("shares %d trials among its stages: %j", (trials, expected) => {
    expect(counted(stagesOf(openStudy(coarseToFineSampler()), trials))).toEqual(expected);
  });

  it("leaves out of its plan what is enqueued and what is observed", () => {
    const study = openStudy(coarseToFineSampler());
    play(study, [{ observed: 30 }, { enqueued: 10 }]);
    expect(counted(stagesOf(study, 30))).toEqual([8, 6, 6]);
  });

  it("goes back to its coarse stage when the budget grows, and then zooms in again", () => {
    const study = openStudy(coarseToFineSampler());
    expect(counted(stagesOf(study, 20))).toEqual([8, 6, 6]);
    const more = stagesOf(study, 200);
    expect(counted(more)).toEqual([60, 60, 60]);
    expect(more).toEqual([...more].sort());
    const wide = study.history.trials.slice(20, 80).map(({ config }) => encode(space, config));
    for (const axis of [0, 1]) {
      expect(Math.max(...wide.map((point) => point[axis]!)) - Math.min(...wide.map((point) => point[axis]!))).toBeGreaterThan(0.8);
    }
    const fine = study.history.trials.slice(140).map(({ config }) => encode(space, config)[0]!);
    expect(Math.max(...fine)).toBeLessThan(0.3);
  });
});
