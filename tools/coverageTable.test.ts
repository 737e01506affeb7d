/** The table of docs/statistics.md says what `npm run bench:coverage -- --write` has measured. */
import { expect, it } from "vitest";
import { measuredCoverage, measuredSeeds } from "../packages/report/src/findings/measuredCoverage.ts";
import { markedTable } from "./markedTable.ts";

it("docs/statistics.md has every measured coverage, in percent", () => {
  const rows = measuredCoverage.map(({ statistic, problems, data, coverage }) => [
    statistic.replace("; anchored regret over problems", ", anchored regret"),
    problems,
    data,
    ...coverage.map((share) => (share === 0 ? "none" : (100 * share).toFixed(1))),
  ]);
  const head = ["interval of", "problems", "data", ...measuredSeeds.map((seeds) => `n = ${seeds}`)];
  expect(markedTable("docs/statistics.md", "coverage")).toBe([head, head.map(() => "---"), ...rows].map((cells) => line(cells)).join("\n"));
});

function line(cells: readonly (string | number)[]): string {
  return cells[0] === "---" ? `|${cells.join("|")}|` : `| ${cells.join(" | ")} |`;
}
