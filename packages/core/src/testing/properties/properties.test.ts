/** The properties one by one: on spaces of every kind, on nets whose quality is known, and what they refuse. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CaviarError, ConfigError, NumericalError, ProtocolError } from "../../contract/errors.ts";
import { samplerCard } from "../../contract/samplerCard.ts";
import { derive, root } from "../../random/key.ts";
import { stream } from "../../random/stream.ts";
import { uniformConfig } from "../../random/uniform.ts";
import { choice, given, int, real } from "../../space/param.ts";
import { createSpace } from "../../space/space.ts";
import { cardOf, latinUnit, unitPoints } from "../planted.fixture.ts";
import { spaces } from "../spaces.ts";
import { distinctPoints } from "./distinctPoints.ts";
import { type Draw, drawFrom, remember } from "./draw.ts";
import { independentParameters, independentSeeds } from "./independence.ts";
import { marginals } from "./marginals.ts";
import { net, netQuality } from "./net.ts";
import { stratification } from "./stratification.ts";

const uniform: Draw = (space, seed, count) =>
  Array.from({ length: count }, (_, index) => uniformConfig(space, derive(root("uniform"), seed, index)));

describe("uniform points have the properties", () => {
  it("in drawn spaces of every kind, at one false alarm in 10,000 spaces", () => {
    const drawn = fc.sample(spaces(), { numRuns: 40, seed: 1 });
    const tests = drawn.flatMap((space) => {
      const options = { space, points: 300, falseAlarmRate: 1e-4 };
      const verdicts = [marginals(uniform, options), independentParameters(uniform, options)];
      expect(verdicts.filter(({ passed }) => !passed).map(({ message }) => message)).toEqual([]);
      return verdicts.flatMap((verdict) => verdict.tests);
    });
    // The spaces are not all untestable.
    expect(tests.filter(({ name }) => name === "chi-square").length).toBeGreaterThan(30);
    expect(tests.filter(({ name }) => name === "Kolmogorov-Smirnov").length).toBeGreaterThan(30);
  });

  it("in a space where conditions make parameters depend on each other", () => {
    const space = createSpace({
      a: choice(["on", "off"]),
      b: given("a", ["on"], int(1, 3)),
      c: given("b", [2, 3], real(0, 1)),
      d: given("a", ["on"], real(0, 1)),
    });
    const { passed, tests } = independentParameters(uniform, { space, points: 2000 });
    expect(passed).toBe(true);
    expect(new Set(tests.map((test) => test.of))).toEqual(new Set(["b and d", "c and d"]));
  });

  it("with a verdict that holds the test of each parameter", () => {
    const verdict = marginals(uniform, { space: createSpace({ x: real(0, 1), kind: choice(["a", "b"]) }), points: 500 });
    expect(verdict).toMatchObject({ property: "draws each parameter by its scale", passed: true, message: "2 tests pass" });
    expect(verdict.tests.map(({ of, name }) => [of, name])).toEqual([
      ["x", "Kolmogorov-Smirnov"],
      ["kind", "chi-square"],
    ]);
    expect(verdict.p).toBe(Math.min(1, 2 * Math.min(...verdict.tests.map(({ p }) => p))));
  });

  it("but not those of stratified ones", () => {
    expect(stratification(uniform, { strata: [16, 16] })).toMatchObject({ passed: false, p: 0 });
    expect(net(uniform, { t: 0, m: 4, s: 2 }).message).toMatch(
      /^seed 1: the first 16 points are a \(\d, 4, 2\)-net, not a \(0, 4, 2\)-net; seed 2/,
    );
  });
});

it("a parameter with one value, and a space without parameters, pass without a test", () => {
  for (const space of [createSpace({}), createSpace({ x: int(3, 3) })]) {
    for (const verdict of [marginals(uniform, { space }), independentSeeds(uniform, { space, points: 100 })])
      expect(verdict).toMatchObject({ passed: true, p: 1, tests: [] });
  }
});

describe("the quality of a net", () => {
  const grid = (side: number): readonly Float64Array[] =>
    Array.from({ length: side * side }, (_, index) => Float64Array.of((index % side) / side, Math.floor(index / side) / side));

  it("of the Hammersley points is 0: (i / 2^m, its digits mirrored)", () => {
    const mirrored = (index: number, m: number): number =>
      Array.from({ length: m }, (_, bit) => ((index >>> bit) & 1) / (2 << bit)).reduce((sum, digit) => sum + digit, 0);
    for (const m of [0, 1, 4, 9]) {
      const points = Array.from({ length: 1 << m }, (_, index) => Float64Array.of(index / (1 << m), mirrored(index, m)));
      expect(netQuality(points)).toBe(0);
    }
  });

  it("of a grid of 2^m points is m / 2, and of one repeated point m", () => {
    expect([netQuality(grid(2)), netQuality(grid(4)), netQuality(grid(8))]).toEqual([1, 2, 3]);
    expect(netQuality(Array.from({ length: 32 }, () => Float64Array.of(0.3, 0.6, 1)))).toBe(5);
  });

  it("of a Latin hypercube in one dimension is 0", () => {
    expect(net(drawFrom(cardOf(unitPoints(latinUnit(64)))), { t: 0, m: 6, s: 1 }).passed).toBe(true);
  });

  it("is refused where the number of points is not a power of two", () => {
    expect(() => netQuality(grid(3))).toThrow(NumericalError);
    expect(() => netQuality([])).toThrow(NumericalError);
  });
});

describe("a draw", () => {
  const few = samplerCard({
    ...cardOf(unitPoints(latinUnit(8))),
    sampler: () => ({
      name: "few",
      version: 1,
      can: { conditional: true, objectives: 1, constraints: true, external: true },
      init: () => ({ left: 3 }),
      suggest: (state: { left: number }) => (state.left-- > 0 ? { config: { x: 1 / (1 + state.left), y: 0 } } : "exhausted"),
      tell: () => {},
    }),
  });

  it("of a strategy that gives fewer points than are wanted says so", () => {
    expect(() => distinctPoints(drawFrom(few))).toThrow(ProtocolError);
    expect(() => distinctPoints(drawFrom(few))).toThrow(/strategy "planted": expected 64 points from one ask, got 3/);
  });

  it.each<[string, Draw]>([
    ["a value out of range", () => [{ x: 2, y: 0 }]],
    ["a missing parameter", () => [{ x: 1 }]],
    ["no points", () => []],
  ])("with %s is refused", (_name, draw) => {
    expect(() => distinctPoints(draw, { points: 1 })).toThrow(CaviarError);
    expect(() => distinctPoints(draw, { points: 1 })).toThrow(/^the points of seed 1: expected 1 configurations of the space, got/);
  });

  it("is made once where it is remembered", () => {
    let made = 0;
    const source = stream(root("remember"));
    const draw = remember((space, _seed, count) => {
      made++;
      return Array.from({ length: count }, () => uniformConfig(space, derive(root("x"), source.uniform())));
    });
    const [one, other] = [createSpace({ x: real(0, 1) }), createSpace({ x: real(0, 1) })];
    expect(draw(one, 1, 2)).toBe(draw(one, 1, 2));
    for (const next of [draw(one, 2, 2), draw(one, 1, 3), draw(other, 1, 2)]) expect(next).not.toEqual(draw(one, 1, 2));
    expect(made).toBe(4);
  });
});

describe("options that would make a property hold for every sampler, or for none, are refused:", () => {
  it.each<[string, () => unknown]>([
    ["few points", () => marginals(uniform, { points: 99 })],
    ["half a point", () => marginals(uniform, { points: 100.5 })],
    ["a seed that is not whole", () => independentSeeds(uniform, { seed: 0.5 })],
    ["a rate of 0", () => marginals(uniform, { falseAlarmRate: 0 })],
    ["a rate of 1", () => marginals(uniform, { falseAlarmRate: 1 })],
    ["no strata", () => stratification(uniform, { strata: [] })],
    ["half a stratum", () => stratification(uniform, { strata: [16, 0.5] })],
    ["t = m", () => net(uniform, { t: 3, m: 3, s: 2 })],
    ["too many points of a net", () => net(uniform, { t: 0, m: 17, s: 2 })],
    ["no dimension", () => net(uniform, { t: 0, m: 3, s: 0 })],
  ])("%s", (_name, misuse) => {
    expect(misuse).toThrow(ConfigError);
  });
});
