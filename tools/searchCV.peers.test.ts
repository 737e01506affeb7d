/** `CaviarSearchCV`, by pytest and with scikit-learn's own checks of estimators. It runs the compiled command: `npm run build` first. */
// python: sklearn pytest
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { workspaceRoot } from "./workspace.ts";

test("CaviarSearchCV passes scikit-learn's checks, and searches with few folds", () => {
  const { status, stdout, stderr } = spawnSync(
    process.env.CAVIAR_PYTHON ?? "python3",
    ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=short", "tests/test_sklearn.py"],
    { cwd: join(workspaceRoot, "clients/python"), encoding: "utf8" },
  );
  expect(`${stdout}${stderr}`).toMatch(/\d+ passed/);
  expect({ status, failed: stdout.match(/^FAILED .*$/gm) }).toEqual({ status: 0, failed: null });
});
