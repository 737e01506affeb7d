import {
  checkConfig,
  choice,
  compose,
  createSpace,
  given,
  int,
  type Job,
  type Problem,
  real,
  type Space,
  type Study,
  startStudy,
} from "@caviar-hpo/core";
import { degenerateSpaces, runCampaign, toyValue, valuePatterns } from "@caviar-hpo/core/testing";
import { cos, exp } from "@caviar-hpo/numerics";
import { describe, expect, it } from "vitest";
import { thawing } from "../../testing/thawing.ts";
import { type FreezeThawSamplerOptions, freezeThawSampler } from "./freezeThawSampler.ts";

function problemOf(space: Space, resumable = true): Problem {
  return {
    space,
    objectives: [{ name: "value", goal: "minimize" }],
    constraints: [],
    fidelity: { unit: "epoch", min: 1, max: 27, whole: true },
    resumable,
  };
}

function open(problem: Problem, options: FreezeThawSamplerOptions = { askEffort: 64, initial: 2 }): Study {
  return startStudy({ problem, strategy: compose(thawing, freezeThawSampler(options)), seed: 1 });
}

const plane = createSpace({ x: real(0, 1), y: real(0, 1) });
const numbers = ({ config }: Job): readonly [x: number, y: number] => [config.x as number, config.y as number];
const bowl = (x: number, y: number): number => (x - 0.3) ** 2 + (y - 0.6) ** 2;

/** Runs one worker until the resource is spent. @returns the jobs, and the resource that each had spent when it ended. */
function train(study: Study, value: (job: Job) => number, resource: number): readonly { readonly job: Job; readonly spent: number }[] {
  const done: { readonly job: Job; readonly spent: number }[] = [];
  let spent = 0;
  while (spent < resource) {
    const [job] = study.ask().jobs;
    spent += job!.until - (job!.from?.fidelity ?? 0);
    done.push({ job: job!, spent });
    study.tell(job!.id, { values: [value(job!)] });
  }
  return done;
}

const toTheEnd = (jobs: readonly { readonly job: Job }[]): readonly Job[] => jobs.map(({ job }) => job).filter(({ until }) => until === 27);

describe("a paused trial and a new point", () => {
  it("are told apart by the early results where these predict the end: good trials continue, and bad ones do not", () => {
    const study = open(problemOf(plane), { askEffort: 256 });
    const jobs = train(study, (job) => bowl(...numbers(job)) + 0.5 / job.until, 27 * 6);
    const ends = toTheEnd(jobs);
    expect(ends.length).toBeGreaterThan(2);
    expect(Math.max(...ends.map((job) => bowl(...numbers(job))))).toBeLessThan(0.05);
    expect(Math.min(...ends.map((job) => bowl(...numbers(job))))).toBeLessThan(1e-4);
    expect(study.history.trials.length).toBeGreaterThan(2 * ends.length);
  });

  it("are judged by the end where the early results say the opposite: the model learns what they are worth", () => {
    const study = open(problemOf(plane), { askEffort: 256 });
    const misleading = (job: Job): number => (job.until === 27 ? bowl(...numbers(job)) : 1 - bowl(...numbers(job)) + 0.5 / job.until);
    const ends = toTheEnd(train(study, misleading, 27 * 16));
    const quality = ends.map((job) => bowl(...numbers(job)));
    expect(Math.min(...quality.slice(-4))).toBeLessThan(0.01);
  });

  it("cost all rungs that are ahead where training cannot be resumed", () => {
    const study = open(problemOf(plane, false), { askEffort: 64 });
    const ends = toTheEnd(train(study, (job) => bowl(...numbers(job)) + 0.5 / job.until, 27 * 6));
    expect(Math.min(...ends.map((job) => bowl(...numbers(job))))).toBeLessThan(0.02);
  });
});

describe("predictions", () => {
  it("are of the highest fidelity, also for points that were trained only a little", () => {
    const study = open(problemOf(plane), { askEffort: 64 });
    train(study, (job) => bowl(...numbers(job)) + exp(-job.until / 5), 27 * 6);
    const points = [
      { x: 0.3, y: 0.6 },
      { x: 0.35, y: 0.5 },
    ];
    const { mean, sd } = study.predict(points)!;
    for (const [at, { x, y }] of points.entries()) {
      expect(Math.abs(mean[at]! - bowl(x, y) - exp(-27 / 5))).toBeLessThan(0.02);
      expect(sd[at]).toBeLessThan(0.05);
    }
  });

  it("decide with noise which trial is recommended, among those at the best trial's fidelity", () => {
    const study = open(problemOf(plane), { askEffort: 64, noise: "learned" });
    const noisy = (job: Job): number => bowl(...numbers(job)) + 0.5 / job.until + 0.05 * cos(1000 * (job.config.x as number) + job.until);
    const ends = toTheEnd(train(study, noisy, 27 * 8));
    const recommended = study.recommend()!;
    expect(ends.map(({ config }) => config)).toContainEqual(recommended);
    expect(bowl(recommended.x as number, recommended.y as number)).toBeLessThan(0.05);
  });
});

describe("continues, in the box, where objectives return", () => {
  const space = createSpace({
    rate: real(1e-4, 1, { scale: "log" }),
    width: int(1, 64),
    kind: choice(["a", "b"]),
    dropout: given("kind", ["b"], real(0, 0.5)),
  });
  it.each(valuePatterns.map((pattern) => [pattern.name, pattern] as const))("%s", (_, { at }) => {
    const study = open(problemOf(space));
    runCampaign(study, { workers: 2, trials: 8, pick: (turn) => turn * 7, judge: (job) => at(job.trial) });
    for (const { config } of study.history.trials) expect(checkConfig(space, config)).toEqual(config);
    const { mean, sd } = study.predict(study.history.trials.map(({ config }) => config))!;
    expect([...mean, ...sd].every(Number.isFinite)).toBe(true);
  });
});

it.each(degenerateSpaces().map(({ name, space }) => [name, space] as const))("takes, and stays inside, %s", (_, space) => {
  const study = open(problemOf(space));
  const judge = (job: Job): number => toyValue(study.problem, job.config, job.until, 1);
  runCampaign(study, { workers: 2, trials: 5, pick: (turn) => turn, judge });
  for (const { config } of study.history.trials) expect(checkConfig(space, config)).toEqual(config);
});

it("refuses options that it does not have, and says whose they are", () => {
  expect(() => freezeThawSampler({ acquisition: "logPI" } as FreezeThawSamplerOptions)).toThrow(/freezeThaw/);
});
