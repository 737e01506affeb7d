import { expect, test } from "vitest";
import { sameJson } from "./sameJson.ts";

test.each([
  ["the same number", 1, 1],
  ["NaN", NaN, NaN],
  ["keys in another order", { a: 1, b: [2, { c: null }] }, { b: [2, { c: null }], a: 1 }],
  ["undefined for an absent key", { a: 1, b: undefined }, { a: 1 }],
  ["an absent key for undefined", { a: 1 }, { b: undefined, a: 1 }],
  ["empty lists", [], []],
])("%s is the same", (_name, a, b) => {
  expect(sameJson(a, b)).toBe(true);
});

test.each([
  ["0 and -0", 0, -0],
  ["0 and -0 deep inside", { a: [0] }, { a: [-0] }],
  ["a number and its text", 1, "1"],
  ["null and an object", null, {}],
  ["null and undefined", null, undefined],
  ["a list and an object with its keys", [1], { 0: 1 }],
  ["an object and a list", {}, []],
  ["lists of different length", [1, 2], [1]],
  ["a longer second list", [1], [1, 2]],
  ["an object with one key more", { a: 1 }, { a: 1, b: 2 }],
  ["another key of the same number", { a: 1, b: undefined }, { b: 1 }],
  ["a key that the other has from its prototype", { toString: 1 }, {}],
  ["neighbouring doubles", 1, 1 + 2 ** -52],
])("%s differ", (_name, a, b) => {
  expect(sameJson(a, b)).toBe(false);
  expect(sameJson(b, a)).toBe(false);
});
