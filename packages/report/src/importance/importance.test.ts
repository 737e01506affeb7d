import { type Config, choice, createSpace, decode, derive, given, int, type Param, real, root, type Space, stream } from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ablation } from "./ablation.ts";
import { type Importance, importance } from "./importance.ts";
import { importanceTables } from "./importanceTables.ts";
import { marginals } from "./marginals.ts";
import type { SampledTrial } from "./sample.ts";

function observe(space: Space, count: number, f: (config: Config) => number): readonly SampledTrial[] {
  return Array.from({ length: count }, (_, index) => {
    const source = stream(derive(root("observations"), index));
    const config = decode(
      space,
      Float64Array.from({ length: space.dims }, () => source.uniform()),
    );
    return { config, value: f(config) };
  });
}

const spaceOf = (shape: { readonly [name: string]: Param }): Space => createSpace(Object.entries(shape));
const shares = ({ main }: Importance): { readonly [name: string]: number } =>
  Object.fromEntries(main.map(({ name, share }) => [name, share.mean]));
const pairOf = ({ pairs }: Importance, ...names: readonly string[]): number =>
  pairs.find((pair) => names.every((name) => pair.names.includes(name)))!.share.mean;
const number = (value: Config[string] | undefined): number => value as number;

describe("importance comes near the indices that are known in closed form", () => {
  it("on an additive function, where there are no interactions", () => {
    const space = spaceOf({ a: real(0, 1), b: real(0, 1), c: real(0, 1), d: real(0, 1) });
    const found = importance(
      space,
      observe(space, 1500, ({ a, b, c }) => 3 * number(a) + 2 * number(b) + number(c)),
      { key: root(1), trees: 16 },
    );
    // The variance of w u is w^2 / 12: shares 9, 4 and 1 of 14.
    expect(found.main.map(({ name }) => name)).toEqual(["a", "b", "c", "d"]);
    expect(Math.abs(shares(found).a! - 9 / 14)).toBeLessThan(0.02);
    expect(Math.abs(shares(found).b! - 4 / 14)).toBeLessThan(0.02);
    expect(Math.abs(shares(found).c! - 1 / 14)).toBeLessThan(0.02);
    expect(shares(found).d).toBeLessThan(0.001);
    expect(found.pairs[0]!.share.mean).toBeLessThan(0.01);
  });

  it("on Ishigami's function", () => {
    const space = spaceOf({ x1: real(-Math.PI, Math.PI), x2: real(-Math.PI, Math.PI), x3: real(-Math.PI, Math.PI) });
    const ishigami = ({ x1, x2, x3 }: Config): number =>
      Math.sin(number(x1)) + 7 * Math.sin(number(x2)) ** 2 + 0.1 * number(x3) ** 4 * Math.sin(number(x1));
    const found = importance(space, observe(space, 3000, ishigami), { key: root(1), trees: 16 });
    // a = 7, b = 0.1: V1 = (1 + b pi^4 / 5)^2 / 2, V2 = a^2 / 8, V13 = 8 b^2 pi^8 / 225.
    const [v1, v2, v13] = [(1 + (0.1 * Math.PI ** 4) / 5) ** 2 / 2, 49 / 8, (8 * 0.01 * Math.PI ** 8) / 225];
    const variance = v1 + v2 + v13;
    expect(Math.abs(shares(found).x1! - v1 / variance)).toBeLessThan(0.06);
    expect(Math.abs(shares(found).x2! - v2 / variance)).toBeLessThan(0.08);
    expect(shares(found).x3).toBeLessThan(0.01);
    expect(Math.abs(pairOf(found, "x1", "x3") - v13 / variance)).toBeLessThan(0.06);
    expect(pairOf(found, "x1", "x2")).toBeLessThan(0.03);
  });

  it("on Sobol's g-function", () => {
    const weights = [0, 1, 4.5, 9];
    const space = spaceOf(Object.fromEntries(weights.map((_, index) => [`x${index}`, real(0, 1)])));
    const g = (config: Config): number =>
      weights.reduce((product, a, index) => (product * (Math.abs(4 * number(config[`x${index}`]) - 2) + a)) / (1 + a), 1);
    const found = importance(space, observe(space, 2000, g), { key: root(1), trees: 16 });
    // V_i = 1 / (3 (1 + a_i)^2), the whole is the product of 1 + V_i, less 1.
    const parts = weights.map((a) => 1 / (3 * (1 + a) ** 2));
    const variance = parts.reduce((product, part) => product * (1 + part), 1) - 1;
    for (const [index, part] of parts.entries()) expect(Math.abs(shares(found)[`x${index}`]! - part / variance)).toBeLessThan(0.06);
    expect(Math.abs(pairOf(found, "x0", "x1") - (parts[0]! * parts[1]!) / variance)).toBeLessThan(0.05);
  });

  it("on options without order, whole numbers and log scales together", () => {
    const space = spaceOf({
      kind: choice(["a", "b", "c", "d"]),
      count: int(1, 4),
      rate: real(1e-4, 1, { scale: "log" }),
      idle: choice([true, false]),
    });
    const effect = { a: 0, b: 3, c: 0, d: 3 };
    const f = ({ kind, count, rate }: Config): number => effect[kind as "a"] + number(count) + Math.log10(number(rate));
    const found = importance(space, observe(space, 800, f), { key: root(1), trees: 16 });
    // Variances: 9 / 4; (16 - 1) / 12; 16 / 12.
    const variance = 9 / 4 + 15 / 12 + 16 / 12;
    expect(Math.abs(shares(found).kind! - 9 / 4 / variance)).toBeLessThan(0.03);
    expect(Math.abs(shares(found).count! - 15 / 12 / variance)).toBeLessThan(0.03);
    expect(Math.abs(shares(found).rate! - 16 / 12 / variance)).toBeLessThan(0.03);
    expect(shares(found).idle).toBeLessThan(0.002);
  });

  it("on a conditional parameter, which matters where it is active", () => {
    const space = spaceOf({ optimizer: choice(["sgd", "adam"]), momentum: given("optimizer", ["sgd"], real(0, 1)) });
    const f = ({ optimizer, momentum }: Config): number => (optimizer === "sgd" ? number(momentum) : 0.5);
    const found = importance(space, observe(space, 600, f), { key: root(1), trees: 16 });
    // Half the cube is u, half is 1/2: momentum alone explains Var(u / 2) = 1/48 of 1/24, the pair the other half, the optimizer nothing.
    expect(Math.abs(shares(found).momentum! - 1 / 2)).toBeLessThan(0.05);
    expect(Math.abs(pairOf(found, "optimizer", "momentum") - 1 / 2)).toBeLessThan(0.05);
    expect(shares(found).optimizer).toBeLessThan(0.01);
  });
});

describe("importance", () => {
  const space = spaceOf({ a: real(0, 1), b: real(0, 1), c: choice(["x", "y", "z"]) });
  const f = ({ a, b, c }: Config): number => number(a) ** 2 + (c === "x" ? number(b) : 0);
  const data = observe(space, 60, f);
  const options = { key: root(7), trees: 8 };
  const found = importance(space, data, options);

  it("is the same bits for the same key, and nearly the same for another", () => {
    expect(importance(space, data, options)).toEqual(found);
    const other = importance(space, data, { ...options, key: root(8) });
    expect(other).not.toEqual(found);
    expect(Math.abs(shares(other).a! - shares(found).a!)).toBeLessThan(0.15);
  });

  it("pins its bits", () => {
    expect(found.main.map(({ name, share }) => [name, share.mean])).toEqual(pinned);
  });

  it("sums to 1", () => {
    const parts = [...found.main, ...found.pairs].reduce((sum, { share }) => sum + share.mean, found.rest.mean);
    expect(parts).toBeCloseTo(1, 12);
    for (const { share } of [...found.main, ...found.pairs]) expect(share.mean).toBeGreaterThanOrEqual(0);
  });

  it("does not change when values are shifted and scaled, or turned upside down", () => {
    for (const [scale, shift] of [
      [1e6, -3],
      [-0.01, 0.5],
    ] as const) {
      const moved = importance(
        space,
        data.map(({ config, value }) => ({ config, value: scale * value + shift })),
        options,
      );
      for (const { name, share } of moved.main) expect(Math.abs(share.mean - shares(found)[name]!)).toBeLessThan(1e-6);
    }
  });

  it("does not change when parameters are renamed or their ranges rescaled", () => {
    const renamed = spaceOf({ p: real(10, 30), q: real(10, 30), r: choice([1, 2, 3]) });
    const moved = data.map(({ config, value }) => ({
      config: { p: 10 + 20 * number(config.a), q: 10 + 20 * number(config.b), r: ["x", "y", "z"].indexOf(String(config.c)) + 1 },
      value,
    }));
    const other = importance(renamed, moved, options);
    for (const [from, to] of [
      ["a", "p"],
      ["b", "q"],
      ["c", "r"],
    ] as const)
      expect(shares(other)[to]).toBeCloseTo(shares(found)[from]!, 9);
  });

  it("is nothing where all values are the same, and for a parameter with one value", () => {
    const flat = importance(
      space,
      data.map(({ config }) => ({ config, value: 5 })),
      options,
    );
    expect([...flat.main, ...flat.pairs, flat].map((part) => ("share" in part ? part.share : part.rest))).toEqual(
      new Array(7).fill({ mean: 0, sd: 0 }),
    );
    const single = spaceOf({ a: real(0, 1), only: choice(["one"]) });
    const { a, only } = shares(
      importance(
        single,
        observe(single, 30, (config) => number(config.a)),
        options,
      ),
    );
    expect(a).toBeCloseTo(1, 14);
    expect(only).toBeLessThan(1e-20);
  });

  it("ends where two values are neighbouring doubles, of which the middle rounds to the upper one", () => {
    const space = spaceOf({ a: real(0, 1), b: real(0, 1) });
    const below = 1 - 2 ** -53;
    expect(below + (1 - below) / 2).toBe(1);
    const found = importance(
      space,
      [below, 1, below, 1, 0.5].map((a, value) => ({ config: { a, b: 0.5 }, value: value % 2 })),
      { key: root(1) },
    );
    expect(shares(found)).toEqual({ a: expect.any(Number), b: 0 });
    expect(shares(found).a).toBeGreaterThan(0.5);
  });

  it("is smaller for noise with more rows per leaf", () => {
    const source = stream(root("noise"));
    const noisy = observe(space, 300, (config) => f(config) + source.normal());
    const [one, ten] = [1, 10].map((leastRows) => importance(space, noisy, { ...options, leastRows }));
    expect(ten!.rest.mean).toBeLessThan(one!.rest.mean);
  });

  it.each<readonly [string, () => unknown, RegExp]>([
    ["one observation", () => importance(space, data.slice(0, 1), options), /observations: expected two or more, got 1/],
    [
      "a failed trial",
      () => importance(space, [...data, { config: data[0]!.config, value: NaN }], options),
      /value of observation 60: expected a finite number, got NaN/,
    ],
    ["a configuration of another space", () => importance(space, [...data, { config: { a: 2, b: 0, c: "x" }, value: 1 }], options), /a/],
    ["no trees", () => importance(space, data, { ...options, trees: 0 }), /trees of importance/],
    ["half a row", () => importance(space, data, { ...options, leastRows: 0.5 }), /leastRows of importance/],
  ])("refuses %s", (_title, run, message) => {
    expect(run).toThrow(message);
  });
});

const pinned: readonly (readonly [string, number])[] = [
  ["a", 0.48029478832937056],
  ["c", 0.35399791136433634],
  ["b", 0.028453474843490558],
];

describe("importance does not depend on the size of the values", () => {
  const space = spaceOf({ a: real(0, 1), b: real(0, 1), kind: choice(["x", "y", "z"]) });
  const f = ({ a, b, kind }: Config): number => Math.round(1024 * (10 * number(a) + number(b) + (kind === "x" ? 2 : 0))) / 1024;
  const plain = observe(space, 60, f);
  const options = { key: root(1), trees: 8 };
  const of = (change: (value: number, index: number) => number): Importance =>
    importance(
      space,
      plain.map(({ config, value }, index) => ({ config, value: change(value, index) })),
      options,
    );

  it("times 1e155, where squares overflow, and times 1e-170, where they vanish", () => {
    for (const factor of [1e155, 1e300, 1e-170, 1e-300]) {
      const { main } = of((value) => value * factor);
      for (const [index, { name, share }] of of((value) => value).main.entries()) {
        expect(main[index]!.name).toBe(name);
        expect(main[index]!.share.mean).toBeCloseTo(share.mean, 9);
      }
    }
  });

  it("to the bit, for values times a power of two", () => {
    const expected = of((value) => value);
    fc.assert(
      fc.property(fc.integer({ min: -1060, max: 1018 }), (exponent) => {
        const half = Math.trunc(exponent / 2);
        expect(of((value) => value * 2 ** half * 2 ** (exponent - half))).toEqual(expected);
      }),
      { seed: 1, numRuns: 12, examples: [[-1060], [1018], [500], [-530]] },
    );
  });

  it("for one value of 1e300 is as for one of 1e20: the trees without it still see the others", () => {
    for (const outlier of [1e300, -1e300, Number.MAX_VALUE]) {
      const found = of((value, index) => (index === 7 ? outlier : value));
      const expected = of((value, index) => (index === 7 ? Math.sign(outlier) * 1e20 : value));
      expect(found.main.map(({ name }) => name)).toEqual(expected.main.map(({ name }) => name));
      for (const [index, { share }] of found.main.entries()) expect(share.mean).toBeCloseTo(expected.main[index]!.share.mean, 6);
    }
  });

  it("and tables, marginals and ablations show numbers for any finite values", () => {
    const hostile = fc.oneof(
      fc.constantFrom(0, 1, 1e300, -1e300, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, -Number.MIN_VALUE),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    const values = fc.oneof(
      hostile.map((value) => [value, value]),
      fc.array(hostile, { minLength: 2, maxLength: 12 }),
    );
    fc.assert(
      fc.property(values, (drawn) => {
        const observations = drawn.map((value, index) => ({ config: plain[index]!.config, value }));
        const found = importance(space, observations, { key: root(1), trees: 4 });
        for (const text of Object.values(importanceTables(found))) expect(text).not.toMatch(/NaN|Infinity|undefined/);
        const total = [...found.main, ...found.pairs, { share: found.rest }].reduce((sum, { share }) => sum + share.mean, 0);
        expect(total).toBeLessThan(1 + 1e-9);
        for (const { points } of marginals(space, observations, { key: root(1), trees: 4 })) {
          for (const { mean, sd } of points) expect([Number.isFinite(mean), Number.isFinite(sd)]).toEqual([true, true]);
        }
        const { start, steps } = ablation(space, observations, plain[0]!.config, plain[1]!.config, { key: root(1), trees: 4 });
        for (const prediction of [start, ...steps.map((step) => step.prediction)]) expect(Number.isFinite(prediction)).toBe(true);
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});
