import { expect, test } from "vitest";
import type { Plan } from "./plan.ts";
import { readPlan } from "./plan.ts";
import { withTwin } from "./twin.ts";

function strategiesOf(strategies: readonly object[]): Plan["strategies"] {
  return readPlan({ name: "tiny", seeds: "1..2", budget: 8, strategies, problems: ["branin"] }).strategies;
}

function twins(...strategies: readonly object[]): readonly (string | undefined)[] {
  return withTwin(strategiesOf(strategies)).map(({ strategy: { label }, twinOf }) =>
    twinOf === undefined ? label : `${label} = ${twinOf}`,
  );
}

test("the strategy with the label random gets a twin at the end, or else the first one", () => {
  expect(twins({ name: "sobol" }, { name: "random" })).toEqual(["sobol", "random", "random again = random"]);
  expect(twins({ name: "tpe" }, { name: "sobol" })).toEqual(["tpe", "sobol", "tpe again = tpe"]);
  expect(withTwin(strategiesOf([{ name: "tpe", options: { candidates: 12 } }])).at(-1)!.strategy).toMatchObject({
    name: "tpe",
    options: { candidates: 12 },
  });
});

test("a plan with two strategies that are equal but for their labels has a twin already: the later one", () => {
  expect(twins({ name: "random" }, { name: "tpe" }, { label: "b", name: "tpe" })).toEqual(["random", "tpe", "b = tpe"]);
  expect(twins({ name: "random" }, { label: "two", name: "random", evaluationsPerStep: 2 })).toEqual([
    "random",
    "two",
    "random again = random",
  ]);
});

test("of many equal strategies only one is a twin, so that the others are compared", () => {
  const six = ["a", "b", "c", "d", "e", "f"].map((label) => ({ label, name: "random" }));
  expect(twins(...six)).toEqual(["a", "b = a", "c", "d", "e", "f"]);
});

test("a twin's label is not one that the plan has", () => {
  expect(twins({ name: "random" }, { label: "random again", name: "sobol" })).toEqual([
    "random",
    "random again",
    "random again again = random",
  ]);
});
