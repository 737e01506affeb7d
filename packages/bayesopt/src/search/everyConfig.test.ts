import { choice, createSpace, decode, given, int, real, type Shape } from "@caviar-hpo/core";
import { gridSampler } from "@caviar-hpo/samplers";
import { describe, expect, it } from "vitest";
import { keyOfConfig, open, run, searchWith } from "../../testing/studies.ts";
import { everyConfig } from "./everyConfig.ts";

const finite: readonly (readonly [string, Shape, number])[] = [
  ["no parameters", {}, 1],
  ["one option", { a: choice(["only"]) }, 1],
  ["choices and ints", { a: choice([1, "two", true]), b: int(1, 4) }, 12],
  ["a stepped real and one of width zero", { a: real(0, 1, { step: 0.3 }), b: real(2, 2) }, 4],
  ["an int on a log scale", { a: int(1, 20, { scale: "log" }) }, 20],
  ["a condition", { a: choice(["x", "y"]), b: given("a", ["y"], int(1, 5)) }, 6],
  [
    "a chain of conditions",
    {
      a: choice(["on", "off"]),
      b: given("a", ["on"], choice([1, 2, 3])),
      c: given("b", [2], int(1, 4)),
      d: given("c", [1, 4], choice(["p", "q"])),
    },
    1 + 2 + 2 + 2 * 2,
  ],
  ["a condition that hardly ever holds", { a: int(0, 1000), b: given("a", [1000], choice(["x", "y"])) }, 1002],
];

describe("all configurations of a finite space", () => {
  it.each(finite)("of %s are those of a full grid, each once", (_, shape, count) => {
    const space = createSpace(shape);
    const all = everyConfig(space, 10_000)!;
    expect(all.length).toBe(count);
    const keys = new Set(all.map((config) => keyOfConfig(space, config)));
    expect(keys.size).toBe(count);
    const grid = run(open(space, { strategy: searchWith(gridSampler({ resolution: 10_000 })) }), 10_000, () => 0);
    expect(new Set(grid.history.trials.map(({ config }) => keyOfConfig(space, config)))).toEqual(keys);
  });

  it.each(finite)("of %s hold whatever the codec decodes to", (_, shape) => {
    const space = createSpace(shape);
    const keys = new Set(everyConfig(space, 10_000)!.map((config) => keyOfConfig(space, config)));
    for (let index = 0; index < 200; index++) {
      const unit = Float64Array.from({ length: space.dims }, (_unused, axis) => ((index + 1) * (0.618 + 0.217 * axis)) % 1);
      expect(keys.has(keyOfConfig(space, decode(space, unit)))).toBe(true);
    }
  });

  it("are not listed beyond the limit, or where a parameter that may exist is real", () => {
    const space = createSpace({ a: int(1, 10), b: int(1, 10) });
    expect([everyConfig(space, 100)?.length, everyConfig(space, 99)]).toEqual([100, null]);
    expect(everyConfig(createSpace({ a: real(0, 1) }), 1e6)).toBeNull();
    expect(everyConfig(createSpace({ a: int(0, 2 ** 53 - 1) }), 1e6)).toBeNull();
    expect(everyConfig(createSpace({ a: choice([1, 2]), b: given("a", [2], real(0, 1)) }), 1e6)).toBeNull();
  });

  it("are frozen", () => {
    expect(everyConfig(createSpace({ a: choice([1, 2]) }), 10)!.every((config) => Object.isFrozen(config))).toBe(true);
  });
});
