/**
 * `npm run test:peers`: the tests that compare with Python peers. CAVIAR_PYTHON names an interpreter that has scipy; otherwise python3
 * is tried. Without one there is nothing to compare with: a plain line says so and the exit code is 0.
 */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const named = process.env.CAVIAR_PYTHON || undefined;
const python = named ?? "python3";
const hasScipy = spawnSync(python, ["-c", "import scipy"], { stdio: "ignore" }).status === 0;

if (named !== undefined && !hasScipy) {
  console.error(`CAVIAR_PYTHON is no Python with scipy: ${named}`);
  process.exitCode = 1;
} else if (!hasScipy) {
  console.log("skipped: no python3 with scipy found; install it (pip install scipy), or name an interpreter in CAVIAR_PYTHON");
} else {
  const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
  const run = spawnSync(process.execPath, [vitest, "run", "--mode", "peers", "--passWithNoTests", ...process.argv.slice(2)], {
    cwd: new URL("..", import.meta.url),
    stdio: "inherit",
    env: { ...process.env, CAVIAR_PYTHON: python },
  });
  process.exitCode = run.status ?? 1;
}
