import { ConfigError } from "@caviar-hpo/core";
import { describe, expect, test } from "vitest";
import { labelOf, readPlan, unitsOf } from "./plan.ts";

const least = { name: "tiny", seeds: { count: 2 }, budget: 8, strategies: [{ name: "random" }], problems: ["branin"] };

describe("a plan", () => {
  test("needs a name, seeds, a budget, strategies and problems; the rest has usual values", () => {
    expect(readPlan(least)).toEqual({
      name: "tiny",
      title: "tiny",
      question: "Which strategy finds the better points?",
      seeds: { first: 1, count: 2 },
      budget: 8,
      initialPoints: 0,
      instances: "cropped",
      noise: null,
      strategies: [{ name: "random", label: "random", options: {}, evaluationsPerStep: 1 }],
      problems: ["branin"],
    });
  });

  test("counts resource where its budget says so, with usual values for the rest", () => {
    const { budget } = readPlan({ ...least, budget: { fullTrainings: 30 } });
    expect(budget).toEqual({ fullTrainings: 30, points: 80, from: 0.1, workers: 1, stragglerSigma: 0 });
    const all = { fullTrainings: 30, points: 12, from: 0.5, workers: 8, stragglerSigma: 0.25 };
    expect(readPlan({ ...least, budget: all }).budget).toEqual(all);
    expect([unitsOf({ budget: 8 }), unitsOf({ budget: all })]).toEqual([8, 30]);
  });

  test("names a problem by its id, or with constraints between its parameters, and then with a label", () => {
    const where = [{ less: ["x1", "x2"] }, "x1 + x2 <= 5"];
    const problems = ["branin", { label: "branin below 5", id: "branin", where, minimum: 0.5 }, { id: "hartmann3", where }];
    const read = readPlan({ ...least, problems });
    expect(read.problems).toEqual([...problems.slice(0, 2), { label: "hartmann3", id: "hartmann3", where }]);
    expect(read.problems.map(labelOf)).toEqual(["branin", "branin below 5", "hartmann3"]);
    expect(readPlan(JSON.parse(JSON.stringify(read)))).toEqual(read);
  });

  test("read again is the same plan", () => {
    expect(readPlan({ ...least, noise: { model: "bbobUniform", severity: "severe" } }).noise).toEqual({
      model: "bbobUniform",
      severity: "severe",
    });
    const plan = readPlan({ ...least, noise: { model: "outliers", sd: 0.1 }, instances: "rotated" });
    expect(readPlan(plan)).toEqual(plan);
    expect(readPlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
    const spending = readPlan({ ...least, budget: { fullTrainings: 3, workers: 2 } });
    expect(readPlan(JSON.parse(JSON.stringify(spending)))).toEqual(spending);
  });
});

describe("a malformed plan is refused by the path to what is wrong", () => {
  const random = { name: "random" };
  const cases: readonly (readonly [name: string, plan: unknown, what: string])[] = [
    ["null", null, "plan"],
    ["a list", [least], "plan"],
    ["a text", "quick", "plan"],
    ["an unknown key", { ...least, seed: 3 }, "plan"],
    ["__proto__ as a key", JSON.parse('{ "__proto__": {} }'), "plan"],
    ["no name", { ...least, name: undefined }, "plan.name"],
    ["a path as a name", { ...least, name: "../../etc" }, "plan.name"],
    ["capitals in a name", { ...least, name: "Quick" }, "plan.name"],
    ["a name of 65 characters", { ...least, name: "a".repeat(65) }, "plan.name"],
    ["a line end after the name", { ...least, name: "quick\n" }, "plan.name"],
    ["an empty title", { ...least, title: "" }, "plan.title"],
    ["a title of 1001 characters", { ...least, title: "t".repeat(1001) }, "plan.title"],
    ["a question that is a number", { ...least, question: 42 }, "plan.question"],
    ["seeds that are a number", { ...least, seeds: 20 }, "plan.seeds"],
    ["no count of seeds", { ...least, seeds: { first: 1 } }, "plan.seeds.count"],
    ["no seeds", { ...least, seeds: { count: 0 } }, "plan.seeds.count"],
    ["a negative seed", { ...least, seeds: { first: -1, count: 2 } }, "plan.seeds.first"],
    ["half a seed", { ...least, seeds: { first: 1, count: 1.5 } }, "plan.seeds.count"],
    ["an unknown key in seeds", { ...least, seeds: { from: 1, count: 2 } }, "plan.seeds"],
    ["no budget", { ...least, budget: undefined }, "plan.budget"],
    ["a budget of 0", { ...least, budget: 0 }, "plan.budget"],
    ["a budget in words", { ...least, budget: "64" }, "plan.budget"],
    ["a budget of NaN", { ...least, budget: NaN }, "plan.budget"],
    ["a budget of 10^9", { ...least, budget: 1e9 }, "plan.budget"],
    ["a budget in a list", { ...least, budget: [8] }, "plan.budget"],
    ["an unknown key in the budget", { ...least, budget: { fullTrainings: 9, epochs: 81 } }, "plan.budget"],
    ["a budget that says nothing", { ...least, budget: {} }, "plan.budget.fullTrainings"],
    ["a budget of one full training", { ...least, budget: { fullTrainings: 1 } }, "plan.budget.fullTrainings"],
    ["half a full training", { ...least, budget: { fullTrainings: 2.5 } }, "plan.budget.fullTrainings"],
    ["a curve of one point", { ...least, budget: { fullTrainings: 9, points: 1 } }, "plan.budget.points"],
    ["curves from nothing", { ...least, budget: { fullTrainings: 9, from: 0 } }, "plan.budget.from"],
    ["curves from beyond a training", { ...least, budget: { fullTrainings: 9, from: 1.5 } }, "plan.budget.from"],
    ["no simulated workers", { ...least, budget: { fullTrainings: 9, workers: 0 } }, "plan.budget.workers"],
    ["stragglers by a text", { ...least, budget: { fullTrainings: 9, stragglerSigma: "1" } }, "plan.budget.stragglerSigma"],
    ["more initial points than full trainings", { ...least, budget: { fullTrainings: 9 }, initialPoints: 10 }, "plan.initialPoints"],
    ["noise in the plan", { ...least, budget: { fullTrainings: 9 }, noise: { model: "additive", sd: 1 } }, "plan.noise"],
    ["more initial points than budget", { ...least, initialPoints: 9 }, "plan.initialPoints"],
    ["unknown instances", { ...least, instances: "shifted" }, "plan.instances"],
    ["noise by a number", { ...least, noise: 0.1 }, "plan.noise"],
    ["an unknown noise", { ...least, noise: { model: "gaussian", sd: 1 } }, "plan.noise.model"],
    ["a noise of BBOB of an unknown severity", { ...least, noise: { model: "bbobCauchy", severity: "mild" } }, "plan.noise.severity"],
    ["a noise of BBOB with a deviation", { ...least, noise: { model: "bbobCauchy", severity: "severe", sd: 1 } }, "plan.noise"],
    ["another noise with a severity", { ...least, noise: { model: "additive", severity: "severe" } }, "plan.noise.model"],
    ["noise without a deviation", { ...least, noise: { model: "additive" } }, "plan.noise.sd"],
    ["noise of no deviation", { ...least, noise: { model: "additive", sd: 0 } }, "plan.noise.sd"],
    ["noise beyond all bounds", { ...least, noise: { model: "additive", sd: Infinity } }, "plan.noise.sd"],
    ["no strategies", { ...least, strategies: [] }, "plan.strategies"],
    ["strategies by name", { ...least, strategies: { random: {} } }, "plan.strategies"],
    ["a strategy that is a text", { ...least, strategies: ["random"] }, "plan.strategies[0]"],
    ["a strategy without a name", { ...least, strategies: [random, { label: "x" }] }, "plan.strategies[1].name"],
    ["an unknown key in a strategy", { ...least, strategies: [{ ...random, option: {} }] }, "plan.strategies[0]"],
    ["an empty label", { ...least, strategies: [{ ...random, label: "" }] }, "plan.strategies[0].label"],
    ["options in a list", { ...least, strategies: [{ ...random, options: [] }] }, "plan.strategies[0].options"],
    ["no evaluations a step", { ...least, strategies: [{ ...random, evaluationsPerStep: 0 }] }, "plan.strategies[0].evaluationsPerStep"],
    ["a label twice", { ...least, strategies: [random, random] }, "plan.strategies"],
    ["no problems", { ...least, problems: [] }, "plan.problems"],
    ["a problem that is a number", { ...least, problems: [8] }, "plan.problems[0]"],
    ["a problem twice", { ...least, problems: ["branin", "branin"] }, "plan.problems"],
    ["a problem twice, once with constraints", { ...least, problems: ["branin", { id: "branin", where: ["x1 < x2"] }] }, "plan.problems"],
    ["a problem with constraints and no id", { ...least, problems: [{ where: ["x1 < x2"] }] }, "plan.problems[0].id"],
    ["a problem as an object without constraints", { ...least, problems: [{ id: "branin" }] }, "plan.problems[0].where"],
    ["an empty list of constraints", { ...least, problems: [{ id: "branin", where: [] }] }, "plan.problems[0].where"],
    ["constraints that are no list", { ...least, problems: [{ id: "branin", where: "x1 < x2" }] }, "plan.problems[0].where"],
    ["an unknown key in a problem", { ...least, problems: [{ id: "branin", wher: ["x1 < x2"] }] }, "plan.problems[0]"],
    [
      "a minimum where the instance follows the seed",
      { ...least, problems: [{ id: "bbob-f1-d2-i{seed}", where: ["x1 < x2"], minimum: 0 }] },
      "plan.problems[0].minimum",
    ],
  ];

  test.each(cases)("%s", (_name, plan, what) => {
    const error = errorOf(() => readPlan(plan));
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toMatchObject({ code: "badPlan", what });
  });

  test("the nearest key is suggested", () => {
    expect(errorOf(() => readPlan({ ...least, problem: ["branin"] })).remedy).toBe('Did you mean "problems"?');
  });
});

function errorOf(call: () => unknown): ConfigError {
  try {
    call();
  } catch (error) {
    return error as ConfigError;
  }
  throw new Error("nothing was refused");
}
