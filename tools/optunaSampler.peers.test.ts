/**
 * The sampler inside Optuna, by pytest and with Optuna's own tests for samplers. CAVIAR_OPTUNA4 may name an interpreter with Optuna 4
 * (clients/python/requirements-optuna4.txt), for which the tests run again. They run the compiled command: `npm run build` first.
 */
// python: optuna pytest
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { workspaceRoot } from "./workspace.ts";

function passes(python: string, ...files: readonly string[]): void {
  const cwd = join(workspaceRoot, "clients/python");
  const { status, stdout, stderr } = spawnSync(python, ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=short", ...files], {
    cwd,
    encoding: "utf8",
  });
  expect(`${stdout}${stderr}`).toMatch(/\d+ passed/);
  expect({ status, failed: stdout.match(/^FAILED .*$/gm) }).toEqual({ status: 0, failed: null });
}

const python = process.env.CAVIAR_PYTHON ?? "python3";
const older = process.env.CAVIAR_OPTUNA4;

describe("CaviarSampler", () => {
  test("learns, survives, and is OptunaHub's package", () => passes(python, "tests/test_optuna.py", "tests/test_optunahub.py"));

  test("passes Optuna's tests for samplers", () => passes(python, "tests/test_optuna_suite.py"));

  test.skipIf(!older)("works inside Optuna 4", () => passes(older!, "tests/test_optuna.py"));
});
