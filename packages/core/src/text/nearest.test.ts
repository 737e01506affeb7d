import { expect, test } from "vitest";
import { nearest } from "./nearest.ts";

test.each([
  ["sobl", ["random", "sobol", "halton"], "sobol"],
  ["SOBOL", ["random", "sobol"], "sobol"],
  ["kitten", ["sitting", "mitten"], "mitten"],
  ["", ["abc", "a"], "a"],
  ["ab", ["ba", "abc"], "abc"],
  ["x", ["a", "b"], "a"],
])("to %j the nearest of %j is %j", (name, names, expected) => {
  expect(nearest(name, names)).toBe(expected);
});

test("of no names, none is nearest", () => {
  expect(nearest("anything", [])).toBe("");
});

test("a name as long as a message is compared by its beginning only", () => {
  expect(nearest(`sobol${"x".repeat(5_000_000)}`, ["halton", "sobol"])).toBe("sobol");
});
