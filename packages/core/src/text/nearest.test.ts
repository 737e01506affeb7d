import { expect, test } from "vitest";
import { didYouMean, nearest, similar } from "./nearest.ts";

test.each([
  ["sobl", ["random", "sobol", "halton"], "sobol"],
  ["SOBOL", ["random", "sobol"], "sobol"],
  ["kitten", ["sitting", "mitten"], "mitten"],
  ["", ["abc", "a"], "a"],
  ["ab", ["ba", "abc"], "ba"],
  ["aks", ["ask", "aks-"], "ask"],
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

test.each([
  ["sobl", "sobol"],
  ["SOBOL", "sobol"],
  ["rnadom", "random"],
  ["aks", "ask"],
  ["as", "ask"],
  ["lag", undefined],
  ["z", undefined],
  ["xyz", undefined],
  ["", undefined],
  ["frobnicate", undefined],
])("of sobol, random, ask and x, only a similar name is meant by %j: %j", (name, expected) => {
  expect(similar(name, ["sobol", "random", "ask", "x"])).toBe(expected);
});

test("of no names, none is similar", () => {
  expect(similar("anything", [])).toBe(undefined);
});

test("a name that is like none of the names is not guessed", () => {
  expect(didYouMean("sobl", ["sobol"])).toBe('Did you mean "sobol"?');
  expect(didYouMean("annealing", ["sobol", "random"])).toBe("Write one of these.");
  expect(didYouMean("annealing", ["sobol", "random"], "Drop it.")).toBe("Drop it.");
  expect(didYouMean(7, ["sobol"])).toBe("Write one of these.");
});
