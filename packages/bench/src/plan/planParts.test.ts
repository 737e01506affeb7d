/** Strategies and problems from outside as a plan writes them. */
import { describe, expect, it } from "vitest";
import { readPlan } from "./plan.ts";

const least = { name: "tiny", seeds: { count: 2 }, budget: 8, strategies: [{ name: "random" }], problems: ["branin"] };
const strategiesOf = (...strategies: readonly object[]): unknown => readPlan({ ...least, strategies }).strategies;
const problemsOf = (...problems: readonly object[]): unknown => readPlan({ ...least, problems }).problems;
const space = [{ name: "x", kind: "real", low: 0, high: 1 }];

describe("a plan with parts from outside", () => {
  it("labels a module by its file, a program and a peer by their names, and gives both ten minutes for each answer", () => {
    expect(
      strategiesOf({ module: "./code/my-sampler.mjs#card" }, { command: ["python3", "serve.py"], name: "far" }, { name: "peer:optuna-gp" }),
    ).toEqual([
      { module: "./code/my-sampler.mjs#card", label: "my-sampler", options: {}, evaluationsPerStep: 1 },
      {
        command: ["python3", "serve.py"],
        name: "far",
        label: "far",
        options: {},
        evaluationsPerStep: 1,
        timeoutSeconds: 600,
        inherit: [],
      },
      { name: "peer:optuna-gp", label: "optuna-gp", options: {}, evaluationsPerStep: 1, timeoutSeconds: 600 },
    ]);
    expect(
      problemsOf({ module: "../p.mjs#problem" }, { command: ["./p"], label: "q", space, goal: "minimize", timeoutSeconds: 5 }),
    ).toEqual([
      { module: "../p.mjs#problem", label: "p" },
      { command: ["./p"], label: "q", space, goal: "minimize", timeoutSeconds: 5, inherit: [] },
    ]);
  });

  it("read again is the same plan", () => {
    const plan = readPlan({
      ...least,
      seeds: "3..9",
      strategies: [
        { module: "./a.mjs" },
        { command: ["b"], name: "b", inherit: ["B_HOME"], options: { c: "budget" } },
        { name: "peer:ax" },
      ],
      problems: [
        "sphere-d{2..3}",
        { module: "./p.mjs" },
        { command: ["q"], label: "q", space, goal: "maximize", bound: 1, where: ["x <= 0.5"] },
      ],
    });
    expect(readPlan(plan)).toEqual(plan);
    expect(readPlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });

  const program = { command: ["./p"], label: "q", space, goal: "minimize" };
  it.each<readonly [string, object, string]>([
    ["an empty command", { strategies: [{ command: [], name: "a" }] }, "plan.strategies[0].command"],
    ["a program without a name", { strategies: [{ command: ["a"] }] }, "plan.strategies[0].name"],
    ["a module with a name", { strategies: [{ module: "./a.mjs", name: "a" }] }, "plan.strategies[0]"],
    ["a time limit of a strategy of Caviar", { strategies: [{ name: "random", timeoutSeconds: 5 }] }, "plan.strategies[0]"],
    ["no time at all", { strategies: [{ name: "peer:ax", timeoutSeconds: 0 }] }, "plan.strategies[0].timeoutSeconds"],
    ["two modules of one file without labels", { strategies: [{ module: "./a.mjs#b" }, { module: "./a.mjs#c" }] }, "plan.strategies"],
    ["a program without a space", { problems: [{ command: ["./p"], label: "q", goal: "minimize" }] }, "plan.problems[0].space"],
    ["a program without a goal", { problems: [{ command: ["./p"], label: "q", space }] }, "plan.problems[0].goal"],
    ["a goal in other words", { problems: [{ ...program, goal: "minimise" }] }, "plan.problems[0].goal"],
    ["a maximum of which nothing is known", { problems: [{ ...program, goal: "maximize" }] }, "plan.problems[0]"],
    ["a tolerance without an optimum", { problems: [{ ...program, tolerance: 1 }] }, "plan.problems[0].tolerance"],
    ["a bound next to an optimum", { problems: [{ ...program, optimum: 1, bound: 0 }] }, "plan.problems[0].bound"],
    [
      "noise in proportion to an unknown distance",
      { problems: [{ ...program, noise: { model: "multiplicative", sd: 1 } }] },
      "plan.problems[0].noise",
    ],
    ["noise without a deviation", { problems: [{ ...program, noise: { model: "additive" } }] }, "plan.problems[0].noise.sd"],
  ])("is refused for %s, by the path to what is wrong", (_name, change, what) => {
    let error: unknown = null;
    try {
      readPlan({ ...least, ...change });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ code: "badPlan", what });
  });
});
