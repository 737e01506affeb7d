import { CaviarError, choice, createSpace, given, int, real } from "@caviar-hpo/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectSameTrials } from "../../../testing/optunaTrials.ts";
import golden from "./readJournal.golden.json" with { type: "json" };
import { type ImportedStudy, readOptunaJournal } from "./readJournal.ts";

const journalOf = (name: string): string => golden.find((study) => study.name === name)!.journal;
const float = (low: number, high: number, log = false, step: number | null = null): string =>
  JSON.stringify({ name: "FloatDistribution", attributes: { step, low, high, log } });
const categorical = (...choices: readonly unknown[]): string =>
  JSON.stringify({ name: "CategoricalDistribution", attributes: { choices } });

type Parameter = readonly [internal: number, distribution: string];
type Written = { readonly [name: string]: Parameter };

function trialLine(params: Written, more: object = {}): string {
  return JSON.stringify({
    op_code: 4,
    worker_id: "w",
    study_id: 0,
    datetime_start: null,
    state: 1,
    value: 0.5,
    values: null,
    distributions: Object.fromEntries(Object.entries(params).map(([name, [, distribution]]) => [name, distribution])),
    params: Object.fromEntries(Object.entries(params).map(([name, [internal]]) => [name, internal])),
    user_attrs: {},
    system_attrs: {},
    intermediate_values: {},
    ...more,
  });
}

const created = (name: string): string => JSON.stringify({ op_code: 0, worker_id: "w", study_name: name, directions: [1] });
const lines = (...list: readonly string[]): string => list.map((line) => `${line}\n`).join("");
const readTrials = (...trials: readonly Written[]): ImportedStudy =>
  readOptunaJournal(lines(created("s"), ...trials.map((one) => trialLine(one))));

test.each(golden)("study $name is read as Optuna reads it", (study) => expectSameTrials(study));

describe("the problem", () => {
  test("a choice decides which trials have a parameter, and None is a text", () => {
    const { problem, leftOut } = readOptunaJournal(journalOf("conditional"));
    expect(problem.space.params).toEqual([
      ["kind", choice(["svm", "forest", "None"])],
      ["depth", given("kind", ["forest"], int(1, 64, { scale: "log" }))],
      ["c", given("kind", ["svm"], real(1e-5, 1e2, { scale: "log" }))],
    ]);
    expect(problem.objectives).toEqual([{ name: "accuracy", goal: "maximize" }]);
    expect(problem.fidelity).toEqual({ unit: "step", min: 1, max: 10, whole: true });
    expect(leftOut.at(-1)!.reason).toBe("it has not begun");
  });

  test("the number of layers decides which layers have a width, also for numbers that no trial had", () => {
    const { problem } = readOptunaJournal(journalOf("layers"));
    const width = int(8, 256, { step: 8 });
    expect(problem.space.params).toEqual([
      ["layers", int(1, 4)],
      ["width0", width],
      ["width1", given("layers", [2, 3, 4], width)],
      ["width2", given("layers", [3, 4], width)],
      ["width3", given("layers", [4], width)],
    ]);
    expect(problem.objectives.map(({ goal }) => goal)).toEqual(["minimize", "maximize"]);
    expect(problem.constraints).toEqual(["0", "1"]);
  });

  test("a range covers the ranges of all trials, and values outside of them", () => {
    const { problem } = readOptunaJournal(journalOf("wider"));
    expect(problem.space.params).toEqual([
      ["x", real(-2, 7.5)],
      ["n", int(2, 12, { step: 2 })],
    ]);
  });

  test("steps are kept, a shape is the text of its list, and constraints have the names of Optuna 5", () => {
    const { problem } = readOptunaJournal(journalOf("values"));
    expect(problem.space.params).toEqual([
      ["x", real(0.1, 0.9, { step: 0.1 })],
      ["shape", choice(["[64,64]", "[128]", "none"])],
      ["flag", choice([true, false])],
    ]);
    expect(problem.constraints).toEqual(["memory"]);
  });

  test("steps that do not meet become a range without steps", () => {
    const { problem } = readTrials({ x: [0.5, float(0, 1, false, 0.5)] }, { x: [0.3, float(0.1, 0.9, false, 0.2)] });
    expect(problem.space.params).toEqual([["x", real(0, 1)]]);
  });

  test("the distributions of earlier versions of Optuna are read", () => {
    const old = (name: string, attributes: object): string => JSON.stringify({ name, attributes });
    const { problem } = readTrials({
      a: [0.5, old("UniformDistribution", { low: 0, high: 1 })],
      b: [0.5, old("LogUniformDistribution", { low: 0.1, high: 1 })],
      c: [0.5, old("DiscreteUniformDistribution", { low: 0, high: 1, q: 0.25 })],
      d: [5, old("IntUniformDistribution", { low: 1, high: 9, step: 2 })],
      e: [5, old("IntLogUniformDistribution", { low: 1, high: 9, step: 1 })],
    });
    expect(problem.space.params).toEqual([
      ["a", real(0, 1)],
      ["b", real(0.1, 1, { scale: "log" })],
      ["c", real(0, 1, { step: 0.25 })],
      ["d", int(1, 9, { step: 2 })],
      ["e", int(1, 9, { scale: "log" })],
    ]);
  });

  test("a problem that is given decides, and trials that do not fit it are left out with the reason", () => {
    const problem = {
      space: createSpace({ x: real(0, 1) }),
      objectives: [{ name: "loss", goal: "minimize" as const }],
      constraints: [],
      fidelity: null,
      resumable: false,
    };
    const text = lines(created("s"), trialLine({ x: [0.5, float(0, 9)] }), trialLine({ x: [8, float(0, 9)] }));
    const read = readOptunaJournal(text, { problem });
    expect(read.trials.map(({ number, config }) => [number, config])).toEqual([[0, { x: 0.5 }]]);
    expect(read.leftOut).toEqual([{ what: "trial 1", reason: expect.stringContaining("expected a number in [0, 1], got 8") }]);
  });
});

describe("journals as Optuna replays them", () => {
  test("ids count accepted records: a second study of a name, and a trial of a deleted study, take none", () => {
    const text = lines(
      created("a"),
      created("a"),
      created("b"),
      '{"op_code":1,"worker_id":"w","study_id":0}',
      trialLine({ x: [0.1, float(0, 1)] }),
      trialLine({ x: [0.2, float(0, 1)] }, { study_id: 1, state: 0, value: null }),
      '{"op_code":6,"worker_id":"w","trial_id":0,"state":1,"values":[3]}',
      '{"op_code":6,"worker_id":"w","trial_id":0,"state":1,"values":[4]}',
      '{"op_code":10,"worker_id":"w","trial_ids":[7]}',
    );
    const { name, trials } = readOptunaJournal(text);
    expect([name, trials.map(({ config, curve }) => [config, curve])]).toEqual(["b", [[{ x: 0.2 }, [{ fidelity: 1, values: [3] }]]]]);
  });

  test("a parameter whose distribution is of another kind than that of the first trial is ignored", () => {
    const set = (trial: number, internal: number, distribution: string): string =>
      JSON.stringify({ op_code: 5, worker_id: "w", trial_id: trial, param_name: "x", param_value_internal: internal, distribution });
    const run = trialLine({}, { state: 0, value: null });
    const end = (trial: number): string => `{"op_code":6,"worker_id":"w","trial_id":${trial},"state":1,"values":[1]}`;
    const text = lines(
      created("s"),
      run,
      run,
      set(0, 0.5, float(0, 1)),
      set(1, 0.7, float(0, 2)),
      set(1, 0, categorical("a")),
      end(0),
      end(1),
    );
    expect(readOptunaJournal(text).trials.map(({ config }) => config)).toEqual([{ x: 0.5 }, { x: 0.7 }]);
  });

  test("a last record that was not written to its end is left out", () => {
    const whole = lines(created("s"), trialLine({ x: [0.5, float(0, 1)] }));
    for (const torn of ['{"op_code":4,"wor', trialLine({ x: [0.7, float(0, 1)] }), '{"op_code":4,"wor\n']) {
      const read = readOptunaJournal(whole + torn);
      expect([read.trials.length, read.leftOut]).toEqual([1, [{ what: "line 3", reason: "it was not written to its end" }]]);
    }
  });

  test("of several studies, one must be named", () => {
    const text = lines(created("a"), created("b"));
    expect(() => readOptunaJournal(text)).toThrow('the journal: expected one study, got "a", "b". Name the study.');
    expect(() => readOptunaJournal(text, { study: "c" })).toThrow('expected the study "c", got "a", "b"');
    expect(readOptunaJournal(text, { study: "b" }).name).toBe("b");
    expect(() => readOptunaJournal("")).toThrow("got no study. Run the study first, or name another journal.");
  });
});

describe("a file that is no journal is refused, with what it is and what to do", () => {
  test.each([
    ["a log of JSON lines", '{"kind":"ask"}\n{"kind":"tell"}\n', 'a file that begins with "{\\"kind\\":\\"ask\\"}"'],
    ["one object of JSON", '{\n  "trials": []\n}\n', 'a file that begins with "{"'],
    ["a table", "number,value\n0,0.5\n", 'a file that begins with "number,value"'],
    ["a text without a line end", "hello", 'a file that begins with "hello"'],
    ["empty lines", "\n\n", 'a file that begins with ""'],
    ["another storage of Optuna", "SQLite format 3\0\u0010\0\u0001\n\0", "a database of SQLite"],
  ])("%s", (_, text, got) => {
    expect(() => readOptunaJournal(text)).toThrow(
      `the journal: expected a journal of Optuna, whose lines are such as {"op_code":0,"worker_id":"...","study_name":"..."}, got ${got}. ` +
        "Name the file of a JournalFileBackend. To make one from another storage of Optuna, call optuna.copy_study with " +
        "to_storage=JournalStorage(JournalFileBackend(PATH)).",
    );
  });
});

describe("what cannot be read is refused by its line or its parameter", () => {
  const ok = created("s");
  const refusals: readonly (readonly [what: string, line: string, message: string])[] = [
    ["no JSON", "{", "line 2 of the journal: expected a key in double quotes"],
    ["no object", "[]", "line 2 of the journal: expected an object"],
    [
      "no operation",
      '{"worker_id":"w"}',
      'line 2 of the journal: expected a record of Optuna, which has an op_code, got {"worker_id":"w"}.',
    ],
    ["an unknown operation", '{"op_code":11,"worker_id":"w"}', "line 2 of the journal: expected an operation code from 0 to 10, got 11"],
    [
      "a direction that is not set",
      '{"op_code":0,"study_name":"t","directions":[0]}',
      "line 2 of the journal.directions[0]: expected 1 or 2",
    ],
    [
      "a choice that does not exist",
      trialLine({ x: [2, categorical("a", "b")] }),
      "line 2 of the journal: expected the index of one of 2 choices",
    ],
    [
      "a fraction where a whole number is expected",
      trialLine({ x: [1.5, '{"name":"IntDistribution","attributes":{"low":0,"high":9,"step":1,"log":false}}'] }),
      "line 2 of the journal: expected a whole number",
    ],
    ["a distribution that is no JSON", trialLine({ x: [1, "{"] }), "line 2 of the journal: expected a distribution as JSON text"],
    ["an unknown distribution", trialLine({ x: [1, '{"name":"Normal","attributes":{}}'] }), "line 2 of the journal.name: expected"],
    ["bounds that are swapped", trialLine({ x: [1, float(2, 1)] }), "line 2 of the journal: expected low <= high"],
    [
      "a parameter without a distribution",
      trialLine({}, { params: { x: 1 } }),
      "line 2 of the journal: expected a distribution of each parameter",
    ],
    [
      "a step that is no number",
      trialLine({}, { intermediate_values: { first: 1 } }),
      "line 2 of the journal: expected steps that are whole numbers",
    ],
    ["a key that JavaScript reserves", '{"op_code":8,"trial_id":0,"user_attr":{"__proto__":1}}', "line 2 of the journal: expected keys"],
  ];
  test.each(refusals)("%s", (_, line, message) => {
    expect(() => readOptunaJournal(lines(ok, line, ok))).toThrow(message);
  });

  test("a parameter on a linear and on a log scale", () => {
    const message =
      "parameter x: expected one kind of distribution on one scale, got a float distribution and a float distribution on a log scale";
    expect(() => readTrials({ x: [0.5, float(0, 1)] }, { x: [0.5, float(0.1, 1, true)] })).toThrow(message);
  });

  test("choices that are one text: true and its text, None and its text", () => {
    expect(() => readTrials({ x: [0, categorical(true, "true")] })).toThrow(
      'parameter x: expected choices that differ as texts, got true and "true"',
    );
    expect(() => readTrials({ x: [0, categorical(null, "None")] })).toThrow("expected choices that differ as texts");
  });

  test("a parameter that some trials lack for no reason that the trials show", () => {
    const x: Parameter = [0.5, float(0, 1)];
    expect(() => readTrials({ x }, { x, y: x }, { x })).toThrow("parameter y: expected it in every finished trial");
  });

  test("any text is read, or refused by an error of Caviar", () => {
    const parts = fc.constantFrom(
      ...golden.flatMap(({ journal }) => journal.split("\n").slice(0, 12)),
      '"',
      "\\",
      "NaN",
      "{",
      "}",
      "1e999",
      "$num",
      "\n",
    );
    const cut = fc.tuple(parts, fc.nat({ max: 300 }), fc.nat({ max: 300 })).map(([text, from, to]) => text.slice(0, from) + text.slice(to));
    fc.assert(
      fc.property(fc.array(fc.oneof(parts, cut, fc.string({ unit: "binary" })), { maxLength: 12 }), fc.boolean(), (list, joined) => {
        try {
          readOptunaJournal(list.join(joined ? "\n" : ""));
        } catch (error) {
          if (!(error instanceof CaviarError)) throw error;
        }
      }),
      { numRuns: 2000 },
    );
  });
});
