/** Which jobs of a campaign fail, and why. */
import fc from "fast-check";
import type { FailureReason } from "../contract/trial.ts";

export const failureReasons: readonly FailureReason[] = ["threw", "timeout", "lost", "nonfinite", "infeasible"];

/**
 * A cycle of up to 40 entries: job j fails for entry j modulo the length, and succeeds where that is null. Every second one fails all jobs
 * for one reason.
 */
export function failurePatterns(): fc.Arbitrary<readonly (FailureReason | null)[]> {
  const reason = fc.constantFrom(...failureReasons);
  return fc.oneof(
    reason.map((one) => [one]),
    fc.array(fc.option(reason, { freq: 2 }), { minLength: 1, maxLength: 40, size: "max" }),
  );
}
