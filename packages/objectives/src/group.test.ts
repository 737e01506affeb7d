import { expect, it } from "vitest";
import { testFunctionIds } from "./catalogue.ts";
import { groupOf } from "./group.ts";
import { mixedFunctionIds } from "./mixed/catalogue.ts";
import { multiFidelityFunctionIds } from "./multiFidelity/catalogue.ts";

it.each([
  ["branin", "branin"],
  ["branin-in-d100", "branin"],
  ["branin-mf", "branin"],
  ["branin-augmented", "branin"],
  ["curves-crossing-branin", "branin"],
  ["hartmann6", "hartmann6"],
  ["hartmann6-in-d50", "hartmann6"],
  ["mf-hartmann6-bad", "hartmann6"],
  ["hartmann6-augmented", "hartmann6"],
  ["hartmann3-alt", "hartmann3"],
  ["ackley-d5", "ackley"],
  ["ackley-d53", "ackley"],
  ["rosenbrock-narrow-d4", "rosenbrock"],
  ["goldstein-price-log", "goldstein-price"],
  ["shekel10", "shekel"],
  ["shekel7-sfu", "shekel"],
  ["trid-d12", "trid"],
  ["bbob-f8-d5-i3", "bbob-f8"],
  ["bbob-f8-d5-i{seed}", "bbob-f8"],
  ["bbob-mixint-f8-d5-i3", "bbob-f8"],
  ["curves-noisy-bbob-f8-d2-i1", "bbob-f8"],
  ["counting-ones-c8-r8", "counting-ones"],
  ["forrester-mf", "forrester"],
  ["func2c", "func2c"],
])("the group of %s is %s", (id, group) => {
  expect(groupOf(id)).toBe(group);
});

it("no group of a function depends on its dimension or its instance, but rugged problems are all different functions", () => {
  const mixed = mixedFunctionIds().filter((id) => !id.startsWith("rugged"));
  const ids = [...testFunctionIds(), ...mixed, ...multiFidelityFunctionIds().filter((id) => !id.includes("{function}"))];
  const numbered = (digits: string): readonly string[] =>
    ids.map((id) =>
      groupOf(
        id
          .replace("{f}", "3")
          .replace("{m}", "7")
          .replace(/\{\w\}/g, digits),
      ),
    );
  expect(numbered("10")).toEqual(numbered("25"));
  expect(groupOf("rugged-i10")).not.toBe(groupOf("rugged-i25"));
});
