/** BBOB against COCO's C core, by golden/bbob.py: 51,840 values, each function within the bound that script states. */
// python: cocoex numpy
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

test("all functions are COCO's, in six dimensions, on 18 instances, at 20 points each", () => {
  const script = fileURLToPath(new URL("../../golden/bbob.py", import.meta.url));
  const run = spawnSync(process.env.CAVIAR_PYTHON || "python3", [script, "--check"], { encoding: "utf8" });
  console.log(run.stdout);
  expect(run.stderr).toBe("");
  expect(run.status).toBe(0);
  expect(run.stdout).toMatch(/^51840 values/);
  expect(run.stdout.match(/^f\d+ /gm)).toHaveLength(24);
});
