import { ConfigError, choice, int, real, root } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { configOfRow, countRows, meansOf, rowOf, type Table, type TableAxes } from "./table.ts";
import { decodeTable, encodeTable } from "./tableBytes.ts";
import { tableFunction } from "./tableFunction.ts";
import { tableOfPickle } from "./tableOfPickle.ts";
import { type PickledTableFacts, tableFacts, tableNames } from "./tables.ts";

const axes: TableAxes = [
  ["kind", choice(["a", "b"])],
  ["rate", choice([0.1, 1, 10], { ordered: true })],
  ["drop", real(0, 0.6, { step: 0.3 })],
  ["depth", int(1, 3)],
];

/** 54 configurations, trained twice, of which the first training of each seventh row is missing. */
const facts: PickledTableFacts = {
  ...tableFacts("protein"),
  name: "small",
  axes,
  seeds: 2,
  metric: "val_acc",
  measure: "1 - accuracy",
};
const accuracy = (row: number, seed: number): number => ((row * 37) % 54) / 64 + seed / 128;

/** The same table as Python would write it. */
function pickled(
  change: (digits: string, accuracies: number[]) => readonly [string, readonly number[]] | null = (...row) => row,
): Uint8Array {
  const out: number[] = [0x80, 4, 0x7d, 0x28];
  const text = (value: string): void => void out.push(0x8c, value.length, ...Array.from(value, (letter) => letter.charCodeAt(0)));
  const list = (values: readonly number[]): void => {
    out.push(0x5d, 0x28);
    for (const value of values) {
      const view = new DataView(new ArrayBuffer(8));
      view.setFloat64(0, value);
      out.push(0x47, ...new Uint8Array(view.buffer));
    }
    out.push(0x65);
  };
  for (let row = 0; row < 54; row++) {
    const digits = [Math.floor(row / 27), Math.floor(row / 9) % 3, Math.floor(row / 3) % 3, row % 3].join("");
    const seeds = row % 7 === 0 ? [1] : [0, 1];
    const changed = change(
      digits,
      seeds.map((seed) => accuracy(row, seed)),
    );
    if (changed === null) continue;
    text(changed[0]);
    out.push(0x7d, 0x28);
    text("val_acc");
    list(changed[1]);
    text("train_time");
    list([row + 1, row + 3]);
    out.push(0x75);
  }
  return Uint8Array.from([...out, 0x75, 0x2e]);
}

describe("the rows of a table", () => {
  it("are all configurations, once each, the last parameter changing fastest", () => {
    expect(countRows(axes)).toBe(54);
    for (let row = 0; row < 54; row++) expect(rowOf(axes, configOfRow(axes, row))).toBe(row);
    expect(configOfRow(axes, 1)).toEqual({ kind: "a", rate: 0.1, drop: 0, depth: 2 });
    expect(configOfRow(axes, 53)).toEqual({ kind: "b", rate: 10, drop: 0.6, depth: 3 });
  });
});

describe("the table of a pickle", () => {
  const table = tableOfPickle(facts, pickled());

  it("has the values to minimise and the mean times, by row", () => {
    expect(table.seeds).toBe(2);
    for (let row = 0; row < 54; row++) {
      const seeds = row % 7 === 0 ? [1] : [0, 1];
      const values = Array.from(table.values.subarray(2 * row, 2 * row + 2));
      expect(values).toEqual([...seeds.map((seed) => 1 - accuracy(row, seed)), Infinity].slice(0, 2));
      expect(table.seconds[row]).toBe(row + 2);
    }
  });

  it.each<[string, Parameters<typeof pickled>[0]]>([
    ["a configuration is missing", (digits, values) => (digits === "1222" ? null : [digits, values])],
    ["a level is unknown", (digits, values) => [digits === "1222" ? "1223" : digits, values]],
    ["a name is no list of digits", (digits, values) => [digits === "1222" ? "1-22" : digits, values]],
    ["a value is not finite", (digits, values) => [digits, digits === "1222" ? [NaN] : values]],
    ["a configuration has no value", (digits, values) => [digits, digits === "1222" ? [] : values]],
    ["a configuration has too many", (digits, values) => [digits, digits === "1222" ? [1, 1, 1] : values]],
  ])("is refused if %s", (_what, change) => {
    expect(() => tableOfPickle(facts, pickled(change))).toThrow(ConfigError);
  });

  it("is refused if the pickle is no dictionary", () => {
    expect(() => tableOfPickle(facts, Uint8Array.from([0x80, 4, 0x5d, 0x2e]))).toThrow(ConfigError);
  });

  it("is the same after it was written and read", () => {
    expect(decodeTable(facts, encodeTable(facts, table))).toEqual(table);
    const bytes = encodeTable(facts, table);
    expect(() => decodeTable({ ...facts, name: "other" }, bytes)).toThrow(ConfigError);
    expect(() => decodeTable(facts, bytes.subarray(0, bytes.length - 1))).toThrow(ConfigError);
  });

  it("is read from bytes that lie anywhere in a buffer", () => {
    const bytes = encodeTable(facts, table);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeTable(facts, shifted.subarray(3))).toEqual(table);
  });
});

describe("a table as a function", () => {
  const table: Table = tableOfPickle(facts, pickled());
  const fn = tableFunction(facts, table);

  it("is the mean over the trainings of a configuration, and its optimum is the least of all rows", () => {
    const means = Array.from({ length: 54 }, (_, row) => fn.evaluate(configOfRow(axes, row)));
    expect(means[3]).toBe((1 - accuracy(3, 0) + (1 - accuracy(3, 1))) / 2);
    expect(means[7]).toBe(1 - accuracy(7, 1));
    expect(Math.min(...means)).toBe(fn.optimum.value);
    expect(fn.minimisers.length).toBeGreaterThan(0);
    for (const minimiser of fn.minimisers) expect(fn.evaluate(minimiser)).toBe(fn.optimum.value);
    expect(means.filter((mean) => mean === fn.optimum.value)).toHaveLength(fn.minimisers.length);
    expect(meansOf(table)).toEqual(Float64Array.from(means));
  });

  it("draws one training by key, configuration and replicate, each training about as often", () => {
    const config = configOfRow(axes, 3);
    const draws = Array.from({ length: 1000 }, (_, replicate) => fn.oneSeed(config, replicate, root(1)));
    expect(new Set(draws)).toEqual(new Set([1 - accuracy(3, 0), 1 - accuracy(3, 1)]));
    expect(Math.abs(draws.filter((value) => value === draws[0]).length - 500)).toBeLessThan(60);
    expect(Array.from({ length: 1000 }, (_, replicate) => fn.oneSeed(config, replicate, root(1)))).toEqual(draws);
    expect(Array.from({ length: 1000 }, (_, replicate) => fn.oneSeed(config, replicate, root(2)))).not.toEqual(draws);
    expect(fn.oneSeed(configOfRow(axes, 7), 0, root(1))).toBe(1 - accuracy(7, 1));
  });

  it("refuses a configuration that is not in the table", () => {
    expect(() => fn.evaluate({ kind: "a", rate: 0.2, drop: 0, depth: 1 })).toThrow(ConfigError);
    expect(() => fn.oneSeed({ kind: "a", rate: 0.1, drop: 0.1, depth: 1 }, 0, root(1))).toThrow(ConfigError);
  });
});

describe("the tables that Caviar knows", () => {
  it("are nine, and those that are kept for checks from outside are not among them", () => {
    expect(tableNames).toEqual(["protein", "parkinsons", "naval", "slice", "nasbench201-cifar100", "phoneme", "segment", "kc1", "vehicle"]);
    const counts = tableNames.map((name) => countRows(tableFacts(name).axes));
    expect(counts).toEqual([62208, 62208, 62208, 62208, 15625, 30000, 30000, 30000, 30000]);
  });

  it("an unknown one is refused with the nearest", () => {
    expect(() => tableFacts("protien")).toThrow(/Did you mean protein/);
  });
});
