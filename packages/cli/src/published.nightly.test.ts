/** What is published can be repeated: every report under benchmarks/reports comes out of its plan again, to the last bit of its data. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { run } from "../testing/caviar.ts";

const reports = fileURLToPath(new URL("../../../benchmarks/reports", import.meta.url));
const read = (folder: string, file: string): string => readFileSync(join(folder, file), "utf8");

test.each(readdirSync(reports))("benchmarks/reports/%s is what its plan gives", async (name) => {
  const published = join(reports, name);
  const repeated = mkdtempSync(join(tmpdir(), "caviar-published-"));
  try {
    const { code, stderr } = await run(["bench", "--plan", join(published, "plan.json"), "--out", repeated]);
    expect(code, stderr).toBe(0);
    const { command, ...hashes } = JSON.parse(read(published, "campaign.json")) as { readonly command: string };
    const again = JSON.parse(read(repeated, "campaign.json")) as { readonly command: string };
    expect(again).toMatchObject(hashes);
    for (const page of ["report.html", "report.md", "results.json"]) {
      const own = read(repeated, page).replaceAll(again.command, command).replaceAll(escaped(again.command), escaped(command));
      expect(own === read(published, page), `${page} differs from the published one`).toBe(true);
    }
  } finally {
    rmSync(repeated, { recursive: true, force: true });
  }
});

/** The command as the page shows it. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
