/**
 * All tests in one run, on the sources: the condition `@caviar-hpo/source` leads every `@caviar-hpo/*` import to `src`, so nothing is built
 * first. `--mode nightly` adds the long tests (`*.nightly.test.ts`), `--mode peers` runs only the comparisons with Python peers
 * (`*.peers.test.ts`).
 */
import { configDefaults, defineConfig } from "vitest/config";
import { plainReporter } from "./tools/plainReporter.ts";
import { sourceConditions, testFiles } from "./tools/testFiles.ts";
import { limitsOf } from "./tools/timeLimits.ts";

export default defineConfig(({ mode }) => {
  const nightly = mode === "nightly" || process.env.CAVIAR_NIGHTLY === "1";
  return {
    ...sourceConditions,
    test: {
      include: mode === "peers" ? testFiles.peers : testFiles.all,
      exclude: [...configDefaults.exclude, ...(mode === "peers" ? [] : [...testFiles.peers, ...(nightly ? [] : testFiles.nightly)])],
      env: nightly ? { CAVIAR_NIGHTLY: "1" } : {},
      reporters: ["default", plainReporter()],
      // One process per core: by default one core is left to the terminal.
      maxWorkers: "100%",
      ...limitsOf(nightly || mode === "peers" ? "longTest" : "test"),
    },
  };
});
