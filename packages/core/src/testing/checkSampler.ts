/** The laws and properties of `samplerLaws` for a script without a test runner. It runs all of them, and lists those that fail. */
import type { Card } from "../contract/card.ts";
import { CaviarError } from "../contract/errors.ts";
import { type SamplerLawOptions, samplerLaws } from "./samplerLaws.ts";

/** The result of one law. `finding` says what is wrong; null if the law holds. */
export type CheckResult = { readonly law: string; readonly finding: string | null };

/** The results of all laws. */
export type SamplerCheck = {
  readonly passed: boolean;
  /** In the order of `samplerLaws`. */
  readonly results: readonly CheckResult[];
  readonly failures: readonly CheckResult[];
};

/**
 * Runs all laws and properties of a sampler. If a law throws an error that is not one of Caviar's, it fails with the message of that error.
 */
export function checkSampler(card: Card, options: SamplerLawOptions = {}): SamplerCheck {
  const results = samplerLaws(card, options).map(({ name, run }): CheckResult => ({ law: name, finding: findingOf(run) }));
  const failures = results.filter(({ finding }) => finding !== null);
  return { passed: failures.length === 0, results, failures };
}

function findingOf(run: () => void): string | null {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof CaviarError) return error.got;
    return error instanceof Error ? error.message : String(error);
  }
}
