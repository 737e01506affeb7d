import { choice, createSpace, decode, int, type Plain, real } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { levelsOf } from "./levels.ts";

const discrete: readonly (readonly [string, Plain, readonly unknown[]])[] = [
  ["a choice", choice(["x", 7, true]), ["x", 7, true]],
  ["an int", int(-2, 3), [-2, -1, 0, 1, 2, 3]],
  ["an int with a step", int(1, 10, { step: 4 }), [1, 5, 9]],
  ["an int with a step beyond its range", int(5, 9, { step: 100 }), [5]],
  ["an int on a log scale", int(1, 9, { scale: "log" }), [1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ["a real with a step", real(0, 0.5, { step: 0.1 }), [0, 0.1, 0.2, 0.3, 0.4, 0.5]],
  ["a real with a step that does not divide its range", real(0, 1, { step: 0.3 }), [0, 0.3, 0.6, 0.9]],
  ["a real of width zero", real(3, 3), [3]],
  ["an int of one value", int(7, 7), [7]],
];

describe("the levels of a parameter", () => {
  it.each(discrete)("of %s are its values in order", (_, param, values) => {
    const levels = levelsOf(param)!;
    const all = Array.from({ length: levels.count }, (_unused, index) => levels.at(index));
    expect(all).toEqual(values);
    expect(all.map((value) => levels.indexOf(value))).toEqual([...all.keys()]);
  });

  it.each(discrete)("of %s are all that the codec decodes to", (_, param) => {
    const space = createSpace({ value: param });
    const decoded = new Set(Array.from({ length: 4001 }, (_unused, step) => decode(space, Float64Array.of(step / 4000)).value!));
    const levels = levelsOf(param)!;
    expect([...decoded].map((value) => levels.indexOf(value)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: levels.count }, (_unused, index) => index),
    );
  });

  it("are counted, not listed: there may be 2^53 of them", () => {
    expect(levelsOf(int(0, 2 ** 53 - 1))!.count).toBe(2 ** 53);
    expect(levelsOf(int(1, 2 ** 53 - 1, { scale: "log" }))!.count).toBe(2 ** 53 - 1);
    expect(levelsOf(real(0, 1, { step: 1e-9 }))!.count).toBe(1e9 + 1);
    expect(levelsOf(int(0, 2 ** 53 - 1))!.at(2 ** 52 + 1)).toBe(2 ** 52 + 1);
  });

  it("do not exist for a real that may have any value", () => {
    for (const param of [real(0, 1), real(1, 1 + Number.EPSILON), real(1e-4, 1, { scale: "log" })]) expect(levelsOf(param)).toBeNull();
  });
});
