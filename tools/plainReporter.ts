/**
 * The last line of every test run, plain for people and for machines: `N passed, N failed`, and `, N skipped` when there are any.
 * What counts is the test case. A file that cannot even be loaded, or an error outside all tests, counts as one failure each, so that
 * the line never says "0 failed" under a red run.
 */
import type { Reporter, TestModule } from "vitest/node";

export type Tally = { readonly passed: number; readonly failed: number; readonly skipped: number };

export function plainLine(tally: Tally): string {
  const line = `${tally.passed} passed, ${tally.failed} failed`;
  return tally.skipped > 0 ? `${line}, ${tally.skipped} skipped` : line;
}

export function tallyOf(modules: readonly TestModule[], strayErrors: number): Tally {
  const tally = { passed: 0, failed: strayErrors, skipped: 0 };
  for (const module of modules) {
    tally.failed += module.errors().length;
    for (const suite of module.children.allSuites()) tally.failed += suite.errors().length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      tally[state === "pending" ? "skipped" : state]++;
    }
  }
  return tally;
}

export function plainReporter(): Reporter {
  return {
    onTestRunEnd(modules, strayErrors) {
      process.stdout.write(`${plainLine(tallyOf(modules, strayErrors.length))}\n`);
    },
  };
}
