/** The tables of docs/optimiser.md say what `packages/bench/bench/checkpoints.mjs` has measured. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import campaigns from "../packages/bench/bench/checkpoints.json" with { type: "json" };
import { checkpointsTable } from "../packages/bench/bench/checkpointsTable.mjs";
import { workspaceRoot } from "./workspace.ts";

const page = readFileSync(join(workspaceRoot, "docs/optimiser.md"), "utf8");

it.each(Object.keys(campaigns) as (keyof typeof campaigns)[])("docs/optimiser.md has the table of %s", (name) => {
  const table = page.split(`<!-- checkpoints ${name} -->\n`)[1]?.split("\n<!-- end -->")[0];
  expect(table).toBe(checkpointsTable(campaigns[name]));
});
