import { readFileSync } from "node:fs";
import { join } from "node:path";
import { strategies } from "@caviar-hpo/tune";
import { expect, it } from "vitest";
import { markdownFiles } from "./docs.ts";
import { checkTables } from "./strategyTables.ts";
import { workspaceRoot } from "./workspace.ts";

it("tables of strategies in the documentation say what the cards say", () => {
  const files = markdownFiles().filter((file) => !file.startsWith("benchmarks/"));
  const findings = files.map((file) => checkTables(file, readFileSync(join(workspaceRoot, file), "utf8"), strategies));
  expect(findings.flatMap(({ faults }) => faults)).toEqual([]);
  expect(findings.reduce((sum, { rows }) => sum + rows, 0)).toBeGreaterThan(20);
});

it("a wrong cell and an unknown name are found", () => {
  const table = [
    "| name | what it does | adapts |",
    "|---|---|---|",
    "| `sobol` | points | yes |",
    "| `tpe` | densities | yes |",
    "| `spbol` | points | no |",
    "| `asha()` | a variant | perhaps |",
    "",
    "| other | adapts |",
    "|---|---|",
    "| `sobol` | yes |",
  ].join("\n");
  expect(checkTables("planted.md", table, strategies)).toEqual({
    rows: 3,
    faults: ["planted.md:3: sobol, adapts: expected no, got yes", "planted.md:5: there is no strategy spbol"],
  });
});
