import { expect, test } from "vitest";
import { LimitError, ProtocolError, SpaceError } from "../contract/errors.ts";
import type { Problem } from "../contract/problem.ts";
import { choice, given, int, real } from "../space/param.ts";
import { createSpace } from "../space/space.ts";
import { parseWire, stringifyWire } from "./json.ts";
import { decodeProblem, encodeProblem } from "./problem.ts";

const problem: Problem = {
  space: createSpace([
    ["10", real(1e-5, 1, { scale: "log" })],
    ["2", int(0, 8, { step: 2 })],
    ["optimizer", choice(["sgd", "adam"])],
    ["depth", choice([1, 2, true], { ordered: true })],
    ["momentum", given("optimizer", ["sgd"], real(0.5, 0.999, { scale: "oneMinusLog" }))],
  ]),
  objectives: [
    { name: "loss", goal: "minimize" },
    { name: "accuracy", goal: "maximize" },
  ],
  constraints: ["memory"],
  fidelity: { unit: "epochs", min: 1, max: 81, whole: true },
  resumable: true,
};

const line =
  '{"space":[' +
  '{"name":"10","kind":"real","low":0.00001,"high":1,"scale":"log"},' +
  '{"name":"2","kind":"int","low":0,"high":8,"scale":"linear","step":2},' +
  '{"name":"optimizer","kind":"choice","options":["sgd","adam"],"ordered":false},' +
  '{"name":"depth","kind":"choice","options":[1,2,true],"ordered":true},' +
  '{"name":"momentum","kind":"given","param":{"kind":"real","low":0.5,"high":0.999,"scale":"oneMinusLog"},"parent":"optimizer","values":["sgd"]}],' +
  '"objectives":[{"name":"loss","goal":"minimize"},{"name":"accuracy","goal":"maximize"}],"constraints":["memory"],' +
  '"fidelity":{"unit":"epochs","min":1,"max":81,"whole":true},"resumable":true}';

test("a problem is written as one line, the space as a list that keeps names like numbers in order, and read back", () => {
  expect(stringifyWire(encodeProblem(problem))).toBe(line);
  expect(decodeProblem(parseWire(line))).toStrictEqual(problem);
});

test("equal problems have equal texts, whatever the order of their keys", () => {
  const shuffled = {
    resumable: true,
    space: createSpace(
      problem.space.params.map(([name, param]) => [name, Object.fromEntries(Object.entries(param).reverse()) as typeof param]),
    ),
    fidelity: { whole: true, max: 81, min: 1, unit: "epochs" },
    constraints: ["memory"],
    objectives: problem.objectives.map(({ name, goal }) => ({ goal, name })),
  };
  expect(stringifyWire(encodeProblem(shuffled))).toBe(line);
});

test("what has a usual value may be left out", () => {
  const space = [
    { name: "x", kind: "real", low: 0, high: 1 },
    { name: "n", kind: "int", low: 0, high: 1 },
    { name: "c", kind: "choice", options: ["a"] },
    { name: "g", kind: "given", parent: "c", values: ["a"], param: { kind: "int", low: 1, high: 2 } },
  ];
  expect(decodeProblem({ space })).toStrictEqual({
    space: createSpace({ x: real(0, 1), n: int(0, 1), c: choice(["a"]), g: given("c", ["a"], int(1, 2)) }),
    objectives: [{ name: "value", goal: "minimize" }],
    constraints: [],
    fidelity: null,
    resumable: false,
  });
});

test("a step of its own scale, a fractional fidelity and an empty space are legal", () => {
  const wire = { space: [], fidelity: { unit: "share of the data", min: 0.01, max: 1, whole: false } };
  expect(decodeProblem(wire)).toMatchObject({ space: { dims: 0 }, fidelity: wire.fidelity });
});

const x = { name: "x", kind: "real", low: 0, high: 1 };
const fidelity = { unit: "epochs", min: 1, max: 9, whole: true };

test.each<[string, unknown, typeof ProtocolError | typeof LimitError | typeof SpaceError, string, string, string]>([
  // what is wrong, wire form, class, what, expected, got
  ["no space", {}, ProtocolError, "problem", 'the key "space"', "none"],
  ["a space as an object", { space: { x } }, ProtocolError, "problem.space", "a list", "an object"],
  [
    "a parameter without a name",
    { space: [{ kind: "real", low: 0, high: 1 }] },
    ProtocolError,
    "problem.space[0]",
    'the key "name"',
    "none",
  ],
  [
    "an unknown kind",
    { space: [{ ...x, kind: "float" }] },
    ProtocolError,
    "problem.space[0].kind",
    '"real" or "int" or "choice" or "given"',
    '"float"',
  ],
  [
    "an unknown scale",
    { space: [{ ...x, scale: "ln" }] },
    ProtocolError,
    "problem.space[0].scale",
    '"linear" or "log" or "mirroredLog" or "oneMinusLog"',
    '"ln"',
  ],
  ["a bound as text", { space: [x, { ...x, low: "0" }] }, ProtocolError, "problem.space[1].low", "a number", '"0"'],
  ["a step of null", { space: [{ ...x, step: null }] }, ProtocolError, "problem.space[0].step", "a number", "null"],
  [
    "a misspelled key",
    { space: [{ ...x, sclae: "log" }] },
    ProtocolError,
    "problem.space[0]",
    "no keys but name, kind, low, high, scale, step",
    '"sclae"',
  ],
  [
    "a list as option",
    { space: [{ name: "c", kind: "choice", options: [[1]] }] },
    ProtocolError,
    "problem.space[0].options[0]",
    "a string, a boolean or a finite number",
    "a list of 1",
  ],
  [
    "a condition in a condition",
    { space: [{ name: "g", kind: "given", parent: "x", values: [1], param: { kind: "given" } }] },
    ProtocolError,
    "problem.space[0].param.kind",
    '"real" or "int" or "choice"',
    '"given"',
  ],
  [
    "a name inside a condition",
    { space: [{ name: "g", kind: "given", parent: "x", values: [1], param: x }] },
    ProtocolError,
    "problem.space[0].param",
    "no keys but kind, low, high, scale, step",
    '"name"',
  ],
  ["too many parameters", { space: new Array(4097).fill(x) }, LimitError, "problem.space", "a list of at most 4096", "4097"],
  ["an empty range", { space: [{ ...x, low: 2 }] }, SpaceError, 'real "x"', "low <= high", "low 2, high 1"],
  ["an infinite bound", { space: [{ ...x, high: Infinity }] }, SpaceError, 'real "x"', "bounds that are finite numbers", "Infinity"],
  ["a repeated name", { space: [x, x] }, SpaceError, 'parameter "x"', "each name once", "it twice"],
  ["no objective", { space: [x], objectives: [] }, ProtocolError, "problem.objectives", "a list of at least 1", "a list of 0"],
  [
    "a goal misspelled",
    { space: [x], objectives: [{ name: "a", goal: "minimise" }] },
    ProtocolError,
    "problem.objectives[0].goal",
    '"minimize" or "maximize"',
    '"minimise"',
  ],
  [
    "two objectives of one name",
    {
      space: [x],
      objectives: [
        { name: "a", goal: "minimize" },
        { name: "a", goal: "maximize" },
      ],
    },
    ProtocolError,
    "problem.objectives[1].name",
    "each name once",
    '"a"',
  ],
  [
    "two constraints of one name",
    { space: [x], constraints: ["a", "b", "a"] },
    ProtocolError,
    "problem.constraints[2]",
    "each name once",
    '"a"',
  ],
  [
    "a fidelity from zero",
    { space: [x], fidelity: { ...fidelity, min: 0 } },
    ProtocolError,
    "problem.fidelity.min",
    "a number above 0",
    "0",
  ],
  [
    "a fidelity upside down",
    { space: [x], fidelity: { ...fidelity, min: 10 } },
    ProtocolError,
    "problem.fidelity.max",
    "at least min, which is 10",
    "9",
  ],
  [
    "a whole fidelity with a fraction",
    { space: [x], fidelity: { ...fidelity, max: 9.5 } },
    ProtocolError,
    "problem.fidelity.max",
    "a whole number below 2^53, since the fidelity is whole",
    "9.5",
  ],
  [
    "an endless fidelity",
    { space: [x], fidelity: { ...fidelity, max: Infinity } },
    ProtocolError,
    "problem.fidelity.max",
    "a finite number",
    "Infinity",
  ],
  [
    "a fidelity without a unit",
    { space: [x], fidelity: { min: 1, max: 9, whole: true } },
    ProtocolError,
    "problem.fidelity",
    'the key "unit"',
    "none",
  ],
])("refused: %s", (_, wire, kind, what, expected, got) => {
  const decode = () => decodeProblem(wire);
  expect(decode).toThrow(kind);
  expect(decode).toThrow(`${what}: expected ${expected}, got ${got}. `);
});

test("a problem that could not be read back is not written", () => {
  expect(() => encodeProblem({ ...problem, fidelity: { unit: "epochs", min: 3, max: 1, whole: true } })).toThrow(ProtocolError);
  expect(() => encodeProblem({ ...problem, note: 1 } as Problem)).toThrow(
    "problem: expected no keys but space, where, beliefs, objectives",
  );
});
