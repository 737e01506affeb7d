import { type Config, ConfigError, choice, root } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { curveTableFunction } from "./curveTableFunction.ts";
import golden from "./curveTables.golden.json" with { type: "json" };
import { type CurveTableFacts, curveTableFacts, curveTableNames } from "./curveTables.ts";
import { curveTablesOfCsv } from "./curveTablesOfCsv.ts";
import { decodeTable, encodeTable } from "./tableBytes.ts";

const learners = ["tree", "line"];
const sizes = [16, 23, 40];
/** Two learners at three sizes, with 25 splits. */
const facts: CurveTableFacts = {
  ...curveTableFacts("fried"),
  name: "small",
  openml: 7,
  axes: [
    ["learner", choice(learners)],
    ["size", choice(sizes, { ordered: true })],
  ],
  sizes,
};

const header = "openmlid,learner,size_train,size_test,outer_seed,inner_seed,traintime,score_train,score_valid,score_test";
const accuracy = (learner: string, size: number, split: number): number => (learner === "tree" ? 0.5 : 0.25) + size / 128 + split / 256;
/** The second size takes less time than the first. */
const seconds = (size: number): number => (size === 23 ? 1 : size);

/** The same table as lcdb would write it, in the middle of others. */
function csvOf(change: (line: string) => readonly string[] = (line) => [line]): Uint8Array {
  const lines = learners.flatMap((learner) =>
    sizes.flatMap((size) =>
      Array.from({ length: 25 }, (_, split) =>
        [7, learner, size, 9, Math.floor(split / 5), split % 5, seconds(size), 1, accuracy(learner, size, split), 0.5].join(","),
      ),
    ),
  );
  const other = "77,tree,16,9,0,0,1,1,1,1";
  return new TextEncoder().encode(`${[header, other, ...lines.flatMap(change), other].join("\n")}\n`);
}

const means = (learner: string, size: number): number => 1 - accuracy(learner, size, 12);
const [table] = curveTablesOfCsv([facts], csvOf());

describe("the table in a CSV file of learning curves", () => {
  it("has the errors by learner, size and split, and the mean times", () => {
    expect(Array.from(table!.values)).toEqual(
      learners.flatMap((learner) => sizes.flatMap((size) => Array.from({ length: 25 }, (_, split) => 1 - accuracy(learner, size, split)))),
    );
    expect(Array.from(table!.seconds)).toEqual([16, 1, 40, 16, 1, 40]);
    expect(decodeTable(facts, encodeTable(facts, table!))).toEqual(table);
  });

  const last = `7,line,40,9,4,4,40,1,${accuracy("line", 40, 24)},0.5`;
  it.each<[string, (line: string) => readonly string[]]>([
    ["a training is missing", (line) => (line === last ? [] : [line])],
    ["a training is there twice", (line) => (line === last ? [line, line] : [line])],
    ["a split is unknown", (line) => [line.replace("40,9,4,4,", "40,9,5,4,")]],
    ["a learner is unknown", (line) => [line.replace("line", "lime")]],
    ["a size is unknown", (line) => [line.replace("7,line,23", "7,line,24")]],
    ["a value is missing", (line) => (line === last ? ["7,line,40,9,4,4,40,1,,0.5"] : [line])],
    ["a value is no share", (line) => (line === last ? ["7,line,40,9,4,4,40,1,1.5,0.5"] : [line])],
    ["a time is negative", (line) => (line === last ? [line.replace(",40,1,", ",-40,1,")] : [line])],
    ["a column is missing", (line) => (line === last ? ["7,line,40,9,4,4,40,1,0.5"] : [line])],
  ])("is refused if %s", (_what, change) => {
    expect(() => curveTablesOfCsv([facts], csvOf(change))).toThrow(ConfigError);
  });

  it("is refused if the columns are others", () => {
    const other = new TextEncoder().encode(new TextDecoder().decode(csvOf()).replace("score_valid", "score"));
    expect(() => curveTablesOfCsv([facts], other)).toThrow(/another header/);
  });
});

describe("a table of learning curves as a function", () => {
  const [mean, one] = (["mean", "one"] as const).map((splits) => curveTableFunction(facts, table!, splits));
  const tree: Config = { learner: "tree" };

  it("has at each fidelity the mean of the largest measured size up to it", () => {
    expect(mean!.fidelity).toEqual({ unit: "training points", min: 16, max: 40, whole: true });
    for (const [points, size] of [
      [16, 16],
      [22, 16],
      [23, 23],
      [39, 23],
      [40, 40],
    ] as const)
      expect(mean!.evaluate(tree, points)).toBeCloseTo(means("tree", size), 15);
    for (const points of [15, 41, 16.5]) expect(() => mean!.evaluate(tree, points)).toThrow(ConfigError);
    expect(() => mean!.evaluate({ learner: "lime" }, 16)).toThrow(/learner/);
  });

  it("is judged by the mean at the largest size, whose least is the optimum", () => {
    for (const fn of [mean!, one!]) {
      expect(fn.truth(tree)).toBe(mean!.evaluate(tree, 40));
      expect(fn.optimum).toEqual({ value: mean!.truth(tree), tolerance: 0 });
      expect(fn.minimisers).toEqual([tree]);
    }
  });

  it("tells the value of one split, the same for all learners and sizes of a run, and each split about as often", () => {
    const splits = Array.from({ length: 500 }, (_, run) => {
      const found = learners.flatMap((learner) =>
        sizes.map((size) => (1 - one!.evaluate({ learner }, size, root(run)) - accuracy(learner, size, 0)) * 256),
      );
      expect(new Set(found)).toHaveLength(1);
      return found[0]!;
    });
    expect(new Set(splits)).toHaveLength(25);
    const counts = Array.from({ length: 25 }, (_, split) => splits.filter((other) => other === split).length);
    // 20 are expected each. The chi-square statistic of 24 degrees of freedom is above 52 with a chance of one in a thousand.
    expect(counts.reduce((sum, count) => sum + (count - 20) ** 2 / 20, 0)).toBeLessThan(52);
  });

  it("trains from scratch, and takes no less time for more points", () => {
    expect(mean!.resumable).toBe(false);
    expect(sizes.map((size) => mean!.costSeconds(tree, size))).toEqual([16, 16, 40]);
  });
});

describe("the tables of learning curves that Caviar knows", () => {
  const found: { readonly [openml: string]: { readonly sizes: readonly number[]; readonly learners: object } } = golden;

  it("are those in which Python finds the same sizes, learners and optima", () => {
    expect(curveTableNames).toHaveLength(Object.keys(found).length);
    for (const { openml, sizes, axes, optimum } of curveTableNames.map(curveTableFacts)) {
      const { sizes: expected, learners: byName } = found[openml]!;
      expect(sizes).toEqual(expected);
      expect(axes[0]![1]).toEqual(choice(Object.keys(byName)));
      const ends = Object.values(byName as { readonly [name: string]: { readonly error: readonly number[] } }).map(
        ({ error }) => error.at(-1)!,
      );
      expect(Math.min(...ends)).toBe(optimum);
    }
  });

  it("suggest the nearest name for an unknown one", () => {
    expect(() => curveTableFacts("houzes")).toThrow(/Did you mean houses/);
  });
});
