import {
  type Config,
  choice,
  complete,
  compose,
  createSpace,
  decode,
  derive,
  given,
  int,
  type Json,
  type Key,
  LimitError,
  real,
  root,
  type Sampler,
  type Space,
  startStudy,
} from "@caviar-hpo/core";
import { contextOf } from "@caviar-hpo/core/testing";
import { describe, expect, it, test } from "vitest";
import { halton } from "./halton.ts";
import { haltonSampler, rSequenceSampler, sobolSampler } from "./index.ts";
import { type PointState, pointSampler } from "./pointSampler.ts";
import { randomSampler } from "./random.ts";
import { rSequence } from "./rSequence.ts";
import type { Sequence } from "./sequence.ts";
import { sobol } from "./sobol/sobol.ts";
import { problemOf } from "./study.fixture.ts";

const mixed = createSpace({
  rate: real(1e-4, 1, { scale: "log" }),
  optimiser: choice(["sgd", "adam"]),
  momentum: given("optimiser", ["sgd"], real(0, 1)),
  layers: int(1, 9),
});

const configsOf = (sampler: Sampler<PointState>, space: Space, count: number, seed: string | number = 0): readonly Config[] =>
  startStudy({ problem: problemOf(space), strategy: compose(complete, sampler), seed })
    .ask({ want: count })
    .jobs.map((job) => job.config);

/** The key that a sampler has in a study of this seed. */
const keyOf = (seed: string | number): Key => derive(derive(root(seed), "strategy"), "sampler");

describe("a point sampler", () => {
  const counting = (): { readonly sampler: Sampler<PointState>; readonly asked: number[]; readonly made: number[] } => {
    const asked: number[] = [];
    const made: number[] = [];
    const sampler = pointSampler("counting", (dimensions) => {
      made.push(dimensions);
      return (index) => {
        asked.push(index);
        return Float64Array.from({ length: dimensions }, () => (index % 10) / 10 + 0.05);
      };
    });
    return { sampler, asked, made };
  };

  it("gives point i as its i-th suggestion, whatever happens to those before", () => {
    const { sampler, asked, made } = counting();
    const study = startStudy({ problem: problemOf(createSpace({ x: real(0, 1) })), strategy: compose(complete, sampler), seed: 0 });
    const first = study.ask({ want: 2 }).jobs;
    study.fail(first[1]!.id, "lost");
    study.observe({ x: 0.5 }, { values: [1] });
    study.enqueue({ x: 0.7 });
    const xs = [...first, ...study.ask({ want: 3 }).jobs].map((job) => job.config.x);
    expect(xs).toEqual([0.05, 0.15000000000000002, 0.7, 0.25, 0.35]);
    expect([asked, made]).toEqual([[0, 1, 2, 3], [1]]);
  });

  it("continues from the text of its state, and makes its sequence again for that", () => {
    const { sampler, asked, made } = counting();
    const context = contextOf(problemOf(mixed), { trials: [], running: [], version: 0 });
    const suggest = (state: PointState): void => {
      sampler.suggest(state, context, { slot: { until: 1, bracket: 0, rung: 0, below: [] }, rungs: [1], trial: 0 as never });
    };
    const state = sampler.init(context.problem, root(1));
    for (let time = 0; time < 3; time++) suggest(state);
    const restored = JSON.parse(JSON.stringify(state)) as PointState;
    for (let time = 0; time < 2; time++) suggest(restored);
    suggest(state);
    expect([asked, made, state.index]).toEqual([[0, 1, 2, 3, 4, 3], [4, 4], 4]);
  });

  it("has one dimension at least, for a space without parameters", () => {
    const { sampler, made } = counting();
    expect(configsOf(sampler, createSpace({}), 2)).toEqual([{}, {}]);
    expect(made).toEqual([1]);
  });
});

const sequences: readonly (readonly [
  string,
  (options?: { readonly scramble?: boolean }) => Sampler<PointState>,
  (dimensions: number, key: Key | null) => Sequence,
])[] = [
  ["sobol", sobolSampler, sobol],
  ["halton", haltonSampler, halton],
  ["rSequence", rSequenceSampler, rSequence],
];

describe.each(sequences)("%s", (name, create, sequence) => {
  it("gives the points of its sequence under the study's key, coordinate by parameter", () => {
    const own = sequence(mixed.dims, keyOf("seed"));
    expect(configsOf(create(), mixed, 50, "seed")).toEqual(Array.from({ length: 50 }, (_, index) => decode(mixed, own.at(index))));
  });

  it("gives every seed the same points where it is not scrambled, others where it is", () => {
    const plain = sequence(mixed.dims, null);
    const points = Array.from({ length: 20 }, (_, index) => decode(mixed, plain.at(index)));
    for (const seed of [1, 2]) expect(configsOf(create({ scramble: false }), mixed, 20, seed)).toEqual(points);
    expect(configsOf(create(), mixed, 20, 1)).not.toEqual(configsOf(create(), mixed, 20, 2));
    expect(configsOf(create(), mixed, 20, 1)).toEqual(configsOf(create({ scramble: true }), mixed, 20, 1));
  });

  it("refuses options that it does not have", () => {
    expect(() => create({ scrambled: true } as Json as { readonly scramble?: boolean })).toThrow(`option of ${name}`);
    expect(() => create({ scramble: "yes" } as Json as { readonly scramble?: boolean })).toThrow(`option scramble of ${name}`);
  });
});

it("more parameters than a sequence has dimensions are refused when the study is opened, with a way out", () => {
  const wide = createSpace(Object.fromEntries(Array.from({ length: 1200 }, (_, index) => [`x${index}`, real(0, 1)])));
  expect(() => configsOf(sobolSampler(), wide, 1)).toThrow(LimitError);
  expect(() => configsOf(sobolSampler(), wide, 0)).toThrow("Use random points.");
  expect(configsOf(randomSampler(), wide, 1)).toHaveLength(1);
});

describe("random points", () => {
  const n = 8000;
  const space = createSpace({
    linear: real(-3, 5),
    log: real(1e-4, 1, { scale: "log" }),
    mirroredLog: real(0.9, 0.999, { scale: "mirroredLog" }),
    oneMinusLog: real(0.9, 0.999, { scale: "oneMinusLog" }),
    stepped: real(0, 1, { step: 0.25 }),
    int: int(3, 9),
    intLog: int(1, 8, { scale: "log" }),
    option: choice(["a", "b", "c"]),
  });
  const configs = configsOf(randomSampler(), space, n, "uniform");

  /** Ten cells of equal probability by the law's own distribution function, written out here again. */
  const ranks: { readonly [name: string]: (x: number) => number } = {
    linear: (x) => (x + 3) / 8,
    log: (x) => Math.log(x / 1e-4) / Math.log(1e4),
    mirroredLog: (x) => 1 - Math.log((0.9 + 0.999 - x) / 0.9) / Math.log(0.999 / 0.9),
    oneMinusLog: (x) => Math.log((1 - x) / 0.1) / Math.log(0.001 / 0.1),
  };
  const chiSquare = (cells: readonly number[], shares: readonly number[]): number => {
    const counts = new Float64Array(shares.length);
    for (const cell of cells) counts[cell]!++;
    return shares.reduce((sum, share, cell) => sum + (counts[cell]! - n * share) ** 2 / (n * share), 0);
  };

  // Quantiles at 1 - 1e-6: 9 degrees of freedom 46.5, 4: 34.4, 6: 38.3, 7: 42.1, 2: 27.6.
  test.each(Object.keys(ranks))("are uniform on the scale %s", (name) => {
    const cells = configs.map((config) => Math.min(9, Math.floor(ranks[name]!(config[name] as number) * 10)));
    expect(chiSquare(cells, Array(10).fill(0.1))).toBeLessThan(46.5);
  });

  it("are uniform on steps, whole numbers and options", () => {
    expect(
      chiSquare(
        configs.map((config) => (config.stepped as number) * 4),
        Array(5).fill(1 / 5),
      ),
    ).toBeLessThan(34.4);
    expect(
      chiSquare(
        configs.map((config) => (config.int as number) - 3),
        Array(7).fill(1 / 7),
      ),
    ).toBeLessThan(38.3);
    expect(
      chiSquare(
        configs.map((config) => ["a", "b", "c"].indexOf(config.option as string)),
        Array(3).fill(1 / 3),
      ),
    ).toBeLessThan(27.6);
  });

  it("follow ln((k + 1) / k) on a logarithmic integer scale", () => {
    const shares = Array.from({ length: 8 }, (_, index) => Math.log((index + 2) / (index + 1)) / Math.log(9));
    expect(
      chiSquare(
        configs.map((config) => (config.intLog as number) - 1),
        shares,
      ),
    ).toBeLessThan(42.1);
  });

  it("are independent from one parameter to the next", () => {
    const cells = configs.map(
      (config) => Math.floor(ranks.linear!(config.linear as number) * 3) * 3 + Math.floor(ranks.log!(config.log as number) * 3),
    );
    // 8 degrees of freedom.
    expect(chiSquare(cells, Array(9).fill(1 / 9))).toBeLessThan(44.4);
  });
});
