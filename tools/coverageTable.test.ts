/** The table of docs/statistics.md says what `npm run bench:coverage -- --write` has measured. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { measuredCoverage, measuredSeeds } from "../packages/report/src/findings/measuredCoverage.ts";
import { workspaceRoot } from "./workspace.ts";

it("docs/statistics.md has every measured coverage, in percent", () => {
  const page = readFileSync(join(workspaceRoot, "docs/statistics.md"), "utf8");
  const [, table] = /<!-- coverage -->\n([\s\S]*?)<!-- end -->/.exec(page)!;
  const rows = measuredCoverage.map(({ statistic, problems, data, coverage }) => [
    statistic.replace("; anchored regret over problems", ", anchored regret"),
    problems,
    data,
    ...coverage.map((share) => (share === 0 ? "none" : (100 * share).toFixed(1))),
  ]);
  const head = ["interval of", "problems", "data", ...measuredSeeds.map((seeds) => `n = ${seeds}`)];
  expect(table).toBe([head, head.map(() => "---"), ...rows].map((cells) => line(cells)).join(""));
});

function line(cells: readonly (string | number)[]): string {
  return cells[0] === "---" ? `|${cells.join("|")}|\n` : `| ${cells.join(" | ")} |\n`;
}
