import { expect, test } from "vitest";
import { real } from "../space/param.ts";
import { createSpace } from "../space/space.ts";
import { ConfigError } from "./errors.ts";
import { type Problem, readFidelity, readProblem } from "./problem.ts";

const good: Problem = {
  space: createSpace({ x: real(0, 1) }),
  objectives: [{ name: "loss", goal: "minimize" }],
  constraints: [],
  fidelity: null,
  resumable: false,
};
const epochs = { unit: "epochs", min: 1, max: 27, whole: true };

test.each<readonly [string, Partial<Problem>]>([
  ["one objective", {}],
  [
    "several objectives and constraints",
    {
      objectives: [
        { name: "loss", goal: "minimize" },
        { name: "accuracy", goal: "maximize" },
      ],
      constraints: ["memory", "latency"],
    },
  ],
  ["whole epochs", { fidelity: epochs, resumable: true }],
  ["a fraction of the data", { fidelity: { unit: "fraction", min: 0.01, max: 1, whole: false } }],
  ["a single fidelity", { fidelity: { ...epochs, min: 27 } }],
])("%s: accepted", (_name, change) => {
  expect(() => readProblem({ ...good, ...change })).not.toThrow();
});

test.each<readonly [string, unknown, string]>([
  ["no objective", { objectives: [] }, "objectives: expected at least one, got none"],
  ["an unknown goal", { objectives: [{ name: "loss", goal: "min" }] }, 'goal of "loss": expected minimize or maximize, got "min"'],
  ["an empty name", { objectives: [{ name: "", goal: "minimize" }] }, 'objectives: expected names of 1 to 256 characters, got ""'],
  ["an objective twice", { objectives: [good.objectives[0], good.objectives[0]] }, 'objectives: expected each name once, got "loss" twice'],
  ["a constraint twice", { constraints: ["c", "c"] }, 'constraints: expected each name once, got "c" twice'],
  [
    "65 objectives",
    { objectives: Array.from({ length: 65 }, (_, i) => ({ name: `o${i}`, goal: "minimize" })) },
    "objectives: expected at most 64, got 65",
  ],
  ["a fidelity from 0", { fidelity: { ...epochs, min: 0 } }, "fidelity: expected positive, whole bounds, got 0"],
  ["a broken epoch", { fidelity: { ...epochs, max: 2.5 } }, "fidelity: expected positive, whole bounds, got 2.5"],
  ["an endless fidelity", { fidelity: { ...epochs, max: Infinity, whole: false } }, "fidelity: expected positive bounds, got Infinity"],
  ["a fidelity that is NaN", { fidelity: { ...epochs, min: NaN } }, "fidelity: expected positive, whole bounds, got NaN"],
  ["min above max", { fidelity: { ...epochs, min: 28 } }, "fidelity: expected min <= max, got min 28, max 27"],
  ["a fidelity that says it by a word", { fidelity: { ...epochs, whole: "yes" } }, "problem.fidelity.whole: expected true or false"],
  [
    "a fidelity with a misspelt key",
    { fidelity: { unit: "epochs", min: 1, max: 9, hole: false } },
    'problem.fidelity: expected no keys but unit, min, max, whole, got "hole". Did you mean "whole"?',
  ],
  ["the word of another tool", { fidelity: { unit: "epochs", min: 1, maximum: 9 } }, 'got "maximum". Caviar calls it "max".'],
  ["an unknown key of an objective", { objectives: [{ name: "loss", direction: "minimize" }] }, 'Caviar calls it "goal".'],
  [
    "an unknown key of the problem",
    { constraint: [] },
    "problem: expected no keys but space, objectives, constraints, fidelity, resumable",
  ],
  ["a fidelity that is a Map", { fidelity: new Map([["min", 1]]) }, "problem.fidelity: expected a plain object"],
  ["a fidelity that inherits", { fidelity: Object.create(epochs) }, "problem.fidelity: expected a plain object"],
  ["a space that is a shape", { space: { x: real(0, 1) } }, "problem.space: expected no keys but params, dims"],
  ["no unit", { fidelity: { ...epochs, unit: "" } }, 'unit of the fidelity: expected 1 to 256 characters, got ""'],
])("%s: refused", (_name, change, message) => {
  const check = (): Problem => readProblem({ ...good, ...(change as Partial<Problem>) });
  expect(check).toThrow(ConfigError);
  expect(check).toThrow(message);
});

test("whole is inferred from whole bounds, and kept where it is given", () => {
  expect(readFidelity({ unit: "epochs", min: 1, max: 27 })).toEqual(epochs);
  expect(readFidelity({ unit: "fraction", min: 0.5, max: 1 }).whole).toBe(false);
  expect(readFidelity({ unit: "epochs", min: 1, max: 27, whole: false }).whole).toBe(false);
});

test("a problem is new data: what was checked is what is used", () => {
  let reads = 0;
  const fidelity = {
    ...epochs,
    get max() {
      reads++;
      return reads === 1 ? 9 : -1;
    },
  };
  const read = readProblem({ ...good, fidelity });
  expect(read.fidelity).toEqual({ ...epochs, max: 9 });
  expect(read.fidelity).toEqual({ ...epochs, max: 9 });
});
