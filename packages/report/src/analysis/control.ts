/**
 * The control: a twin is a strategy that takes part twice, with other random numbers. The two are equal, so every difference between them
 * is chance. The report compares them as it compares other strategies. Twins take part in nothing else.
 */
import { derive, type Key } from "@caviar-hpo/core";
import { level } from "../confidence.ts";
import type { CampaignResults } from "../results.ts";
import type { Estimate } from "../statistics/bootstrap.ts";
import { holm } from "../statistics/holm.ts";
import { pairedDifference } from "../statistics/pairedDifference.ts";
import { rankDifferences } from "../statistics/rankDifferences.ts";
import { signedRank } from "../statistics/signedRank.ts";
import { type WinTieLoss, winTieLoss } from "../statistics/winTieLoss.ts";
import { blockRanks, type Scores } from "./scores.ts";

export type Control = {
  readonly twin: string;
  readonly twinOf: string;
  /** Blocks in which the twin and all strategies have a run, and the number of problems with such a block. */
  readonly blocks: number;
  readonly problems: number;
  /** The mean rank of the twin minus that of its original, both ranked among all strategies at the final budget. Null without a block. */
  readonly difference: Estimate | null;
  /** The blocks that the twin won, tied and lost against its original. */
  readonly record: WinTieLoss;
  /** The number of problems on which the signed-rank test tells the two apart, with Holm's correction for the number of problems. */
  readonly apart: number;
};

/** The campaign without its twins. */
export function withoutTwins(results: CampaignResults): CampaignResults {
  const twins = new Set(results.strategies.flatMap(({ label, twinOf }) => (twinOf === undefined ? [] : [label])));
  if (twins.size === 0) return results;
  return {
    ...results,
    strategies: results.strategies.filter(({ label }) => !twins.has(label)),
    runs: results.runs.filter(({ strategy }) => !twins.has(strategy)),
  };
}

/**
 * @param scores the final scores of each problem, [strategy][block], of the blocks that the twin shares with all strategies of `labels`;
 * the last strategy is the twin
 */
export function control(twin: string, twinOf: string, labels: readonly string[], scores: readonly Scores[], key: Key): Control {
  const original = labels.indexOf(twinOf);
  const shared = scores.filter((problem) => problem[0]!.length > 0);
  const pairs = shared.map((problem) => ({ twin: problem[labels.length]!, original: problem[original]! }));
  const tests = pairs.map((pair) => signedRank(pair.twin.map((score, block) => pairedDifference(score, pair.original[block]!))));
  return {
    twin,
    twinOf,
    blocks: pairs.reduce((sum, pair) => sum + pair.twin.length, 0),
    problems: shared.length,
    difference: shared.length === 0 ? null : differenceOf(shared, labels.length, original, derive(key, twin)),
    record: winTieLoss(
      pairs.flatMap((pair) => pair.twin),
      pairs.flatMap((pair) => pair.original),
    ),
    apart: holm(tests.map(({ p }) => p)).filter((p) => p <= level).length,
  };
}

/** Of this one pair, so that its interval is not widened for pairs that the control does not concern. */
function differenceOf(scores: readonly Scores[], twin: number, original: number, key: Key): Estimate {
  const ranks = scores.map(blockRanks).map((blocks) => blocks.map((row) => Float64Array.of(row[original]!, row[twin]!)));
  return rankDifferences(ranks, level, key, scores[0]!.length).between(1, 0);
}
