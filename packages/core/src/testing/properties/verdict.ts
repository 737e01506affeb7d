/** The verdict about a property: whether the sampler has it, and by which test. */
import { holm } from "../statistics/holm.ts";
import type { SamplerPropertyName } from "./names.ts";

/** One test of one hypothesis, for instance that the values of parameter "rate" follow its scale. */
export type TestResult = {
  /** What was tested. */
  readonly of: string;
  readonly name: "chi-square" | "Kolmogorov-Smirnov" | "correlation" | "count";
  readonly statistic: number;
  /** The probability of such a statistic, or of a less likely one, if the sampler has the property. */
  readonly p: number;
  /** What was found, in words that say what is wrong if the test fails. */
  readonly finding: string;
};

/** Whether a sampler has a property. */
export type Verdict = {
  readonly property: SamplerPropertyName;
  readonly passed: boolean;
  /** The statistic of the test with the smallest p-value. */
  readonly statistic: number;
  /** The smallest p-value, adjusted for the number of tests by Holm's method. The property fails if it is at most the false-alarm rate. */
  readonly p: number;
  /** What was found: one clause per failed test, the least likely result first. */
  readonly message: string;
  readonly tests: readonly TestResult[];
};

/** @param tests of which at most the share `falseAlarmRate` of correct samplers fails one or more. */
export function verdictOf(property: SamplerPropertyName, tests: readonly TestResult[], falseAlarmRate: number): Verdict {
  const adjusted = holm(tests.map(({ p }) => p));
  const failed = tests.map((test, index) => ({ ...test, adjusted: adjusted[index]! })).filter((test) => test.adjusted <= falseAlarmRate);
  failed.sort((a, b) => a.adjusted - b.adjusted);
  const least = tests.reduce((worst, { p }, index) => (p < tests[worst]!.p ? index : worst), 0);
  return {
    property,
    passed: failed.length === 0,
    statistic: tests[least]?.statistic ?? 0,
    p: adjusted[least] ?? 1,
    message: failed.length === 0 ? `${tests.length} tests pass` : failed.map(textOf).join("; "),
    tests,
  };
}

/** A share of 1 as text with one decimal. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function textOf({ of, name, statistic, finding, adjusted }: TestResult & { readonly adjusted: number }): string {
  if (name === "count") return `${of}: ${finding}`;
  const p = adjusted < 1e-300 ? "p < 1e-300" : `p = ${adjusted.toExponential(0)}`;
  return `${of}: ${finding} (${name} ${Number(statistic.toPrecision(3))}, ${p})`;
}
