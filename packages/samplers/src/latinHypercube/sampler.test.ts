import { ConfigError, choice, complete, compose, createSpace, encode, given, LimitError, real, startStudy } from "@caviar-hpo/core";
import { describe, expect, it, test } from "vitest";
import { problemOf } from "../study.fixture.ts";
import { type LatinHypercubeSamplerOptions, latinHypercubeSampler } from "./sampler.ts";

const cube = createSpace({ a: real(0, 1), b: real(1e-3, 10, { scale: "log" }), c: real(-1, 1) });

function units(options: LatinHypercubeSamplerOptions, count: number, seed = 0): readonly Float64Array[] {
  const study = startStudy({ problem: problemOf(cube), strategy: compose(complete, latinHypercubeSampler(options)), seed });
  return study.ask({ want: count }).jobs.map((job) => encode(cube, job.config));
}

/**
 * Whether each parameter has one value in each of n equal slices of its scale. Codec rounding may carry a point over a border by an ulp.
 */
function isStratified(points: readonly Float64Array[]): boolean {
  return [0, 1, 2].every((axis) => {
    const sorted = points.map((point) => point[axis]!).sort((x, y) => x - y);
    return sorted.every((x, index) => x >= index / points.length - 1e-12 && x <= (index + 1) / points.length + 1e-12);
  });
}

describe.each(["plain", "centredDiscrepancy", "maximin"] as const)("designs by %s", (criterion) => {
  it("are stratified in every parameter, each of them", () => {
    const points = units({ points: 16, criterion }, 48);
    expect([0, 16, 32].map((start) => isStratified(points.slice(start, start + 16)))).toEqual([true, true, true]);
  });

  it("differ from one to the next and from seed to seed, and repeat for the same seed", () => {
    const [first, second] = [units({ points: 8, criterion }, 16), units({ points: 8, criterion }, 16, 1)];
    const text = (points: readonly Float64Array[]): string => points.map((point) => point.join()).join(";");
    expect(text(first.slice(0, 8))).not.toBe(text(first.slice(8)));
    expect(text(first)).not.toBe(text(second));
    expect(text(first)).toBe(text(units({ points: 8, criterion }, 16)));
  });
});

it("a second design is independent of the first: over many seeds, the same place of both falls into the same slice one time in n", () => {
  const n = 5;
  let same = 0;
  const seeds = 300;
  for (let seed = 0; seed < seeds; seed++) {
    const points = units({ points: n }, 2 * n, seed);
    for (let place = 0; place < n; place++) if (Math.floor(points[place]![0]! * n) === Math.floor(points[place + n]![0]! * n)) same++;
  }
  // The number of fixed points of a random permutation has mean 1 and variance 1: six standard deviations.
  expect(Math.abs(same - seeds)).toBeLessThan(6 * Math.sqrt(seeds));
});

it("a choice has each of its options equally often, a conditional parameter its slice whether active or not", () => {
  const space = createSpace({ kind: choice(["a", "b", "c", "d"]), x: given("kind", ["a", "b"], real(0, 1)) });
  const study = startStudy({ problem: problemOf(space), strategy: compose(complete, latinHypercubeSampler({ points: 20 })), seed: 0 });
  const configs = study.ask({ want: 20 }).jobs.map((job) => job.config);
  expect(["a", "b", "c", "d"].map((kind) => configs.filter((config) => config.kind === kind).length)).toEqual([5, 5, 5, 5]);
  expect(new Set(configs.filter((config) => config.x !== undefined).map((config) => Math.floor((config.x as number) * 20))).size).toBe(10);
});

describe("refused at once", () => {
  test.each<readonly [string, LatinHypercubeSamplerOptions, string]>([
    [
      "an optimised design of more than 2,048 points",
      { points: 2049, criterion: "maximin" },
      "at most 2048 points with criterion maximin, got 2049",
    ],
    ["another one", { points: 100_000, criterion: "centredDiscrepancy" }, 'Use criterion "plain", smaller designs'],
    ["an unknown criterion", { criterion: "best" as "plain" }, "option criterion of latinHypercube"],
    ["no points", { points: 0 }, "option points of latinHypercube"],
  ])("%s, before any study", (_name, options, message) => {
    expect(() => latinHypercubeSampler(options)).toThrow(ConfigError);
    expect(() => latinHypercubeSampler(options)).toThrow(message);
  });

  it("designs of too many coordinates, when the study is opened", () => {
    const wide = createSpace(Object.fromEntries(Array.from({ length: 1100 }, (_, index) => [`x${index}`, real(0, 1)])));
    const open = (options: LatinHypercubeSamplerOptions): unknown =>
      startStudy({ problem: problemOf(wide), strategy: compose(complete, latinHypercubeSampler(options)), seed: 0 });
    expect(() => open({ points: 100_000 })).toThrow(LimitError);
    expect(() => open({ points: 4, criterion: "maximin" })).toThrow(LimitError);
    expect(() => open({ points: 4 })).not.toThrow();
  });

  it("but not the largest optimised one", () => {
    expect(() => latinHypercubeSampler({ points: 2048, criterion: "maximin" })).not.toThrow();
  });
});
