/**
 * The package `caviar` on npm is an unrelated web framework: outside this repository, `npx` with that name alone would run somebody else's
 * program. Every page and message says either `npx --no-install caviar` (in a checkout) or `npx caviar-hpo` (from the registry).
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { workspaceRoot } from "./workspace.ts";

/** Calls of npx, npm exec and the like that would install the foreign package. */
function foreignCalls(text: string): readonly string[] {
  const calls =
    /\b(?:npx|npm exec|npm x|pnpm dlx|yarn dlx|bunx)\b((?:\s+-{1,2}[\w-]+(?:[= ]caviar-hpo\b)?)*)\s+caviar(?:@[\w.]+)?(?![\w-])/g;
  return [...text.matchAll(calls)].filter(([, flags]) => !/--no-install|caviar-hpo/.test(flags!)).map(([call]) => call);
}

describe("the command", () => {
  const tracked = execFileSync(
    "git",
    [
      "ls-files",
      "-z",
      "--cached",
      "--others",
      "--exclude-standard",
      "--",
      "*.md",
      "*.ts",
      "*.mjs",
      "*.js",
      "*.json",
      "*.html",
      "*.py",
      "*.cff",
    ],
    {
      cwd: workspaceRoot,
      encoding: "utf8",
    },
  );
  const files = [...new Set(tracked.split("\0"))].filter(
    (file) => file !== "" && file !== "tools/npx.test.ts" && existsSync(join(workspaceRoot, file)),
  );

  it("is never called in a way that could run somebody else's package", () => {
    expect(files.length).toBeGreaterThan(500);
    const found = files.flatMap((file) => foreignCalls(readFileSync(join(workspaceRoot, file), "utf8")).map((call) => `${file}: ${call}`));
    expect(found).toEqual([]);
  });
});

describe("reading a call", () => {
  it.each(["npx caviar serve", "npx -y caviar", "npx caviar@latest", "npm exec caviar", "`npx caviar`", "npx\ncaviar"])(
    "refuses %s",
    (call) => {
      expect(foreignCalls(`Run ${call} now.`)).toHaveLength(1);
    },
  );

  it.each([
    "npx --no-install caviar serve",
    "npx caviar-hpo bench",
    "npx -y caviar-hpo",
    "npx --package=caviar-hpo caviar",
    "npx -p caviar-hpo caviar",
  ])("accepts %s", (call) => {
    expect(foreignCalls(`Run ${call} now.`)).toEqual([]);
  });
});
