/**
 * What is published can be checked: every campaign under benchmarks/reports is sound, and its pages come out of its runs again. The quick
 * one comes out of its plan again, to the last bit of its data.
 */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { run } from "../testing/caviar.ts";

const reports = fileURLToPath(new URL("../../../benchmarks/reports", import.meta.url));
const pages = ["report.html", "report.md", "results.json"];
const read = (folder: string, file: string): string => readFileSync(join(folder, file), "utf8");

test("all reports have their runs", () => {
  expect(readdirSync(reports).filter((name) => !existsSync(join(reports, name, "runs.jsonl.gz")))).toEqual([]);
});

test.each(readdirSync(reports))("%s is sound, and its pages are those of its runs", (name) =>
  inScratch(async (scratch) => {
    const published = join(reports, name);
    const verification = await run(["verify", published]);
    expect(verification.code, verification.stdout).toBe(0);
    const copy = join(scratch, name);
    cpSync(published, copy, { recursive: true });
    const { code, stderr } = await run(["report", copy]);
    expect(code, stderr).toBe(0);
    for (const page of pages) expect(read(copy, page) === read(published, page), `${page} differs from the published one`).toBe(true);
  }),
);

test("benchmarks/reports/quick is what its plan gives", () =>
  inScratch(async (repeated) => {
    const published = join(reports, "quick");
    const { code, stderr } = await run(["bench", "--plan", join(published, "plan.json"), "--out", repeated]);
    expect(code, stderr).toBe(0);
    const dataIn = (folder: string): unknown => (JSON.parse(read(folder, "manifest.json")) as { readonly data: unknown }).data;
    expect(dataIn(repeated)).toEqual(dataIn(published));
    // The pages also say who ran the campaign, when, where and how fast. These come from the published folder.
    for (const name of ["campaign.json", "manifest.json"]) cpSync(join(published, name), join(repeated, name));
    rmSync(join(repeated, "times"), { recursive: true });
    expect((await run(["report", repeated])).code).toBe(0);
    for (const page of pages) expect(read(repeated, page) === read(published, page), `${page} differs from the published one`).toBe(true);
  }));

async function inScratch(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "caviar-published-"));
  try {
    await act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
