/**
 * How well strategies predicted what they were told: the share of values in predicted intervals, and where values lie in the predicted
 * distributions (the probability integral transform; Dawid 1984). Predictions are normal, for one evaluation.
 */
import { normalCdf } from "@caviar-hpo/numerics";
import type { CampaignResults } from "../results.ts";

export type Calibration = {
  /** The strategy, in the order of the campaign. */
  readonly strategy: number;
  readonly count: number;
  /** The share of values in the central intervals of `levels`. */
  readonly coverage: readonly number[];
  /** The share of values in each of ten equal parts of the predicted distributions; 0.1 each if the predictions are right. */
  readonly histogram: readonly number[];
};

export const levels: readonly number[] = [0.5, 0.8, 0.95];
const parts = 10;

/** Strategies that predicted at least one value. A prediction without a spread counts as none. */
export function calibrations({ strategies, runs }: CampaignResults): readonly Calibration[] {
  return strategies.flatMap(({ label }, strategy): readonly Calibration[] => {
    const below = runs
      .filter((run) => run.strategy === label)
      .flatMap(({ predictions = [] }) => predictions)
      .filter(({ mean, sd, value }) => sd > 0 && Number.isFinite(mean) && Number.isFinite(sd) && Number.isFinite(value))
      .map(({ mean, sd, value }) => normalCdf((value - mean) / sd));
    const count = below.length;
    if (count === 0) return [];
    const shareOf = (fits: (share: number) => boolean): number => below.filter(fits).length / count;
    return [
      {
        strategy,
        count,
        coverage: levels.map((level) => shareOf((share) => Math.abs(share - 0.5) <= level / 2)),
        histogram: Array.from({ length: parts }, (_, part) => shareOf((share) => Math.min(parts - 1, Math.floor(share * parts)) === part)),
      },
    ];
  });
}
