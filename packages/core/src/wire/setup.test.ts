import { expect, test } from "vitest";
import type { Problem } from "../contract/problem.ts";
import { choice, real } from "../space/param.ts";
import { createSpace } from "../space/space.ts";
import { type StudySetup, setupChanges } from "./setup.ts";

const problem: Problem = {
  space: createSpace({ x: real(0, 1), kind: choice(["a", "b"]) }),
  objectives: [{ name: "loss", goal: "minimize" }],
  constraints: [],
  fidelity: null,
  resumable: false,
};
const setup: StudySetup = { problem, seed: 1, strategy: { name: "tpe", version: 1, options: { startup: 5 } } };

const changes: readonly (readonly [what: string, given: StudySetup, expected: string, got: string])[] = [
  ["a seed", { ...setup, seed: 2 }, "seed 1", "seed 2"],
  [
    "a bound",
    { ...setup, problem: { ...problem, space: createSpace({ x: real(0, 2), kind: choice(["a", "b"]) }) } },
    "space.x.high 1",
    "space.x.high 2",
  ],
  [
    "a parameter",
    { ...setup, problem: { ...problem, space: createSpace({ x: real(0, 1) }) } },
    'space.kind {"name":"kind","kind":"choice","options":["a","b"],"ordered":false}',
    "space.kind none",
  ],
  [
    "the order of parameters",
    { ...setup, problem: { ...problem, space: createSpace({ kind: choice(["a", "b"]), x: real(0, 1) }) } },
    "space in the order x,kind",
    "space in the order kind,x",
  ],
  [
    "an option",
    { ...setup, strategy: { ...setup.strategy, options: { startup: 6 } } },
    "strategy.options.startup 5",
    "strategy.options.startup 6",
  ],
  [
    "another strategy, whose version and options need not be named",
    { ...setup, strategy: { name: "random", version: 2, options: {} } },
    'strategy.name "tpe"',
    'strategy.name "random"',
  ],
];

test.each(changes)("%s is named with both values", (_, given, expected, got) => {
  expect(setupChanges(setup, given)).toEqual({ expected, got });
});

test("equal setups have no changes, also if a problem was made twice", () => {
  const same = { ...setup, problem: { ...problem, space: createSpace({ x: real(0, 1), kind: choice(["a", "b"]) }) } };
  expect(setupChanges(setup, same)).toBeNull();
});
