import { type Config, choice, createSpace, given, int, type Param, type ParamValue, plainOf, real, type Space } from "@caviar-hpo/core";
import { configs, spaces } from "@caviar-hpo/core/testing";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { gridTree, mostPoints, resolutionFor } from "./gridTree.ts";

/** All combinations by brute force: parameter by parameter, the active ones only. */
function enumerate(space: Space, levels: (param: Param) => readonly ParamValue[]): readonly Config[] {
  let all: readonly { readonly [name: string]: ParamValue }[] = [{}];
  for (const [name, param] of space.params) {
    all = all.flatMap((config) => {
      const active = param.kind !== "given" || (Object.hasOwn(config, param.parent) && param.values.includes(config[param.parent]!));
      return active ? levels(param).map((value) => ({ ...config, [name]: value })) : [config];
    });
  }
  return all;
}

const mixed: Space = createSpace({
  rate: real(1, 100, { scale: "log" }),
  optimiser: choice(["sgd", "adam", "none"]),
  momentum: given("optimiser", ["sgd"], real(0, 1)),
  nesterov: given("optimiser", ["sgd"], choice([true, false])),
  layers: given("optimiser", ["sgd", "adam"], int(1, 3)),
  width: given("layers", [2, 3], int(8, 64, { step: 28 })),
  dropout: real(0, 0.5, { step: 0.25 }),
});
const levelsOfMixed: { readonly [name: string]: readonly ParamValue[] } = {
  rate: [1, 10, 100],
  optimiser: ["sgd", "adam", "none"],
  momentum: [0, 0.5, 1],
  nesterov: [true, false],
  layers: [1, 2, 3],
  width: [8, 36, 64],
  dropout: [0, 0.25, 0.5],
};

const text = (config: Config): string => JSON.stringify(Object.entries(config).sort());

describe("the grid of a mixed space with conditions of several depths", () => {
  const tree = gridTree(mixed, 3);
  const all = Array.from({ length: tree.size }, (_, rank) => tree.at(rank));

  it("is every combination once", () => {
    const names = new Map(mixed.params.map(([name, param]) => [param, name]));
    const expected = enumerate(mixed, (param) => levelsOfMixed[names.get(param)!]!);
    expect(tree.size).toBe(3 * (6 * 7 + 7 + 1) * 3);
    expect(
      all
        .map((config) =>
          Object.fromEntries(
            Object.entries(config).map(([name, value]) => [name, typeof value === "number" ? Number(value.toPrecision(12)) : value]),
          ),
        )
        .map(text)
        .sort(),
    ).toEqual(expected.map(text).sort());
  });

  it("numbers them both ways", () => {
    expect(all.map((config) => tree.rank(config))).toEqual(all.map((_, rank) => rank));
  });

  it("keeps declaration order, and freezes", () => {
    const order = mixed.params.map(([name]) => name);
    for (const config of all.slice(0, 20)) {
      expect(Object.keys(config)).toEqual(order.filter((name) => Object.hasOwn(config, name)));
      expect(Object.isFrozen(config)).toBe(true);
    }
  });

  it("knows what is not on it", () => {
    const some = all.find((config) => config.optimiser === "none")!;
    expect(
      [
        { ...some, rate: 2 },
        { ...some, optimiser: "lbfgs" },
        { ...some, dropout: 0.1 },
      ].map((config) => tree.rank(config)),
    ).toEqual([null, null, null]);
    expect(tree.rank(some)).not.toBeNull();
  });
});

test("grids of all kinds of spaces: as many as brute force counts, all different, each in the space, each with its rank", () => {
  const names = new Set<string>();
  fc.assert(
    fc.property(spaces({ conditional: true }), fc.integer({ min: 1, max: 4 }), (space, resolution) => {
      const single = (param: Param): number => gridTree(createSpace([["x", plainOf(param)]]), resolution).size;
      const tree = gridTree(space, resolution);
      if (tree.size > 3000 || space.params.some(([, param]) => single(param) > 100)) return;
      const levels = (param: Param): readonly ParamValue[] => {
        const alone = gridTree(createSpace([["x", plainOf(param)]]), resolution);
        return Array.from({ length: alone.size }, (_, rank) => alone.at(rank).x!);
      };
      const all = Array.from({ length: tree.size }, (_, rank) => tree.at(rank));
      const expected = enumerate(space, levels).map(text).sort();
      expect(all.map(text).sort()).toEqual(expected);
      expect(all.every((config, rank) => tree.rank(config) === rank)).toBe(true);
      names.add(text(all[0]!));
    }),
    { seed: 3, numRuns: 150 },
  );
  expect(names.size).toBeGreaterThan(30);
});

test("the rank of any configuration is null or leads back to it", () => {
  const drawn = spaces({ conditional: true }).chain((space) =>
    fc.tuple(fc.constant(space), configs(space), fc.integer({ min: 1, max: 5 })),
  );
  fc.assert(
    fc.property(drawn, ([space, config, resolution]) => {
      const tree = gridTree(space, resolution);
      const rank = tree.rank(config);
      if (rank !== null && tree.size < Infinity) expect(text(tree.at(rank))).toBe(text(config));
    }),
    { seed: 4, numRuns: 200 },
  );
});

describe("levels", () => {
  const levels = (param: Param, resolution: number): readonly ParamValue[] => {
    const tree = gridTree(createSpace({ x: plainOf(param) }), resolution);
    return Array.from({ length: tree.size }, (_, rank) => tree.at(rank).x!);
  };

  test.each<readonly [string, Param, number, readonly ParamValue[]]>([
    ["a real by both ends and even steps", real(0, 1), 5, [0, 0.25, 0.5, 0.75, 1]],
    ["a real by its middle, where one value must do", real(0, 1), 1, [0.5]],
    ["an integer with fewer values than the resolution", int(1, 3), 10, [1, 2, 3]],
    ["an integer with as many", int(1, 10), 10, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    ["an integer with more: both ends", int(0, 100), 3, [0, 50, 100]],
    ["a stepped integer", int(0, 10, { step: 5 }), 10, [0, 5, 10]],
    ["a real of no width", real(3, 3), 10, [3]],
    ["a choice by all its options, ordered or not", choice(["a", "b", "c"], { ordered: true }), 2, ["a", "b", "c"]],
  ])("%s", (_name, param, resolution, expected) => {
    expect(levels(param, resolution)).toEqual(expected);
  });

  it("of a log scale are evenly spaced on it", () => {
    expect(levels(real(1e-4, 1, { scale: "log" }), 5).map((value) => Number((value as number).toPrecision(12)))).toEqual([
      1e-4, 1e-3, 1e-2, 0.1, 1,
    ]);
    expect(levels(int(1, 64, { scale: "log" }), 3)).toEqual([1, 8, 64]);
  });
});

describe("the resolution for a number of points", () => {
  const cube = createSpace({ a: real(0, 1), b: real(0, 1), c: real(0, 1), d: choice(["x", "y"]) });

  test.each([
    [2, 1],
    [15, 1],
    [16, 2],
    [53, 2],
    [54, 3],
    [1000, 7],
    [2000, 10],
    [1e9, 10],
  ])("%i of three reals and a choice of two is %i", (points, expected) => {
    expect(resolutionFor(cube, points, 10)).toBe(expected);
  });

  it("is 1 where even that is too much", () => {
    expect(resolutionFor(createSpace({ x: choice(["a", "b", "c"]) }), 2, 10)).toBe(1);
  });

  it("is the largest that fits, by brute force over integers too", () => {
    const space = createSpace({ a: int(1, 5), b: real(0, 1), c: given("a", [1, 3], int(0, 3)) });
    const sizes = Array.from({ length: 12 }, (_, index) => gridTree(space, index + 1).size);
    const wrong: number[] = [];
    for (let points = sizes[0]!; points <= 200; points++) {
      const expected = sizes.filter((size) => size <= points).length;
      if (resolutionFor(space, points, 12) !== expected) wrong.push(points);
    }
    expect(wrong).toEqual([]);
  });
});

test("levels that rounding brings back, as subnormal bounds do, are one level (found by the laws: oneMinusLog on [5.4e-323, 6e-323], seed 3)", () => {
  const space = createSpace({ x: real(5.4e-323, 6e-323, { scale: "oneMinusLog" }) });
  const { size, at } = gridTree(space, 10);
  expect(new Set(Array.from({ length: size }, (_, rank) => at(rank).x)).size).toBe(size);
});

describe("huge grids", () => {
  it("of 10^15 points are numbered without being made", () => {
    const space = createSpace(Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`x${index}`, real(0, 1)])));
    const tree = gridTree(space, 10);
    expect(tree.size).toBe(1e15);
    for (const rank of [0, 1, 123_456_789_012_345, 1e15 - 1]) expect(tree.rank(tree.at(rank))).toBe(rank);
  });

  it("beyond 2^52 points have no size", () => {
    const bits = (count: number): Space =>
      createSpace(Object.fromEntries(Array.from({ length: count }, (_, index) => [`b${index}`, choice([true, false])])));
    expect([gridTree(bits(52), 1).size, gridTree(bits(53), 1).size]).toEqual([mostPoints, Infinity]);
    expect(gridTree(bits(4000), 1).size).toBe(Infinity);
  });
});
