/** Tests of the Python package that need other packages, by pytest. They run the compiled command: `npm run build` first. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect } from "vitest";
import { workspaceRoot } from "./workspace.ts";

/** @param files in `clients/python/tests` */
export function expectToPass(python: string, ...files: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(
    python,
    ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=short", ...files.map((file) => join("tests", file))],
    { cwd: join(workspaceRoot, "clients/python"), encoding: "utf8", maxBuffer: 1e9 },
  );
  expect(`${stdout}${stderr}`).toMatch(/\d+ passed/);
  expect({ status, failed: stdout.match(/^FAILED .*$/gm) }).toEqual({ status: 0, failed: null });
}
