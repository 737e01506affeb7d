import { defineConfig } from "vitest/config";

const conditions = ["@caviar/source"];

export default defineConfig({
  resolve: { conditions: [...conditions, "module", "node", "development|production"] },
  ssr: { resolve: { conditions: [...conditions, "node", "module", "development|production"], externalConditions: conditions } },
  test: {
    include: ["packages/*/src/**/*.test.ts"],
    reporters: ["default"],
    testTimeout: 30_000,
  },
});
