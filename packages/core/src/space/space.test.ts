import { describe, expect, test } from "vitest";
import { SpaceError } from "../contract/errors.ts";
import { decode, encode } from "./codec.ts";
import { checkConfig } from "./config.ts";
import { choice, given, int, type Param, real } from "./param.ts";
import { createSpace } from "./space.ts";

const refused: readonly (readonly [string, readonly (readonly [string, unknown])[]])[] = [
  ["an empty name", [["", real(0, 1)]]],
  ["a name of 10 kB", [["x".repeat(10_240), real(0, 1)]]],
  ["a name with NUL", [["a\u0000b", real(0, 1)]]],
  ["a name with a lone surrogate", [["\ud800", real(0, 1)]]],
  ["the name __proto__", [["__proto__", real(0, 1)]]],
  [
    "a name twice",
    [
      ["a", real(0, 1)],
      ["a", int(0, 1)],
    ],
  ],
  ["low above high", [["a", real(1, 0)]]],
  ["a NaN bound", [["a", real(NaN, 1)]]],
  ["an infinite bound", [["a", real(0, Infinity)]]],
  ["a bound that is text", [["a", { ...real(0, 1), low: "0" }]]],
  ["log at 0", [["a", real(0, 1, { scale: "log" })]]],
  ["log below 0", [["a", real(-1, 1, { scale: "log" })]]],
  ["mirroredLog at 0", [["a", real(0, 1, { scale: "mirroredLog" })]]],
  ["oneMinusLog up to 1", [["a", real(0.5, 1, { scale: "oneMinusLog" })]]],
  ["oneMinusLog below 0", [["a", real(-0.5, 0.5, { scale: "oneMinusLog" })]]],
  ["an unknown scale", [["a", { ...real(0, 1), scale: "logit" }]]],
  ["an int log from 0", [["a", int(0, 8, { scale: "log" })]]],
  ["an int with a fraction", [["a", int(0.5, 8)]]],
  ["an int beyond 2^53", [["a", int(0, 2 ** 54)]]],
  ["more than 2^53 integers", [["a", int(-(2 ** 53), 2 ** 53)]]],
  ["a step of 0", [["a", real(0, 1, { step: 0 })]]],
  ["a negative step", [["a", int(0, 9, { step: -1 })]]],
  ["a broken step of an int", [["a", int(0, 9, { step: 0.5 })]]],
  ["a step on a log scale", [["a", real(1, 9, { scale: "log", step: 1 })]]],
  ["more than 2^53 steps", [["a", real(0, 1, { step: 1e-300 })]]],
  ["a misspelt field", [["a", { ...real(0, 1), setp: 0.1 }]]],
  ["a field of another kind", [["a", { ...int(0, 1), ordered: true }]]],
  ["a choice with a step", [["a", { ...choice(["x"]), step: 1 }]]],
  [
    "a misspelt field below a condition",
    [
      ["b", choice(["x"])],
      ["a", given("b", ["x"], { ...real(0, 1), log: true } as never)],
    ],
  ],
  [
    "a condition with a default",
    [
      ["b", choice(["x"])],
      ["a", { ...given("b", ["x"], real(0, 1)), default: 0.5 }],
    ],
  ],
  ["a choice that does not say whether it is ordered", [["a", { kind: "choice", options: ["x", "y"] }]]],
  ["no parameter at all", [["a", null]]],
  ["a kind that is a member of Object", [["a", { kind: "constructor" }]]],
  ["no options", [["a", choice([])]]],
  ["options that are equal as text", [["a", choice([1, "1"])]]],
  ["an option twice", [["a", choice(["x", "x"])]]],
  ["an option that is not finite", [["a", choice([NaN])]]],
  ["an option that is an object", [["a", { kind: "choice", options: [{}], ordered: false }]]],
  ["a parent that does not exist", [["a", given("b", [1], real(0, 1))]]],
  [
    "a parent declared later",
    [
      ["a", given("b", [1], real(0, 1))],
      ["b", int(0, 1)],
    ],
  ],
  ["itself as parent", [["a", given("a", [1], int(0, 1))]]],
  [
    "a real parent",
    [
      ["b", real(0, 1)],
      ["a", given("b", [1], real(0, 1))],
    ],
  ],
  [
    "a condition that can never hold",
    [
      ["b", choice(["x"])],
      ["a", given("b", ["y"], real(0, 1))],
    ],
  ],
  [
    "an int condition off the grid",
    [
      ["b", int(0, 8, { step: 2 })],
      ["a", given("b", [3], real(0, 1))],
    ],
  ],
  [
    "no condition values",
    [
      ["b", choice(["x"])],
      ["a", given("b", [], real(0, 1))],
    ],
  ],
  ["an unknown kind", [["a", { kind: "complex" }]]],
  ["nothing instead of a parameter", [["a", { kind: "given", param: null, parent: "b", values: [1] }]]],
];

test.each(refused)("a space with %s is refused, saying what, expected, got and remedy", (_name, pairs) => {
  let thrown: unknown;
  try {
    createSpace(pairs as readonly (readonly [string, Param])[]);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(SpaceError);
  const error = thrown as SpaceError;
  expect(error.message).toBe(`${error.what}: expected ${error.expected}, got ${error.got}. ${error.remedy}`);
  for (const part of [error.what, error.expected, error.got, error.remedy]) expect(part).not.toBe("");
});

const served: readonly (readonly [string, Param])[] = [
  ["equal bounds", real(3, 3)],
  ["equal bounds on a log scale", real(3, 3, { scale: "log" })],
  ["one option", choice(["only"])],
  ["10,000 options", choice(Array.from({ length: 10_000 }, (_, i) => `option ${i}`))],
  ["[0, 5e-324]", real(0, 5e-324)],
  ["[1, 1 + eps]", real(1, 1 + 2 ** -52)],
  ["log [1, 1 + eps]", real(1, 1 + 2 ** -52, { scale: "log" })],
  ["the whole line", real(-Number.MAX_VALUE, Number.MAX_VALUE)],
  ["log over all of the positive doubles", real(5e-324, Number.MAX_VALUE, { scale: "log" })],
  ["mirroredLog over all of them", real(5e-324, Number.MAX_VALUE, { scale: "mirroredLog" })],
  ["log [1e-300, 1e300]", real(1e-300, 1e300, { scale: "log" })],
  ["log [1e-5, 1e-1], which overshoots elsewhere", real(1e-5, 1e-1, { scale: "log" })],
  ["oneMinusLog to the last double below 1", real(0, 1 - 2 ** -53, { scale: "oneMinusLog" })],
  ["a step of 1e-9", real(0, 1, { step: 1e-9 })],
  ["tenths", real(0, 1, { step: 0.1 })],
  ["a step that does not divide", real(0, 1, { step: 0.3 })],
  ["int to 2^53", int(1, 2 ** 53)],
  ["int log to 2^53", int(1, 2 ** 53, { scale: "log" })],
  ["negative integers", int(-7, -3)],
  ["one integer", int(5, 5, { scale: "log" })],
  ["an int step", int(0, 100, { step: 7 })],
];

describe.each(served)("%s", (_name, param) => {
  const space = createSpace([["x", param]]);
  test("is served inside the box at every coordinate, the extreme and the impossible ones included", () => {
    const coordinates = [0, 1, 0.5, 2 ** -53, 1 - 2 ** -53, 5e-324, -1, 2, NaN, Infinity, -Infinity];
    for (let i = 0; i <= 1000; i++) coordinates.push(i / 1000);
    for (const p of coordinates) {
      const config = decode(space, Float64Array.of(p));
      expect(checkConfig(space, config)).toEqual(config);
      const again = decode(space, encode(space, config));
      expect(checkConfig(space, again)).toEqual(again);
    }
  });
});

test("names that are dangerous elsewhere are just names", () => {
  const space = createSpace([
    ["constructor", real(0, 1)],
    ["toString", choice(["a", "b"])],
    ["🐟", int(1, 3)],
    ["اسم", given("toString", ["a"], real(0, 1))],
  ]);
  const config = decode(space, Float64Array.of(0.25, 0.25, 0.5, 0.75));
  expect(config).toEqual({ constructor: 0.25, toString: "a", "🐟": 2, اسم: 0.75 });
  expect(Array.from(encode(space, config))).toEqual([0.25, 0.25, 0.5, 0.75]);
  expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined();
});

test("a space without parameters has one configuration", () => {
  const space = createSpace({});
  expect(decode(space, new Float64Array())).toEqual({});
  expect(checkConfig(space, {})).toEqual({});
});

test("200 parameters are served in declaration order", () => {
  const space = createSpace(Array.from({ length: 200 }, (_, i) => [`x${i}`, real(0, i)] as const));
  expect(Object.keys(decode(space, new Float64Array(200)))).toEqual(space.params.map(([name]) => name));
});

test("conditions chain: a grandchild is absent when its parent is", () => {
  const space = createSpace({ a: choice(["x", "y"]), b: given("a", ["x"], choice([1, 2])), c: given("b", [2], real(0, 1)) });
  expect(decode(space, Float64Array.of(0, 0.9, 0.5))).toEqual({ a: "x", b: 2, c: 0.5 });
  expect(decode(space, Float64Array.of(0, 0, 0.5))).toEqual({ a: "x", b: 1 });
  expect(decode(space, Float64Array.of(0.9, 0.9, 0.5))).toEqual({ a: "y" });
});

test("a space is frozen plain data: it survives JSON and cannot be changed", () => {
  const options = ["a", "b"];
  const space = createSpace({ x: real(0, 1), y: choice(options), z: given("y", ["a"], int(0, 3)) });
  options.push("c");
  expect(JSON.parse(JSON.stringify(space))).toEqual(space);
  expect(space.params[1]![1]).toMatchObject({ options: ["a", "b"] });
  expect(() => {
    (space.params[0]![1] as { low: number }).low = 5;
  }).toThrow(TypeError);
});
