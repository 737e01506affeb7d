/** The tables of docs/optimiser.md say what `packages/bench/bench/checkpoints.mjs` has measured. */
import { expect, it } from "vitest";
import campaigns from "../packages/bench/bench/checkpoints.json" with { type: "json" };
import { checkpointsTable } from "../packages/bench/bench/checkpointsTable.mjs";
import { markedTable } from "./markedTable.ts";

it.each(Object.keys(campaigns) as (keyof typeof campaigns)[])("docs/optimiser.md has the table of %s", (name) => {
  expect(markedTable("docs/optimiser.md", `checkpoints ${name}`)).toBe(checkpointsTable(campaigns[name]));
});
