/**
 * `npm run test:browser`: the pure packages' tests in headless Chromium. Without a browser there is nothing to run: a plain line says so
 * and the exit code is 0.
 */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { findChromium } from "./chromium.mjs";

const chromium = findChromium();

if (chromium === null) {
  console.log("skipped: no Chromium found; install one, or name its binary in CAVIAR_CHROMIUM");
} else {
  const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
  const run = spawnSync(process.execPath, [vitest, "run", "--config", "vitest.browser.config.ts", ...process.argv.slice(2)], {
    cwd: new URL("..", import.meta.url),
    stdio: "inherit",
    env: { ...process.env, CAVIAR_CHROMIUM: chromium },
  });
  process.exitCode = run.status ?? 1;
}
