/** Which jobs of a campaign fail, and why. */
import fc from "fast-check";
import type { FailureReason } from "../contract/trial.ts";

/** All reasons for which a job can fail. */
export const failureReasons: readonly FailureReason[] = ["threw", "timeout", "lost", "nonfinite", "infeasible"];

/**
 * A cycle of up to 40 entries. Job j fails for the reason in entry j modulo the length, and succeeds if the entry is null. In every second
 * cycle, all jobs fail for one reason.
 */
export function failurePatterns(): fc.Arbitrary<readonly (FailureReason | null)[]> {
  const reason = fc.constantFrom(...failureReasons);
  return fc.oneof(
    reason.map((one) => [one]),
    fc.array(fc.option(reason, { freq: 2 }), { minLength: 1, maxLength: 40, size: "max" }),
  );
}
