/** The same laws and properties as `samplerLaws`, for a script without a test runner: all of them run, and what fails is listed. */
import type { Card } from "../contract/card.ts";
import { CaviarError } from "../contract/errors.ts";
import { type SamplerLawOptions, samplerLaws } from "./samplerLaws.ts";

/** `finding` says what is wrong; null where the law holds. */
export type CheckResult = { readonly law: string; readonly finding: string | null };

export type SamplerCheck = {
  readonly passed: boolean;
  /** In the order of `samplerLaws`. */
  readonly results: readonly CheckResult[];
  readonly failures: readonly CheckResult[];
};

/** A law that throws anything else than one of Caviar's errors fails with that error's message. */
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
