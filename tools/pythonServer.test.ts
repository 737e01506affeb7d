/** The server process of the Python package, with Python's standard library alone. It runs the compiled command: `npm run build` first. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { workspaceRoot } from "./workspace.ts";

const hasPython = spawnSync("python3", ["-c", "import sys; assert sys.version_info >= (3, 10)"]).status === 0;

describe.skipIf(!hasPython)("the Python package", () => {
  it("talks with its server, and starts and ends it", () => {
    const tests = join(workspaceRoot, "clients/python/tests");
    const { status, stderr } = spawnSync("python3", ["-X", "dev", "-m", "unittest", "discover", "-s", tests, "-p", "test_server.py"], {
      encoding: "utf8",
    });
    expect(stderr).toMatch(/\nOK\n$/);
    expect(stderr).not.toContain("Warning");
    expect(status).toBe(0);
  });
});
