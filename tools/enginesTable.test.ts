/** The tables of docs/auto.md say what `packages/bench/bench/engines.mjs` has measured. */
import { expect, it } from "vitest";
import suites from "../packages/bench/bench/engines.json" with { type: "json" };
import { enginesTable } from "../packages/bench/bench/enginesTable.mjs";
import { markedTable } from "./markedTable.ts";

it.each(Object.keys(suites) as (keyof typeof suites)[])("docs/auto.md has the table of %s", (name) => {
  expect(markedTable("docs/auto.md", `engines ${name}`)).toBe(enginesTable(suites[name]));
});

it("a number below a thousandth has a power of ten, and there is no interval for few problems", () => {
  const table = enginesTable({
    judged: "auto",
    engines: [
      { strategy: "auto", anchoredRegret: { value: 0.000123, low: 0.00001, high: 0.5 } },
      { strategy: "tpe", anchoredRegret: { value: 0.02, low: null, high: null }, percentBehind: { value: -1.25, low: -2, high: 0 } },
    ],
  });
  expect(table.split("\n").slice(2)).toEqual(["| `auto` | 1.2e−4 [1.0e−5, 0.5] |  |  |  |", "| `tpe` | 0.02 |  |  | −1.3 [−2, 0] |"]);
});
