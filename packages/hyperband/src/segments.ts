/** Fidelities at equal distances up to the highest, for rules that look at a training at regular intervals. */
import type { Fidelity } from "@caviar-hpo/core";
import { numberOf, ratioOf, roundHalfUp } from "./ratio.ts";

/**
 * max k / count for k = 1 ... count, ascending. Whole fidelities are rounded half up. Those below `min`, and repeated ones, are left out.
 */
export function evenFidelities({ min, max, whole }: Fidelity, count: number): readonly number[] {
  const { numerator, denominator } = ratioOf(max);
  const all = Array.from({ length: count }, (_, index) => {
    const ratio = { numerator: numerator * BigInt(index + 1), denominator: denominator * BigInt(count) };
    return whole ? Number(roundHalfUp(ratio)) : numberOf(ratio);
  });
  return [...new Set(all)].filter((fidelity) => fidelity >= min);
}
