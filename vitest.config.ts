/**
 * All tests in one run, on the sources: the condition `@caviar-hpo/source` leads every `@caviar-hpo/*` import to `src`, so nothing is built
 * first. `--mode nightly` adds the long tests (`*.nightly.test.ts`), `--mode peers` runs only the comparisons with Python peers
 * (`*.peers.test.ts`).
 *
 * The tests of packages share processes, because starting one and loading the sources costs more than most of these files. Only a file that
 * starts processes or threads (`*.node.test.ts`) and those of `tools` have one of their own. At night every file has.
 */
import { availableParallelism } from "node:os";
import { configDefaults, defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { plainReporter } from "./tools/plainReporter.ts";
import { sourceConditions, testFiles } from "./tools/testFiles.ts";
import { limitsOf } from "./tools/timeLimits.ts";

/** Files with a process of their own first: a process is shared by files that follow each other. */
class OwnProcessFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => Number(b.project.config.isolate) - Number(a.project.config.isolate));
  }
}

export default defineConfig(({ mode }) => {
  const nightly = mode === "nightly" || process.env.CAVIAR_NIGHTLY === "1";
  const long = nightly || mode === "peers";
  const include = mode === "peers" ? testFiles.peers : testFiles.all;
  const exclude = [
    ...configDefaults.exclude,
    ...testFiles.chromium,
    ...(mode === "peers" ? [] : [...testFiles.peers, ...(nightly ? [] : testFiles.nightly)]),
  ];
  const project = (name: string, test: TestProjectInlineConfiguration["test"]): TestProjectInlineConfiguration => ({
    ...sourceConditions,
    test: { name, env: nightly ? { CAVIAR_NIGHTLY: "1" } : {}, ...limitsOf(long ? "longTest" : "test"), ...test },
  });
  return {
    test: {
      reporters: ["default", plainReporter()],
      // One process more than cores: many tests wait for programs that hang, or for clocks. By default one core is left to the terminal.
      maxWorkers: availableParallelism() + 1,
      sequence: { sequencer: OwnProcessFirst },
      projects: long
        ? [project("long", { include, exclude })]
        : [
            project("own", { include, exclude: [...exclude, ...testFiles.sharing] }),
            project("shared", { include: testFiles.sharing, exclude, isolate: false }),
          ],
    },
  };
});
