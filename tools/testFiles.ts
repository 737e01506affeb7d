/** Which file is which kind of test, told by its name alone, and how tests find the sources. CONTRIBUTING.md explains the names. */
import { readWorkspace } from "./workspace.ts";

const pure = readWorkspace().filter((member) => member.tags.includes("pure"));

export const testFiles = {
  all: ["packages/*/src/**/*.test.ts", "tools/**/*.test.ts"],
  nightly: ["**/*.nightly.test.ts"],
  peers: ["**/*.peers.test.ts"],
  /** Tests in Node that drive a page in headless Chromium. */
  chromium: ["packages/*/src/**/*.chromium.test.ts"],
  /** The tests of packages that need no process and no thread of their own. */
  sharing: ["packages/*/src/**/!(*.node|*.nightly|*.peers|*.chromium).test.ts"],
  /** Those of pure packages, which need nothing of Node. */
  pure: pure.map((member) => `${member.directory}/src/**/!(*.node|*.nightly|*.peers|*.chromium).test.ts`),
};

const source = "@caviar-hpo/source";

/** For a Vite configuration: `@caviar-hpo/*` resolves to `src`, never to `dist`. */
export const sourceConditions = {
  resolve: { conditions: [source, "module", "browser", "development|production"] },
  ssr: { resolve: { conditions: [source, "node", "module", "development|production"], externalConditions: [source] } },
};
