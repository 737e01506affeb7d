import { describe, expect, it, test } from "vitest";
import { cocoRuns } from "../../../testing/cocoRuns.ts";
import { type CocoTimes, cocoTimes } from "../../../testing/cocoTimes.ts";
import { hostileNames } from "../../../testing/hostileNames.ts";
import golden from "./cocoFiles.golden.json" with { type: "json" };
import { type CocoRun, cocoFiles } from "./cocoFiles.ts";

const run: CocoRun = {
  function: 1,
  dimension: 2,
  instance: 101,
  optimum: 149.15,
  evaluations: [
    { x: [-3.1118, 5], value: NaN },
    { x: [1, 0.5], value: 9420.063822 },
    { x: [1e-7, -1e-7], value: 9500 },
    { x: [0, 0], value: 149.15 - 1e-13 },
    { x: [0, 1], value: 200 },
  ],
};

function textOf(path: string, runs: readonly CocoRun[], algorithm = "caviar"): string {
  return cocoFiles(algorithm, runs).find((file) => file.path === path)!.text;
}

describe("the data folder of COCO", () => {
  const title =
    "% f evaluations | g evaluations | best noise-free fitness - Fopt (1.491500000000e+02) + sum g_i+ | measured fitness | best measured fitness or single-digit g-values | x1 | x2...";

  it("has a block per dimension in the file of a function, with the runs in their order", () => {
    const wide = { ...run, dimension: 10, instance: 3 };
    expect(textOf("bbobexp_f1.info", [wide, run, { ...run, instance: 1 }])).toBe(
      [
        "suite = 'bbob', funcId = 1, DIM = 2, Precision = 1.000e-08, algId = 'caviar', coco_version = '2.8.2', logger = 'bbob', data_format = 'bbob-new2'",
        "% written by Caviar",
        "data_f1/bbobexp_f1_DIM2.dat, 101:5|0.0e+00, 1:5|0.0e+00",
        "suite = 'bbob', funcId = 1, DIM = 10, Precision = 1.000e-08, algId = 'caviar', coco_version = '2.8.2', logger = 'bbob', data_format = 'bbob-new2'",
        "% written by Caviar",
        "data_f1/bbobexp_f1_DIM10.dat, 3:5|0.0e+00",
      ].join("\n"),
    );
  });

  it("writes the first evaluation, each one that is better than all before, and the last one", () => {
    expect(textOf("data_f1/bbobexp_f1_DIM2.dat", [run]).split("\n")).toEqual([
      title,
      "1 0 +1.000000000e+300 +1.000000000e+300 +1.000000000e+300 -3.1118e+00 +5.0000e+00",
      "2 0 +9.270913822e+03 +9.420063822e+03 +9.420063822e+03 +1.0000e+00 +5.0000e-01",
      "4 0 +0.000000000e+00 +1.491500000e+02 +1.491500000e+02 +0.0000e+00 +0.0000e+00",
      "5 0 +0.000000000e+00 +2.000000000e+02 +1.491500000e+02 +0.0000e+00 +1.0000e+00",
      "",
    ]);
  });

  it("writes no points of seven dimensions", () => {
    const lost = { ...run, dimension: 7, evaluations: [{ x: Array(7).fill(0), value: NaN }] };
    expect(textOf("data_f1/bbobexp_f1_DIM7.tdat", [lost]).split("\n")[1]).toBe("1 0 +1.000000000e+300 +1.000000000e+300 +1.000000000e+300");
    expect(textOf("bbobexp_f1.info", [lost])).toMatch(/, 101:1\|1\.0e\+300$/);
  });

  it("writes about twenty evaluations per factor of ten into the other file, the last one included", () => {
    const evaluations = Array.from({ length: 1234 }, () => ({ x: [0, 0], value: 200 }));
    const counts = textOf("data_f1/bbobexp_f1_DIM2.tdat", [{ ...run, evaluations }])
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => Number(line.split(" ")[0]));
    expect(counts.filter((count) => count > 100 && count <= 1000)).toHaveLength(20);
    expect(counts.slice(0, 5)).toEqual([1, 2, 3, 4, 5]);
    expect(counts.at(-1)).toBe(1234);
  });

  it.each(hostileNames)("keeps the head of a function in shape for the name %j", (name) => {
    const [head, comment, data] = textOf("bbobexp_f1.info", [run], name).split("\n");
    expect(head).toMatch(/^suite = 'bbob', funcId = 1, .* algId = '[A-Za-z0-9 ._+()-]*', coco_version = '2\.8\.2', .* = 'bbob-new2'$/);
    expect([comment, data]).toEqual(["% written by Caviar", "data_f1/bbobexp_f1_DIM2.dat, 101:5|0.0e+00"]);
  });
});

test("cocopp 2.9.1 has found the expected running times of the report", () => {
  type Times = Pick<CocoTimes, "function" | "dimension"> & { readonly expected: readonly (number | string)[] };
  const rounded = (all: readonly Times[]): readonly unknown[] =>
    all.map(({ function: number, dimension, expected }) => ({
      number,
      dimension,
      expected: expected.map((time) => (typeof time === "string" ? time : Number(time.toPrecision(12)))),
    }));
  expect(golden).toHaveLength(9);
  expect(rounded(cocoTimes(cocoRuns("golden")))).toEqual(rounded(golden));
});
