/**
 * Rungs and steps are thresholds: a trial that reports rarely, or at sums of fractions, is judged at its first report at or past each. The
 * oracles below are lists that are sorted again for each report, with the tolerance written as a number.
 */
import {
  type Config,
  compose,
  derive,
  type Job,
  type Problem,
  root,
  type Scheduler,
  type Study,
  startStudy,
  stream,
} from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { uniformPoints } from "../testing/samplers.ts";
import { problemTo, quality } from "../testing/studies.ts";
import { asha, asynchronousHyperband } from "./asynchronous.ts";
import { medianRule } from "./medianRule.ts";
import { pasha } from "./pasha.ts";

/** Where a trial reports before its end, ascending. */
type Grid = (trial: number) => readonly number[];

type World = {
  readonly problem: Problem;
  readonly scheduler: Scheduler;
  readonly grid: Grid;
  readonly value: (config: Config, trial: number, fidelity: number) => number;
  readonly trials: number;
  /** 1 by default. */
  readonly workers?: number;
  /** 1 by default. */
  readonly seed?: number;
};

/** What a trial reported in its turn, and whether it was stopped for it. `bracket` is that of its slot. */
type Said = {
  readonly trial: number;
  readonly fidelity: number;
  readonly value: number;
  readonly last: boolean;
  readonly stopped: boolean;
};

/** Plays jobs that report where their grid says, in an order drawn at random. @returns all reports, and the bracket of each trial. */
function playGrid({ problem, scheduler, grid, value, trials, workers = 1, seed = 1 }: World): {
  readonly said: readonly Said[];
  readonly brackets: readonly number[];
  readonly spent: number;
  readonly study: Study;
} {
  const brackets: number[] = [];
  const points = uniformPoints();
  const sampler = {
    ...points,
    suggest: (...args: Parameters<typeof points.suggest>) => {
      brackets.push(args[2].slot.bracket);
      return points.suggest(...args);
    },
  };
  const study = startStudy({ problem, strategy: compose(scheduler, sampler), seed });
  const said: Said[] = [];
  const source = stream(derive(root(seed), "order"));
  const reported = new Map<number, number>();
  let spent = 0;
  for (;;) {
    const starts = trials - study.history.trials.length;
    study.ask({ want: workers - study.history.running.length, starts, finish: starts === 0 && study.history.running.length === 0 });
    const { running } = study.history;
    if (running.length === 0) return { said, brackets, spent, study };
    const job = running[source.integer(running.length)]!;
    const reached = reported.get(job.id) ?? job.from?.fidelity ?? 0;
    const fidelity = grid(job.trial).find((one) => one > reached && one < job.until - 1e-6) ?? job.until;
    reported.set(job.id, fidelity);
    spent += fidelity - reached;
    const told = value(job.config, job.trial, fidelity);
    const { directives } = study.tell(job.id, { values: [told], fidelity });
    said.push({ trial: job.trial, fidelity, value: told, last: fidelity === job.until, stopped: directives.length > 0 });
  }
}

const every =
  (step: number, max: number): Grid =>
  () =>
    Array.from({ length: Math.ceil(max / step) - 1 }, (_, index) => (index + 1) * step);

/** `step`, `step + step`, ... by addition: 0.1, 0.2, 0.30000000000000004, ... */
const added =
  (step: number, max: number): Grid =>
  () => {
    const grid: number[] = [];
    for (let sum = step; sum < max - 1e-6; sum += step) grid.push(sum);
    return grid;
  };

/** Noise that later fidelities have less of, with ties. */
const noisy = (config: Config, trial: number, fidelity: number): number =>
  Math.round(20 * (quality(config) + ((trial * 7919) % 100) / 100 / (1 + fidelity))) / 20;

const separable = (config: Config, _trial: number, fidelity: number): number => quality(config) + 1 / fidelity;

/** Rungs of the brackets of R = 81 epochs or 0.9 of the data, eta 3. */
const ladders: { readonly [max: number]: readonly number[] } = { 81: [1, 3, 9, 27], 0.9: [0.1, 0.3] };
const epochs = problemTo(81);
const fractions = problemTo(0.9, { min: 0.1, whole: false });

/** Grids of every kind: each k-th epoch, irregular ones of each trial alone, the end only, and sums of fractions. */
const grids: fc.Arbitrary<{ readonly problem: Problem; readonly grid: Grid }> = fc.oneof(
  fc.integer({ min: 1, max: 90 }).map((step) => ({ problem: epochs, grid: every(step, 81) })),
  fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 80 }), { maxLength: 12 }), { minLength: 1, maxLength: 5 }).map((drawn) => {
    const lists = drawn.map((one) => [...one].sort((a, b) => a - b));
    return { problem: epochs, grid: (trial: number) => lists[trial % lists.length]! };
  }),
  fc
    .array(fc.constantFrom(0.1, 0.05, 0.02, 0.3, 0.15, 0.07, 0.001), { minLength: 1, maxLength: 3 })
    .map((steps) => ({ problem: fractions, grid: (trial: number) => added(steps[trial % steps.length]!, 0.9)(trial) })),
);
const crews = fc.record({ workers: fc.integer({ min: 1, max: 9 }), seed: fc.nat({ max: 1000 }), trials: fc.integer({ min: 1, max: 40 }) });

/**
 * A trial's report is its result at each rung that it has reached since its last one, lowest first. It stops at the first rung where fewer
 * than max(1, floor(n / 3)) results are better; earlier trials win ties.
 */
function expectHalving(said: readonly Said[], rungsOf: (trial: number) => readonly number[]): number {
  const results = new Map<string, { readonly trial: number; readonly value: number }[]>();
  const passed = new Map<number, number>();
  let stops = 0;
  for (const { trial, fidelity, value, last, stopped } of said) {
    const rungs = rungsOf(trial);
    let stays = true;
    let next = passed.get(trial) ?? 0;
    while (stays && next < rungs.length && fidelity > rungs[next]! - 1e-9) {
      const key = `${rungs.length}: ${rungs[next]}`;
      const rung = [...(results.get(key) ?? []), { trial, value }];
      results.set(key, rung);
      const better = rung.filter((other) => other.value < value || (other.value === value && other.trial < trial)).length;
      stays = better < Math.max(1, Math.floor(rung.length / 3));
      next++;
    }
    passed.set(trial, next);
    expect([trial, fidelity, stopped]).toEqual([trial, fidelity, !stays && !last]);
    if (stopped) stops++;
  }
  return stops;
}

describe("halving by stopping judges a trial at its first report at or past a rung", () => {
  it("asha, whatever grid the trials report on", () => {
    let stops = 0;
    fc.assert(
      fc.property(grids, crews, ({ problem, grid }, crew) => {
        const { said } = playGrid({ problem, grid, scheduler: asha({ variant: "stopping" }), value: noisy, ...crew });
        stops += expectHalving(said, () => ladders[problem.fidelity!.max]!);
      }),
      { seed: 1, numRuns: 60 },
    );
    expect(stops).toBeGreaterThan(300);
  });

  it("asynchronous Hyperband, in each of its brackets", () => {
    let stops = 0;
    fc.assert(
      fc.property(grids, crews, ({ problem, grid }, crew) => {
        const scheduler = asynchronousHyperband({ variant: "stopping" });
        const { said, brackets } = playGrid({ problem, grid, scheduler, value: noisy, ...crew });
        stops += expectHalving(said, (trial) => ladders[problem.fidelity!.max]!.slice(brackets[trial]));
      }),
      { seed: 1, numRuns: 60 },
    );
    expect(stops).toBeGreaterThan(150);
  });

  it.each([
    ["asha", () => asha({ variant: "stopping" }), 2],
    ["asynchronousHyperband", () => asynchronousHyperband({ variant: "stopping" }), 2],
    ["medianRule", () => medianRule(), 5],
  ] as const)("%s: thirty trials that report rarely cost about what those cost that report each of 81 epochs", (_name, create, step) => {
    const cost = (grid: number): number =>
      playGrid({ problem: epochs, grid: every(grid, 81), scheduler: create(), value: separable, trials: 30 }).spent;
    expect(cost(1)).toBeLessThan(0.7 * 30 * 81);
    expect(cost(step) / cost(1)).toBeGreaterThan(0.9);
    expect(cost(step) / cost(1)).toBeLessThan(1.2);
    // Nothing can be stopped before its only report.
    expect(cost(81)).toBe(30 * 81);
  });

  it("a trial that jumps over two rungs is judged at both: good enough for the lower one, it is stopped at the upper one", () => {
    const study = startStudy({ problem: epochs, strategy: compose(asha({ variant: "stopping" }), uniformPoints()), seed: 1 });
    const { jobs } = study.ask({ want: 8 });
    const tell = (job: Job, fidelity: number, value: number): readonly unknown[] =>
      study.tell(job.id, { values: [value], fidelity }).directives.map(({ kind }) => kind);
    expect(tell(jobs[0]!, 1, 0.5)).toEqual([]);
    expect(tell(jobs[0]!, 3, 0.1)).toEqual([]);
    // The best of 1 epoch, and the second best of 3: one of two stays there.
    expect(tell(jobs[1]!, 4, 0.2)).toEqual(["stop"]);
    // What it measured counts at both: the third is second of three at 1 epoch, of whom one stays.
    expect(tell(jobs[2]!, 2, 0.3)).toEqual(["stop"]);
    expect(tell(jobs[3]!, 3, 0.05)).toEqual([]);
    // A report between two rungs decides nothing new.
    expect(tell(jobs[3]!, 5, 9)).toEqual([]);
  });

  it("the last report counts at the rungs that were not reported, though it stops nothing", () => {
    const study = startStudy({ problem: epochs, strategy: compose(asha({ variant: "stopping" }), uniformPoints()), seed: 1 });
    const { jobs } = study.ask({ want: 2 });
    expect(study.tell(jobs[0]!.id, { values: [0.1] }).directives).toEqual([]);
    expect(study.tell(jobs[1]!.id, { values: [0.2], fidelity: 1 }).directives).toEqual([{ kind: "stop", job: 1 }]);
  });

  it("0.1 + 0.1 + 0.1 of the data is the rung at 0.3, and so is 0.30000000000000004 where trials report nothing else", () => {
    for (const grid of [added(0.1, 0.9), () => [0.1, 0.30000000000000004], () => [0.1, 0.3 - 1e-16]]) {
      const { said, study } = playGrid({
        problem: fractions,
        grid,
        scheduler: asha({ variant: "stopping" }),
        value: separable,
        trials: 30,
      });
      const exact = playGrid({
        problem: fractions,
        grid: () => [0.1, 0.3],
        scheduler: asha({ variant: "stopping" }),
        value: separable,
        trials: 30,
      });
      const stopsOf = (all: readonly Said[]): readonly unknown[] =>
        all.filter(({ stopped }) => stopped).map(({ trial, fidelity }) => [trial, fidelity.toFixed(3)]);
      expect(stopsOf(said)).toEqual(stopsOf(exact.said));
      expect(
        study.history.trials.every(({ curve }) =>
          curve.every(({ fidelity, atMilestone }) => !atMilestone || [0.1, 0.3, 0.9].includes(fidelity)),
        ),
      ).toBe(true);
    }
  });
});

/** The value of each trial at each step, as if it had reported it there. The rule is that of `medianRule.test.ts`. */
function expectMedians(said: readonly Said[], steps: readonly number[], startup: number, among: "completed" | "reached"): number {
  const averages: number[][] = steps.map(() => []);
  const curves = new Map<number, number[]>();
  let stops = 0;
  for (const { trial, fidelity, value, last, stopped } of said) {
    const curve = curves.get(trial) ?? [];
    curves.set(trial, curve);
    const mean = (count: number): number => curve.slice(0, count).reduce((sum, one) => sum + one, 0) / count;
    let stays = true;
    while ((stays || last) && curve.length < steps.length && fidelity > steps[curve.length]! - 1e-9) {
      const step = curve.length;
      curve.push(value);
      const sorted = [...averages[step]!].sort((a, b) => a - b);
      const middle = (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.floor(sorted.length / 2)]!) / 2;
      stays &&= sorted.length < startup || Math.min(...curve) <= middle + 1e-12;
      if (among === "reached") averages[step]!.push(mean(step + 1));
    }
    if (last && among === "completed") curve.forEach((_, step) => averages[step]!.push(mean(step + 1)));
    expect([trial, fidelity, stopped]).toEqual([trial, fidelity, !stays && !last]);
    if (stopped) stops++;
  }
  return stops;
}

describe("the median rule judges a trial at its first report at or past a step", () => {
  it.each(["completed", "reached"] as const)("whatever grid the trials report on, among those that %s", (among) => {
    let stops = 0;
    // No two values are equal up to rounding, so that a sum in another order decides nothing.
    const value = (config: Config, trial: number, fidelity: number): number =>
      quality(config) + ((trial * 7919) % 101) / 60 / (1 + fidelity);
    fc.assert(
      fc.property(grids, crews, ({ problem, grid }, crew) => {
        const scheduler = medianRule({ steps: 9, startup: 2, among });
        const { said } = playGrid({ problem, grid, scheduler, value, ...crew });
        const steps = problem === epochs ? [9, 18, 27, 36, 45, 54, 63, 72] : [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
        stops += expectMedians(said, steps, 2, among);
      }),
      { seed: 1, numRuns: 60 },
    );
    expect(stops).toBeGreaterThan(100);
  });
});

describe("reports at every rung", () => {
  it.each([
    ["asha, stopping", () => asha({ variant: "stopping" })],
    ["asynchronousHyperband, stopping", () => asynchronousHyperband({ variant: "stopping" })],
    ["medianRule", () => medianRule({ steps: 9 })],
    ["asha", () => asha()],
    ["pasha", () => pasha()],
  ] as const)("%s: more reports between them change nothing", (_name, create) => {
    const rungs = [1, 3, ...Array.from({ length: 9 }, (_, index) => 9 * (index + 1))];
    const decisions = (grid: Grid): readonly unknown[] =>
      playGrid({ problem: epochs, grid, scheduler: create(), value: separable, trials: 30 }).study.history.trials.map(
        ({ status, curve }) => [status, curve.at(-1)!.fidelity],
      );
    expect(decisions(every(1, 81))).toEqual(decisions(() => rungs));
  });
});

describe("PASHA", () => {
  it("finds curves that criss-cross where one trial adds its fractions up and another does not", () => {
    const study = startStudy({ problem: fractions, strategy: compose(pasha(), uniformPoints()), seed: 1 });
    const epsilon = (): number => (study.state as { readonly scheduler: { readonly epsilon: number } }).scheduler.epsilon;
    for (const { id, trial } of study.ask({ want: 6 }).jobs) study.tell(id, { values: [trial] });
    const [one, other] = study.ask({ want: 2 }).jobs;
    const sum = 0.1 + 0.07 + 0.07;
    expect(sum).not.toBe(0.24);
    study.tell(one!.id, { values: [5], fidelity: 0.24 });
    study.tell(one!.id, { values: [0.25] });
    study.tell(other!.id, { values: [4], fidelity: sum });
    study.tell(other!.id, { values: [1] });
    expect(epsilon()).toBe(0.75);
  });
});
