/**
 * The control: a twin is a strategy that takes part twice, with other random numbers. The two are equal, so every difference between them
 * is chance. The report compares them as it compares other strategies. Twins take part in nothing else.
 */
import { derive, type Key } from "@caviar-hpo/core";
import { runName } from "../checkResults.ts";
import { level } from "../confidence.ts";
import type { CampaignResults, ProblemFacts, StrategyCard } from "../results.ts";
import { valueCurve } from "../statistics/curve.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { holm } from "../statistics/holm.ts";
import { logRegret } from "../statistics/logRegret.ts";
import { pairedDifference } from "../statistics/pairedDifference.ts";
import { rankDifferences } from "../statistics/rankDifferences.ts";
import { signedRank } from "../statistics/signedRank.ts";
import { type WinTieLoss, winTieLoss } from "../statistics/winTieLoss.ts";
import { axisOf } from "./axis.ts";
import { problemBlocks } from "./problemBlocks.ts";
import { blockRanks, type Scores } from "./scores.ts";
import { type SpeedUps, speedUps } from "./speedUps.ts";

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
  /** The speed-up of the twin against its original; null if no problem has anchors. */
  readonly speedUp: SpeedUps["overall"][number] | null;
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

export function controls(campaign: CampaignResults, key: Key): readonly Control[] {
  const { strategies } = withoutTwins(campaign);
  return campaign.strategies.flatMap((twin) =>
    twin.twinOf === undefined ? [] : [control(campaign, [...strategies, twin], twin.twinOf, derive(key, twin.label))],
  );
}

/** The last of the strategies is the twin. */
function control(campaign: CampaignResults, strategies: readonly StrategyCard[], twinOf: string, key: Key): Control {
  const twin = strategies.length - 1;
  const original = strategies.findIndex(({ label }) => label === twinOf);
  const scores = campaign.problems.map((problem) => finalScores(campaign, problem, strategies)).filter((problem) => problem[0]!.length > 0);
  const tests = scores.map((problem) =>
    signedRank(problem[twin]!.map((score, block) => pairedDifference(score, problem[original]![block]!))),
  );
  return {
    twin: strategies[twin]!.label,
    twinOf,
    blocks: scores.reduce((sum, problem) => sum + problem[twin]!.length, 0),
    problems: scores.length,
    difference: scores.length === 0 ? null : differenceOf(scores, twin, original, key),
    record: winTieLoss(
      scores.flatMap((problem) => problem[twin]!),
      scores.flatMap((problem) => problem[original]!),
    ),
    apart: holm(tests.map(({ p }) => p)).filter((p) => p <= level).length,
    speedUp: speedUpOf(campaign, [strategies[original]!, strategies[twin]!]),
  };
}

/** Of the second strategy against the first, over the seeds with which both have a run. */
function speedUpOf(campaign: CampaignResults, pair: readonly StrategyCard[]): Control["speedUp"] {
  const blocks = campaign.problems
    .map((problem) => {
      const { seeds, runs } = blocksOf(campaign, problem, pair);
      return problemBlocks({ strategies: pair, seeds }, problem, runs);
    })
    .filter(({ runs }) => runs[0]!.length > 0);
  return speedUps(blocks, 0)?.overall[1] ?? null;
}

/** The seeds with which all of these strategies have a run, and the runs, [strategy][block]. */
function blocksOf(campaign: CampaignResults, problem: ProblemFacts, strategies: readonly StrategyCard[]) {
  const known = new Map(campaign.runs.filter((run) => run.problem === problem.id).map((run) => [runName(run), run]));
  const runs = strategies.map(({ label }) =>
    campaign.seeds.map((seed) => known.get(runName({ problem: problem.id, strategy: label, seed }))),
  );
  const complete = campaign.seeds.map((_, place) => place).filter((place) => runs.every((ofStrategy) => ofStrategy[place] !== undefined));
  return {
    seeds: complete.map((place) => campaign.seeds[place]!),
    runs: runs.map((ofStrategy) => complete.map((place) => ofStrategy[place]!)),
  };
}

/** Log regrets at the final budget, [strategy][block], for the seeds with which all of these strategies have a run. */
function finalScores(campaign: CampaignResults, problem: ProblemFacts, strategies: readonly StrategyCard[]): Scores {
  const { positions } = axisOf(campaign, problem);
  const { runs } = blocksOf(campaign, problem, strategies);
  return runs.map((ofStrategy, place) =>
    ofStrategy.map((run) => logRegret(problem, valueCurve(strategies[place]!, run, positions).at(-1)!)),
  );
}

/** Of this one pair, so that its interval is not widened for pairs that the control does not concern. */
function differenceOf(scores: readonly Scores[], twin: number, original: number, key: Key): Estimate {
  const ranks = scores.map(blockRanks).map((blocks) => blocks.map((row) => Float64Array.of(row[original]!, row[twin]!)));
  return rankDifferences(ranks, level, key, scores[0]!.length).between(1, 0);
}
