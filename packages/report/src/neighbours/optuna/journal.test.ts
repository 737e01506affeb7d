import { choice, createSpace, given, int, type Problem, real, trialId } from "@caviar-hpo/core";
import { expect, test } from "vitest";
import type { ExportedStudy, ExportedTrial } from "../exportedStudy.ts";
import { optunaJournal } from "./journal.ts";
import { writePythonJson } from "./pythonJson.ts";

const problem: Problem = {
  space: createSpace({
    optimizer: choice(["sgd", "adam"]),
    momentum: given("optimizer", ["sgd"], real(0, 0.999, { scale: "oneMinusLog" })),
    learningRate: real(1e-4, 1, { scale: "log" }),
    dropout: real(0, 0.55, { step: 0.1 }),
    units: int(16, 100, { step: 16 }),
    size: choice(["s", "m", "l"], { ordered: true }),
  }),
  objectives: [{ name: "accuracy", goal: "maximize" }],
  constraints: [],
  fidelity: { unit: "epochs", min: 1, max: 9, whole: true },
  resumable: true,
};
const config = { optimizer: "sgd", momentum: 0.9, learningRate: 0.01, dropout: 0.3, units: 32, size: "m" } as const;
const { momentum: _, ...withoutMomentum } = config;
const adam = { ...withoutMomentum, optimizer: "adam" };
const at = (fidelity: number, value: number, more: object = {}) => ({
  fidelity,
  values: [value],
  constraints: [],
  costSeconds: 0,
  atMilestone: true,
  ...more,
});
const trial = (id: number, more: Partial<ExportedTrial>): ExportedTrial => ({
  id: trialId(id),
  config,
  parent: null,
  status: "finished",
  curve: [],
  ...more,
});
const recordsOf = (study: Partial<ExportedStudy>) =>
  optunaJournal({ name: "digits", problem, trials: [], ...study })
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
/** The records of the trials. */
const trialsOf = (study: Partial<ExportedStudy>) => recordsOf(study).filter((record) => record.op_code === 4);

test("a study is the text that Optuna 5 and its dashboard were seen to open", () => {
  const startedAtMs = Date.UTC(2026, 10, 29, 10, 0, 0);
  const small: Problem = { ...problem, space: createSpace({ x: real(0, 1) }), constraints: ["memory", "latency"] };
  const done = trial(0, {
    config: { x: 0.5 },
    curve: [at(3, 0.7, { constraints: [-1, 0.2] })],
    startedAtMs,
    endedAtMs: startedAtMs + 9000.5,
  });
  const [create, metrics, , constraints, complete] = optunaJournal({ name: "demo", problem: small, trials: [done] }).split("\n");
  expect([create, metrics, constraints, complete]).toEqual([
    '{"op_code":0,"worker_id":"caviar","study_name":"demo","directions":[2]}',
    '{"op_code":3,"worker_id":"caviar","study_id":0,"system_attr":{"study:metric_names":["accuracy"]}}',
    '{"op_code":2,"worker_id":"caviar","study_id":0,"user_attr":{"caviar:constraints":["memory","latency"]}}',
    '{"op_code":4,"worker_id":"caviar","study_id":0,"datetime_start":"2026-11-29T10:00:00.000000+00:00","state":1,"value":0.7,"values":null,' +
      '"datetime_complete":"2026-11-29T10:00:09.000000+00:00",' +
      '"distributions":{"x":"{\\"name\\":\\"FloatDistribution\\",\\"attributes\\":{\\"step\\":null,\\"low\\":0,\\"high\\":1,\\"log\\":false}}"},' +
      '"params":{"x":0.5},"user_attrs":{},"system_attrs":{"constraints":[-1,0.2]},"intermediate_values":{"3":0.7}}',
  ]);
});

test("the study has its goals, the names of its objectives, and its problem", () => {
  const [create, metrics, attribute] = recordsOf({});
  expect(create).toEqual({ op_code: 0, worker_id: "caviar", study_name: "digits", directions: [2] });
  expect(metrics.system_attr).toEqual({ "study:metric_names": ["accuracy"] });
  expect(Object.keys(attribute.user_attr)).toEqual(["caviar:problem"]);
});

test("scales that Optuna lacks are linear ranges, with the scale in an attribute of each trial that has the parameter", () => {
  const [first, second] = trialsOf({ trials: [trial(0, {}), trial(1, { config: adam })] });
  expect(JSON.parse(first.distributions.momentum)).toEqual({
    name: "FloatDistribution",
    attributes: { step: null, low: 0, high: 0.999, log: false },
  });
  expect([first.params.momentum, first.user_attrs["caviar:scales"]]).toEqual([0.9, { momentum: "oneMinusLog" }]);
  expect(second.user_attrs).not.toHaveProperty("caviar:scales");
});

test("the upper bound is the last step, because Optuna would replace another one", () => {
  const { dropout, units } = trialsOf({ trials: [trial(0, {})] })[0].distributions;
  expect(JSON.parse(dropout).attributes).toEqual({ step: 0.1, low: 0, high: 0.5, log: false });
  expect(JSON.parse(units).attributes).toEqual({ log: false, step: 16, low: 16, high: 96 });
});

test("a step whose last value is no decimal that a double prints becomes a range without steps", () => {
  const stepped = { ...problem, space: createSpace({ x: real(0, 1, { step: 1 / 11 }) }) };
  const [record] = trialsOf({ problem: stepped, trials: [trial(0, { config: { x: 1 } })] });
  expect(JSON.parse(record.distributions.x).attributes).toEqual({ step: null, low: 0, high: 1, log: false });
});

test("options that Python cannot tell apart are written as texts, and others as they are", () => {
  const choicesOf = (options: readonly (string | number | boolean)[]) => {
    const space = createSpace({ x: choice(options) });
    const [record] = trialsOf({ problem: { ...problem, space }, trials: [trial(0, { config: { x: options[1]! } })] });
    return [JSON.parse(record.distributions.x).attributes.choices, record.params.x];
  };
  expect(choicesOf([true, 1])).toEqual([["true", "1"], 1]);
  expect(choicesOf([2, false, "0"])).toEqual([[2, false, "0"], 1]);
  expect(choicesOf([false, 0, "x"])).toEqual([["false", "0", "x"], 1]);
});

test("trials that were stopped, paused or trained less far than others are pruned, and so the best complete trial is Caviar's", () => {
  const trials = [
    trial(0, { status: "finished", curve: [at(1, 0.99)] }),
    trial(1, { status: "finished", curve: [at(1, 0.5), at(9, 0.7)] }),
    trial(2, { status: "discarded", curve: [at(9, 0.8)] }),
    trial(3, { status: "stopped", curve: [at(9, 0.9)] }),
    trial(4, { status: "paused", curve: [] }),
    trial(5, { status: "failed", curve: [at(9, 1)], failure: { reason: "threw", error: "no memory" } }),
    trial(6, { status: "running", curve: [at(1, 0.3)] }),
  ];
  const records = trialsOf({ trials });
  expect(records.map(({ state, value }) => [state, value])).toEqual([
    [2, 0.99],
    [1, 0.7],
    [1, 0.8],
    [2, 0.9],
    [2, null],
    [3, null],
    [0, null],
  ]);
  expect(records.map(({ user_attrs }) => user_attrs["caviar:status"] ?? null)).toEqual([
    "finished",
    null,
    "discarded",
    null,
    "paused",
    null,
    null,
  ]);
  expect(records[5].user_attrs).toMatchObject({ "caviar:reason": "threw", "caviar:error": "no memory" });
  expect(records.map((record) => "datetime_complete" in record)).toEqual([true, true, true, true, true, true, false]);
});

test("fractions are counted by steps that all trials share, and the study says which fidelity each step is", () => {
  const fraction = { ...problem, fidelity: { unit: "data", min: 0.01, max: 1, whole: false } };
  const trials = [trial(0, { curve: [at(0.25, 1), at(1, 2)] }), trial(1, { curve: [at(0.5, 3)] })];
  const records = recordsOf({ problem: fraction, trials });
  expect(records.find(({ user_attr }) => user_attr?.["caviar:steps"])?.user_attr).toEqual({ "caviar:steps": [0.25, 0.5, 1] });
  expect(records.slice(-2).map(({ intermediate_values }) => intermediate_values)).toEqual([{ 1: 1, 3: 2 }, { 2: 3 }]);
});

test("constraints are a list, because the dashboard reads nothing else, with their names in the study's attribute", () => {
  const constrained = { ...problem, constraints: ["memory", "latency"] };
  const records = recordsOf({ problem: constrained, trials: [trial(0, { curve: [at(9, 1, { constraints: [-1, 0.2] })] })] });
  expect(records.find(({ user_attr }) => user_attr?.["caviar:constraints"])?.user_attr).toEqual({
    "caviar:constraints": ["memory", "latency"],
  });
  expect(records.at(-1).system_attrs).toEqual({ constraints: [-1, 0.2] });
});

test("what Optuna has no field for is in caviar:curve, and only then", () => {
  const [plain, noisy, costly] = trialsOf({
    trials: [
      trial(0, { curve: [at(9, 1)] }),
      trial(1, { curve: [at(9, 1, { costSeconds: 2, variance: [0.1] })] }),
      trial(2, { curve: [at(1, 2, { costSeconds: 2 }), at(9, 1)] }),
    ],
  });
  expect(plain.user_attrs).not.toHaveProperty("caviar:curve");
  expect(noisy.user_attrs["caviar:curve"]).toEqual([{ fidelity: 9, values: [1], constraints: [], costSeconds: 2, variance: [0.1] }]);
  expect(costly.user_attrs).toEqual({ "caviar:costSeconds": [2, 0], "caviar:scales": { momentum: "oneMinusLog" } });
});

test("annotations are user attributes under their own names, with numbers that JSON lacks as Python writes them", () => {
  const text = optunaJournal({
    name: "digits",
    problem,
    trials: [trial(0, { status: "paused", annotations: { note: "ä", loss: NaN, "caviar:status": "mine" } })],
  });
  expect(text).toContain('"user_attrs":{"note":"\\u00e4","loss":NaN,"caviar:status":"paused"');
});

test("times that no calendar has are moved into the years from 1970 to 9998", () => {
  const times = [-1, NaN, Infinity, 1e300].map((startedAtMs, id) => trial(id, { startedAtMs }));
  expect(trialsOf({ trials: times }).map((record) => record.datetime_start)).toEqual([
    "1970-01-01T00:00:00.000000+00:00",
    "1970-01-01T00:00:00.000000+00:00",
    "9998-12-31T23:59:59.999000+00:00",
    "9998-12-31T23:59:59.999000+00:00",
  ]);
});

test.each([
  [2 ** 53 - 1, "9007199254740991"],
  [2 ** 53, "9007199254740992.0"],
  [-(2 ** 63), "-9223372036854776000.0"],
  [1e20, "100000000000000000000.0"],
  [1e21, "1e+21"],
  [-0, "-0.0"],
])("%d is written so that Python reads the same number, of a kind that NumPy compares", (value, text) => {
  expect(writePythonJson(value)).toBe(text);
});
