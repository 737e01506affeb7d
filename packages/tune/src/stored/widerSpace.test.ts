/** A study can grow into a space that holds all configurations of its own. */
import { checkConfig, choice, constrain, createSpace, decode, given, int, type Param, real } from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lackingIn } from "./widerSpace.ts";

const lacking = (next: { [name: string]: Param }, old: { [name: string]: Param }) => lackingIn(createSpace(next), createSpace(old));

describe("a space holds another one", () => {
  it.each<readonly [string, Param, Param]>([
    ["that is the same", real(0, 1), real(0, 1)],
    ["with a smaller range", real(-1, 2), real(0, 1)],
    ["on another scale", real(0.1, 1), real(0.1, 1, { scale: "log" })],
    ["with steps, where it has none", real(0, 1), real(0, 1, { step: 0.1 })],
    ["with steps twice as wide", real(0, 2, { step: 0.1 }), real(0.2, 1, { step: 0.2 })],
    ["with fewer whole numbers", int(0, 9), int(2, 8, { step: 2 })],
    ["with steps of whole numbers that its own steps reach", int(0, 10, { step: 2 }), int(2, 10, { step: 4 })],
    ["with one value", real(0, 1, { step: 0.5 }), real(0.5, 0.5)],
    ["with fewer options, in another order", choice(["c", "a", "b"]), choice(["a", "b"])],
  ])("%s", (_name, next, old) => {
    expect(lacking({ x: next }, { x: old })).toEqual([]);
  });

  it("in which a conditional parameter exists for fewer new options", () => {
    const old = { kind: choice(["a", "b"]), x: given("kind", ["a"], real(0, 1)) };
    expect(lacking({ kind: choice(["a", "b", "c"]), x: given("kind", ["a", "c"], real(0, 2)) }, old)).toEqual([]);
  });

  it("with a constraint that it lacks", () => {
    const space = createSpace({ x: real(0, 1), y: real(0, 1) });
    expect(lackingIn(space, constrain(space, ["x < y"]))).toEqual([]);
  });
});

describe("a space lacks", () => {
  it.each<readonly [string, Param, Param, string]>([
    ["the low end of a range", real(0.5, 2), real(0, 1), "x 0"],
    ["the high end of a range", int(0, 5), int(0, 6), "x 6"],
    ["values between steps", real(0, 1, { step: 0.1 }), real(0, 1), "x without steps"],
    ["steps that are finer", real(0, 1, { step: 0.2 }), real(0, 1, { step: 0.1 }), "x 0.1"],
    ["steps that begin elsewhere", int(1, 9, { step: 2 }), int(2, 8, { step: 2 }), "x 2"],
    ["an option", choice(["a", "c"]), choice(["a", "b"]), 'x "b"'],
    ["an option of another type", choice(["1", 2]), choice([1, 2]), "x 1"],
    ["a kind", real(0, 9), int(0, 9), "x as int"],
  ])("%s", (_name, next, old, reason) => {
    expect(lacking({ x: next }, { x: old })).toEqual([reason]);
  });

  it("a parameter, or has one too many, or in another order", () => {
    const [x, y] = [real(0, 1), real(0, 1)];
    for (const next of [{ x }, { y, x }, { x, y, z: x }])
      expect(lacking(next, { x, y })).toEqual(["the parameters x, y, no others and in this order"]);
  });

  it("configurations with another condition", () => {
    const kind = choice(["a", "b"]);
    const x = real(0, 1);
    const old = { kind, x: given("kind", ["a"], x) };
    for (const next of [
      { kind, x },
      { kind, x: given("kind", ["b"], x) },
      { kind, x: given("kind", ["a", "b"], x) },
    ])
      expect(lacking(next, old)).toEqual(["x with the same condition"]);
    expect(lacking(old, { kind, x })).toEqual(["x with the same condition"]);
  });

  it("what a new constraint forbids", () => {
    const space = createSpace({ x: real(0, 1), y: real(0, 1) });
    expect(lackingIn(constrain(space, ["x < y"]), space)).toEqual([expect.stringMatching(/^what the constraint .* forbids$/)]);
  });
});

const range = fc.tuple(fc.integer({ min: -20, max: 20 }), fc.nat({ max: 20 }), fc.constantFrom(1, 2, 3, 4));
const stepped = range.map(([low, width, step]) => int(low, low + width, { step }));
const decimals = range.map(([low, width, step]) => real(low / 10, (low + width) / 10, { step: step / 10 }));
const continuous = range.map(([low, width]) => real(low / 10, (low + width) / 10));
const options = fc.uniqueArray(fc.constantFrom<string | number>("a", "b", "c", 1, 2), { minLength: 1 }).map((list) => choice(list));
const param = fc.oneof(stepped, decimals, continuous, options);

it("a space lacks nothing if and only if each value of the other one is a value of it", () => {
  fc.assert(
    fc.property(param, param, (next, old) => {
      const [after, before] = [createSpace({ x: next }), createSpace({ x: old })];
      const points = Array.from({ length: 201 }, (_, index) => decode(before, Float64Array.of(index / 200)));
      const held = points.every((config) => {
        try {
          checkConfig(after, config);
          return true;
        } catch {
          return false;
        }
      });
      expect(lackingIn(after, before).length === 0).toBe(held && next.kind === old.kind);
    }),
    { seed: 1, numRuns: 3000 },
  );
});
