/**
 * `npm run test:browser`: the pure packages' tests in headless Chromium. CAVIAR_CHROMIUM names the browser; otherwise the usual places
 * are searched. Without one there is nothing to run: a plain line says so and the exit code is 0.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/opt/google/chrome/chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];
const named = process.env.CAVIAR_CHROMIUM || undefined;
const chromium = named ?? usualPlaces.find((path) => existsSync(path));

if (named !== undefined && !existsSync(named)) {
  console.error(`CAVIAR_CHROMIUM names no file: ${named}`);
  process.exitCode = 1;
} else if (chromium === undefined) {
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
