/** How well strategies predicted what they were told. Predictions are normal, for one evaluation. */
import type { CampaignResults } from "../results.ts";
import { countsInParts, intervalLevels, shareBelow, shareInside } from "../statistics/predictedShares.ts";

export type Calibration = {
  /** The strategy, in the order of the campaign. */
  readonly strategy: number;
  readonly count: number;
  /** The share of values in the central intervals of `intervalLevels`. */
  readonly coverage: readonly number[];
  /** The share of values in each of ten equal parts of the predicted distributions; 0.1 each if the predictions are right. */
  readonly histogram: readonly number[];
};

/** Strategies that predicted at least one value. A prediction without a spread counts as none. */
export function calibrations({ strategies, runs }: CampaignResults): readonly Calibration[] {
  return strategies.flatMap(({ label }, strategy): readonly Calibration[] => {
    const below = runs
      .filter((run) => run.strategy === label)
      .flatMap(({ predictions = [] }) => predictions.map(({ mean, sd, value }) => shareBelow(mean, sd, value)))
      .filter((share) => share !== null);
    const count = below.length;
    if (count === 0) return [];
    return [
      {
        strategy,
        count,
        coverage: intervalLevels.map((level) => shareInside(below, level)),
        histogram: countsInParts(below).map((inPart) => inPart / count),
      },
    ];
  });
}
