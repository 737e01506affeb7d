import { expect, it } from "vitest";
import { byKey, keyOfText } from "./tables.ts";

it("a text counts as a number only as a whole, and a dash as nothing", () => {
  expect(["1\u2009120", "−2.5", "", " – ", "3 of 4", "random"].map(keyOfText)).toEqual([1120, -2.5, null, null, "3 of 4", "random"]);
});

it("numbers come before texts, and nothing comes last, in both directions", () => {
  const keys = [null, "b", 2, "a", 1, null];
  expect([...keys].sort((a, b) => byKey(a, b, 1))).toEqual([1, 2, "a", "b", null, null]);
  expect([...keys].sort((a, b) => byKey(a, b, -1))).toEqual([2, 1, "b", "a", null, null]);
});
