/** Fidelities at equal distances up to the most, for rules that look at training every so often. */
import type { Fidelity } from "@caviar-hpo/core";
import { numberOf, ratioOf, roundHalfUp } from "./ratio.ts";

/** max k / count for k = 1 ... count, whole ones rounded half up; without those below the least fidelity, and each once. */
export function evenFidelities({ min, max, whole }: Fidelity, count: number): readonly number[] {
  const { numerator, denominator } = ratioOf(max);
  const all = Array.from({ length: count }, (_, index) => {
    const ratio = { numerator: numerator * BigInt(index + 1), denominator: denominator * BigInt(count) };
    return whole ? Number(roundHalfUp(ratio)) : numberOf(ratio);
  });
  return [...new Set(all)].filter((fidelity) => fidelity >= min);
}
