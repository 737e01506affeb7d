/** The table of docs/benchmarks.md says what `npm run bench:ask` has measured. */
import { expect, it } from "vitest";
import { askTable } from "../packages/bayesopt/bench/askTable.mjs";
import results from "../packages/bayesopt/bench/results/ask.json" with { type: "json" };
import { markedTable } from "./markedTable.ts";

it("docs/benchmarks.md has the means of every case that was measured, and their ratios", () => {
  expect(markedTable("docs/benchmarks.md", "ask")).toBe(askTable(results));
});

it("every case has the machine on which it was measured", () => {
  expect(Object.keys(results.conditions)).toEqual(Object.keys(results.cases));
});

it("a strategy that was not measured in a case is a dash", () => {
  const table = askTable({ cases: { "10-D n=1000": { bayesopt: { mean: 80 }, "peer:optuna-gp-deterministic": { mean: 1000 } } } });
  expect(table.split("\n").at(-1)).toBe("| 10, 1,000 | 80 | – | – | – | – | 1000 | – | 0.08 | – |");
});
