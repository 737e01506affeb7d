/** The script, the space and the command of docs/workers.md run as they are. They need the build: `npm run build`. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readStudy } from "@caviar-hpo/runtime";
import { expect, it } from "vitest";
import { blocksOf } from "./docs.ts";
import { workspaceRoot } from "./workspace.ts";

it("the Python script of docs/workers.md is tuned by the command there", () => {
  const page = "docs/workers.md";
  const blocks = blocksOf(page, readFileSync(join(workspaceRoot, page), "utf8"));
  const codeOf = (language: string): string => blocks.find((block) => block.language === language)!.code;
  const folder = mkdtempSync(join(tmpdir(), "caviar-page-"));
  try {
    writeFileSync(join(folder, "train.py"), codeOf("python"));
    writeFileSync(join(folder, "space.json"), codeOf("json"));
    const [program, ...words] = codeOf("sh").replace(/\\\n/g, " ").trim().split(/\s+/);
    expect(program).toBe("caviar");
    const run = spawnSync(process.execPath, [join(workspaceRoot, "packages/cli/bin/caviar.js"), ...words], {
      cwd: folder,
      encoding: "utf8",
    });
    expect([run.status, run.stderr.includes("rror")]).toEqual([0, false]);
    const { trials } = readStudy(join(folder, "runs", "digits"));
    expect(trials).toHaveLength(12);
    expect(trials.filter(({ status }) => status === "failed" || status === "running")).toEqual([]);
    for (const { config, curve } of trials) {
      for (const { fidelity, values } of curve) expect(values[0]).toBeCloseTo((1 - Number(config.rate)) ** (2 * fidelity), 12);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
