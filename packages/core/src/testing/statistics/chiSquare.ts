/** Pearson's chi-square test of goodness of fit (1900): whether the counts of cells come from given probabilities. */
import { NumericalError } from "../../contract/errors.ts";
import { upperGamma } from "./upperGamma.ts";

/** The result of a chi-square test. */
export type ChiSquare = { readonly statistic: number; readonly degreesOfFreedom: number; readonly p: number };

/**
 * Tests counts against probabilities. The p-value is asymptotic. If at least 50 points are expected in every cell, it is right within a
 * factor of three down to one in 100,000. For smaller p-values, cells must be larger.
 *
 * @param counts the number of points in each cell.
 * @param probabilities those of the cells, all above 0, with the sum 1.
 * @throws NumericalError for fewer than two cells, different lengths, or a probability that is not above 0.
 */
export function chiSquareTest(counts: readonly number[], probabilities: readonly number[]): ChiSquare {
  if (counts.length < 2 || counts.length !== probabilities.length || !probabilities.every((probability) => probability > 0)) {
    throw new NumericalError({
      code: "badCells",
      what: "chiSquareTest",
      expected: "two cells or more, each with a count and a probability above 0",
      got: `${counts.length} counts, probabilities ${probabilities.join(", ")}`,
      remedy: "Join cells that are never hit to their neighbours.",
    });
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  const statistic = counts.reduce((sum, count, cell) => {
    const expected = total * probabilities[cell]!;
    return sum + ((count - expected) * (count - expected)) / expected;
  }, 0);
  const degreesOfFreedom = counts.length - 1;
  return { statistic, degreesOfFreedom, p: upperGamma(degreesOfFreedom / 2, statistic / 2) };
}
