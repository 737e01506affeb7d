/** Compares every strategy with the reference on each problem, with one correction for all of these tests. */
import { level } from "../confidence.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { holm } from "../statistics/holm.ts";
import { locationInterval } from "../statistics/locationInterval.ts";
import { pairedDifference } from "../statistics/pairedDifference.ts";
import { signedRank, smallestP } from "../statistics/signedRank.ts";
import { type WinTieLoss, winTieLoss } from "../statistics/winTieLoss.ts";
import type { Scores } from "./scores.ts";

export type ReferenceComparison = {
  /** The Hodges-Lehmann factor of the regret, as log10, and its exact interval. */
  readonly factor: Estimate;
  readonly record: WinTieLoss;
  readonly p: number;
  /** Corrected over the family. Null if there are too few seeds, or too few pairs that differ, to reach the level. */
  readonly pHolm: number | null;
};

/** Comparisons with the reference, [problem][strategy]; null for the reference itself. */
export function comparisons(scores: readonly Scores[], reference: number): readonly (readonly (ReferenceComparison | null)[])[] {
  const tests = scores.flatMap((problem, index) =>
    problem.flatMap((ofStrategy, strategy) => {
      if (strategy === reference) return [];
      const differences = ofStrategy.map((score, block) => pairedDifference(score, problem[reference]![block]!));
      const test = signedRank(differences);
      return [{ index, strategy, pairs: differences.length, test, factor: locationInterval(differences) }];
    }),
  );
  const adjusted = holm(tests.map(({ test }) => test.p));
  const table: (ReferenceComparison | null)[][] = scores.map((problem) => problem.map(() => null));
  tests.forEach(({ index, strategy, pairs, test, factor }, place) => {
    const testable = smallestP(pairs) * tests.length <= level && smallestP(test.differing) <= level;
    table[index]![strategy] = {
      factor,
      record: winTieLoss(scores[index]![strategy]!, scores[index]![reference]!),
      p: test.p,
      pHolm: testable ? adjusted[place]! : null,
    };
  });
  return table;
}
