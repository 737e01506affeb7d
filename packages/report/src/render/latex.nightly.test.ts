/** pdfLaTeX compiles every table of a report with hostile names. Skipped where there is no pdflatex. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { campaign } from "../../testing/campaign.ts";
import { hostileNames } from "../../testing/hostileNames.ts";
import { buildReport } from "../buildReport.ts";

const installed = spawnSync("pdflatex", ["--version"]).status === 0;

test.skipIf(!installed)("pdfLaTeX compiles the tables of a report, whatever names it has", () => {
  const half = Math.ceil(hostileNames.length / 2);
  const { files } = buildReport(
    campaign({ strategies: hostileNames.slice(0, half), problems: hostileNames.slice(half), seeds: 2, budget: 2 }),
  );
  const tables = files.filter(({ name }) => name.endsWith(".tex"));
  expect(tables.length).toBeGreaterThan(30);
  const folder = mkdtempSync(join(tmpdir(), "caviar-latex-"));
  try {
    tables.forEach(({ text }, index) => writeFileSync(join(folder, `table${index}.tex`), text));
    const inputs = tables.map((_, index) => `\\input{table${index}}\\par`).join("\n");
    const main = `\\documentclass{article}\\usepackage{booktabs}\\begin{document}\n${inputs}\n\\end{document}\n`;
    writeFileSync(join(folder, "main.tex"), main);
    const { status, stdout } = spawnSync("pdflatex", ["-halt-on-error", "-interaction=nonstopmode", "main.tex"], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(status, stdout.slice(-2000)).toBe(0);
    expect(stdout).toContain("Output written on main.pdf");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
