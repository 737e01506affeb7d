/**
 * `npm run test:browser`, which finds the browser: the pure packages' tests in headless Chromium, and the tests that drive a page there.
 * The same bits on every engine: this is the second engine.
 */
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { plainReporter } from "./tools/plainReporter.ts";
import { sourceConditions, testFiles } from "./tools/testFiles.ts";
import { limitsOf, timeLimits } from "./tools/timeLimits.ts";
import { readWorkspace } from "./tools/workspace.ts";

const pure = readWorkspace().filter((member) => member.tags.includes("pure"));
const thirdParty = pure.flatMap((member) => Object.keys(member.dependencies)).filter((name) => !name.startsWith("@caviar-hpo/"));

const browser = {
  enabled: true,
  headless: true,
  screenshotFailures: false,
  connectTimeout: timeLimits.setUp,
  provider: playwright({
    launchOptions: {
      timeout: timeLimits.setUp,
      executablePath: process.env.CAVIAR_CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  }),
  instances: [{ browser: "chromium" as const }],
};

export default defineConfig({
  test: {
    reporters: ["default", plainReporter()],
    projects: [
      {
        ...sourceConditions,
        cacheDir: ".cache/vite-browser",
        optimizeDeps: { include: [...new Set([...thirdParty, "fast-check"])] },
        test: { name: "engine", include: testFiles.pure, ...limitsOf("test"), browser },
      },
      { ...sourceConditions, test: { name: "pages", include: testFiles.chromium, ...limitsOf("test") } },
    ],
  },
});
