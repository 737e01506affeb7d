/** The tables of learning curves against what Python's csv reads in the installed package, and against the committed numbers. */
// python: lcdb
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { curveTableFunction } from "./curveTableFunction.ts";
import golden from "./curveTables.golden.json" with { type: "json" };
import { curveTableFacts, curveTableNames } from "./curveTables.ts";
import { curveTablesOfCsv } from "./curveTablesOfCsv.ts";
import { encodeTable } from "./tableBytes.ts";

const script = fileURLToPath(new URL("../../golden/curveTables.py", import.meta.url));
const all = curveTableNames.map(curveTableFacts);
const ids = all.map(({ openml }) => String(openml));
const python = spawnSync(process.env.CAVIAR_PYTHON || "python3", [script, ...ids], { encoding: "utf8", maxBuffer: 1e9 });
const { path, found } = JSON.parse(python.stdout || "{}") as { readonly path: string; readonly found: typeof golden };
const tables = curveTablesOfCsv(all, readFileSync(path));

test("Python finds the committed numbers", () => {
  expect(python.stderr).toBe("");
  expect(found).toEqual(golden);
});

test.each(all)("lcdb-$name has the means and times that Python finds, and the known bytes", (facts) => {
  const table = tables[all.indexOf(facts)]!;
  const fn = curveTableFunction(facts, table, "mean");
  const { sizes, learners } = found[String(facts.openml) as keyof typeof found];
  expect(facts.sizes).toEqual(sizes);
  const places = [sizes[0]!, sizes[Math.floor(sizes.length / 2)]!, sizes.at(-1)!];
  for (const [learner, { error, seconds }] of Object.entries(learners)) {
    expect(places.map((size) => fn.evaluate({ learner }, size))).toEqual(error);
    places.forEach((size, place) => {
      expect(fn.costSeconds({ learner }, size)).toBeGreaterThanOrEqual(seconds[place]!);
    });
    expect(fn.costSeconds({ learner }, sizes[0]!)).toBe(seconds[0]);
  }
  expect(fn.optimum.value).toBe(facts.optimum);
  expect(createHash("sha256").update(encodeTable(facts, table)).digest("hex")).toBe(facts.sha256);
});
