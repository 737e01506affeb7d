/**
 * The analysis: every number that a page shows, computed once from the results. Comparisons use complete blocks only: a block is one
 * (problem, seed), and it is complete when every strategy has a run in it, so that no strategy gains from runs another one lacks.
 */
import { derive, type Key, root } from "@caviar/core";
import { checkResults, runName } from "./checkResults.ts";
import type { CampaignResults, ProblemCard } from "./results.ts";
import { anytimeScore } from "./statistics/anytime.ts";
import { bootstrap, type Estimate, percentileInterval } from "./statistics/bootstrap.ts";
import { criticalDifference } from "./statistics/criticalDifference.ts";
import { regretCurve } from "./statistics/curve.ts";
import { hodgesLehmann } from "./statistics/hodgesLehmann.ts";
import { holm } from "./statistics/holm.ts";
import { pairedDifference } from "./statistics/pairedDifference.ts";
import { type Quartiles, quartiles } from "./statistics/quartiles.ts";
import { averageRanks } from "./statistics/ranks.ts";
import { signedRank, smallestP } from "./statistics/signedRank.ts";
import { type WinTieLoss, winTieLoss } from "./statistics/winTieLoss.ts";

/** Resamples of every bootstrap. */
export const resamples = 2000;
/** One minus the confidence of intervals, and the level of tests. */
export const level = 0.05;
/** Positions along the budget at which ranks are shown, at most. */
const rankPositions = 50;

export type Analysis = {
  readonly results: CampaignResults;
  /** Index of the strategy all others are compared with: the one labelled `random`, else the first. */
  readonly reference: number;
  /** Strategies by mean rank at the final budget, best first; the order of the campaign where there is none. */
  readonly order: readonly number[];
  readonly problems: readonly ProblemAnalysis[];
  /** Complete blocks over all problems, of `blocksMeant`. */
  readonly blocks: number;
  readonly blocksMeant: number;
  /** Null where no block is complete. */
  readonly final: Standing | null;
  readonly anytime: Standing | null;
  readonly ranksOverBudget: RanksOverBudget | null;
  /** Null outside the table of critical differences or where a problem has no complete block. */
  readonly overProblems: OverProblems | null;
  /** Comparisons in the family that Holm's correction covers. */
  readonly family: number;
};

/** How the strategies stand at one endpoint; one entry a strategy, in the order of the campaign. */
export type Standing = {
  /** Mean over problems of the mean rank over complete blocks. */
  readonly meanRanks: readonly Estimate[];
  /** Hodges-Lehmann log10 factor of the regret against the reference; 0 for the reference itself. */
  readonly factors: readonly Estimate[];
  /** Blocks won, tied and lost against the reference. */
  readonly records: readonly WinTieLoss[];
  /** Index of the best mean rank. */
  readonly leader: number;
  /** Mean rank minus the leader's; the interval holds for all of them at once (Bonferroni). */
  readonly behind: readonly Estimate[];
};

export type RanksOverBudget = {
  /** Share of the budget spent, rising to 1. */
  readonly shares: readonly number[];
  /** [strategy][position] */
  readonly meanRanks: readonly (readonly Estimate[])[];
};

/** The problems as the sample: mean ranks of per-problem medians at the final budget, and Nemenyi's critical difference. */
export type OverProblems = { readonly meanRanks: readonly number[]; readonly criticalDifference: number };

export type ProblemAnalysis = {
  readonly card: ProblemCard;
  /** Positions in `results.seeds` whose block is complete. */
  readonly complete: readonly number[];
  /** One entry a strategy, in the order of the campaign. */
  readonly strategies: readonly ProblemStrategy[];
};

export type ProblemStrategy = {
  readonly runs: number;
  /** Evaluations that failed. */
  readonly failures: number;
  /** Runs that ended before the budget. */
  readonly early: number;
  /** Values below the certified minimum by more than its tolerance. */
  readonly belowOptimum: number;
  /** Quartiles over seeds of the log10 regret after each step; empty without runs. */
  readonly curve: readonly Quartiles[];
  readonly anytime: Quartiles | null;
  /** Mean rank over the complete blocks of this problem at the final budget. */
  readonly meanRank: number | null;
  /** Against the reference at the final budget, over complete blocks; null for the reference. */
  readonly comparison: Comparison | null;
};

export type Comparison = {
  readonly factor: number;
  readonly record: WinTieLoss;
  readonly p: number;
  /** Corrected over the family; null where the seeds or the pairs that differ are too few to reach the level. */
  readonly pHolm: number | null;
};

const analyses = new WeakMap<CampaignResults, Analysis>();

/**
 * @returns the same object for the same results
 * @throws ConfigError for results that contradict themselves
 */
export function analyse(results: CampaignResults): Analysis {
  const known = analyses.get(results);
  if (known !== undefined) return known;
  checkResults(results);
  const analysis = computeAnalysis(results);
  analyses.set(results, analysis);
  return analysis;
}

/** Curves of one problem, [strategy][seed]; null where the run is missing. */
type Curves = readonly (readonly (Float64Array | null)[])[];
/** Scores of the complete blocks of one problem, [strategy][block]. */
type Scores = readonly (readonly number[])[];

function computeAnalysis(results: CampaignResults): Analysis {
  const key = root(`report ${results.dataHash}`);
  const labelled = results.strategies.findIndex((strategy) => strategy.label === "random");
  const reference = Math.max(0, labelled);
  const curves = campaignCurves(results);
  const complete = curves.map((ofProblem) =>
    results.seeds.map((_, seed) => seed).filter((seed) => ofProblem.every((ofStrategy) => ofStrategy[seed] !== null)),
  );
  const usable = results.problems.map((_, index) => index).filter((index) => complete[index]!.length > 0);
  const blockCurves = usable.map((index) => curves[index]!.map((ofStrategy) => complete[index]!.map((seed) => ofStrategy[seed]!)));
  const finalScores = blockCurves.map((problem) => problem.map((ofStrategy) => ofStrategy.map((curve) => curve[curve.length - 1]!)));
  const anytimeScores = blockCurves.map((problem) =>
    problem.map((ofStrategy) => ofStrategy.map((curve) => anytimeScore(curve, results.initialPoints))),
  );
  const final = finalScores.length > 0 ? standing(finalScores, reference, derive(key, "seeds")) : null;
  const compared = comparisons(finalScores, reference);
  const family = finalScores.length * (results.strategies.length - 1);
  return {
    results,
    reference,
    order: orderOf(results, final),
    problems: results.problems.map((card, index) => {
      const place = usable.indexOf(index);
      return {
        card,
        complete: complete[index]!,
        strategies: results.strategies.map((_, strategy) =>
          problemStrategy(results, index, strategy, curves[index]![strategy]!, finalScores[place], compared[place]?.[strategy] ?? null),
        ),
      };
    }),
    blocks: complete.reduce((sum, seeds) => sum + seeds.length, 0),
    blocksMeant: results.problems.length * results.seeds.length,
    final,
    anytime: final === null ? null : standing(anytimeScores, reference, derive(key, "seeds")),
    ranksOverBudget: final === null ? null : ranksOverBudget(blockCurves, derive(key, "seeds")),
    overProblems: usable.length === results.problems.length ? overProblems(finalScores) : null,
    family,
  };
}

function campaignCurves(results: CampaignResults): readonly Curves[] {
  const runs = new Map(results.runs.map((run) => [runName(run), run]));
  return results.problems.map((problem) =>
    results.strategies.map((strategy) =>
      results.seeds.map((seed) => {
        const run = runs.get(runName({ problem: problem.id, strategy: strategy.label, seed }));
        return run === undefined ? null : regretCurve(problem, strategy, run);
      }),
    ),
  );
}

/** The standing on scores[problem][strategy][block]. */
function standing(scores: readonly Scores[], reference: number, key: Key): Standing {
  const count = scores[0]!.length;
  const ranks = scores.map(blockRanks);
  const differences = scores.map((problem) =>
    problem.map((ofStrategy) => ofStrategy.map((score, block) => pairedDifference(score, problem[reference]![block]!))),
  );
  const everything = ranks.map((blocks) => Int32Array.from(blocks, (_, block) => block));
  const statistic = (drawn: readonly Int32Array[], components: Float64Array): void => {
    addMeanRanks(ranks, drawn, components);
    for (let strategy = 0; strategy < count; strategy += 1) {
      components[count + strategy] = strategy === reference ? 0 : hodgesLehmann(pooled(differences, strategy, drawn));
    }
  };
  const values = new Float64Array(2 * count);
  statistic(everything, values);
  const resampled = enough(everything)
    ? bootstrap(
        key,
        everything.map((blocks) => blocks.length),
        resamples,
        2 * count,
        statistic,
      )
    : null;
  const estimate = (component: number): Estimate => ({
    value: values[component]!,
    interval: resampled === null ? null : percentileInterval(resampled[component]!, level),
  });
  const strategies = Array.from({ length: count }, (_, strategy) => strategy);
  const leader = strategies.reduce((best, strategy) => (values[strategy]! < values[best]! ? strategy : best), 0);
  return {
    meanRanks: strategies.map(estimate),
    factors: strategies.map((strategy) => estimate(count + strategy)),
    records: strategies.map((strategy) =>
      winTieLoss(
        scores.flatMap((problem) => problem[strategy]!),
        scores.flatMap((problem) => problem[reference]!),
      ),
    ),
    leader,
    behind: strategies.map((strategy) => ({
      value: values[strategy]! - values[leader]!,
      interval:
        resampled === null
          ? null
          : percentileInterval(
              resampled[strategy]!.map((rank, resample) => rank - resampled[leader]![resample]!),
              level / Math.max(1, count - 1),
            ),
    })),
  };
}

/** Ranks within each block, [block][strategy], from scores[strategy][block]. */
function blockRanks(scores: Scores): readonly Float64Array[] {
  return scores[0]!.map((_, block) => Float64Array.from(averageRanks(scores.map((ofStrategy) => ofStrategy[block]!))));
}

/** Adds to `components` the mean over problems of the mean over drawn blocks of each row of `ranks[problem][block]`. */
function addMeanRanks(ranks: readonly (readonly Float64Array[])[], drawn: readonly Int32Array[], components: Float64Array): void {
  for (let problem = 0; problem < ranks.length; problem += 1) {
    const rows = ranks[problem]!;
    const blocks = drawn[problem]!;
    const weight = 1 / (blocks.length * ranks.length);
    for (let place = 0; place < blocks.length; place += 1) addRow(rows[blocks[place]!]!, weight, components);
  }
}

function addRow(row: Float64Array, weight: number, components: Float64Array): void {
  for (let entry = 0; entry < row.length; entry += 1) components[entry] = components[entry]! + weight * row[entry]!;
}

function pooled(differences: readonly Scores[], strategy: number, drawn: readonly Int32Array[]): Float64Array {
  const pool = new Float64Array(drawn.reduce((sum, blocks) => sum + blocks.length, 0));
  let at = 0;
  drawn.forEach((blocks, problem) => {
    for (const block of blocks) {
      pool[at] = differences[problem]![strategy]![block]!;
      at += 1;
    }
  });
  return pool;
}

function enough(blocks: readonly Int32Array[]): boolean {
  return blocks.every((ofProblem) => ofProblem.length >= 2);
}

function ranksOverBudget(curves: readonly (readonly (readonly Float64Array[])[])[], key: Key): RanksOverBudget {
  const longest = curves.reduce((most, problem) => Math.max(most, problem[0]![0]!.length), 0);
  const positions = Math.min(longest, rankPositions);
  const shares = Array.from({ length: positions }, (_, position) => (position + 1) / positions);
  const count = curves[0]!.length;
  const ranks = curves.map((problem) =>
    problem[0]!.map((_, block) =>
      Float64Array.from(
        shares.flatMap((share) =>
          averageRanks(problem.map((ofStrategy) => ofStrategy[block]![stepAt(share, ofStrategy[block]!.length) - 1]!)),
        ),
      ),
    ),
  );
  const everything = ranks.map((blocks) => Int32Array.from(blocks, (_, block) => block));
  const values = new Float64Array(positions * count);
  addMeanRanks(ranks, everything, values);
  const resampled = enough(everything)
    ? bootstrap(
        key,
        everything.map((blocks) => blocks.length),
        resamples,
        positions * count,
        (drawn, components) => addMeanRanks(ranks, drawn, components),
      )
    : null;
  return {
    shares,
    meanRanks: Array.from({ length: count }, (_, strategy) =>
      shares.map((_share, position) => {
        const component = position * count + strategy;
        return { value: values[component]!, interval: resampled === null ? null : percentileInterval(resampled[component]!, level) };
      }),
    ),
  };
}

function overProblems(scores: readonly Scores[]): OverProblems | null {
  const difference = criticalDifference(scores[0]!.length, scores.length);
  if (difference === null) return null;
  const ranks = scores.map((problem) => averageRanks(problem.map((ofStrategy) => quartiles(ofStrategy).median)));
  return {
    meanRanks: scores[0]!.map((_, strategy) => sum(ranks.map((ofProblem) => ofProblem[strategy]!)) / ranks.length),
    criticalDifference: difference,
  };
}

/** The last step that a share of the budget pays for in full, at least 1; the allowance keeps 0.3 x 10 at 3. */
export function stepAt(share: number, budget: number): number {
  return Math.max(1, Math.floor(share * budget + 1e-9));
}

/** Comparisons with the reference, [problem][strategy]; null for the reference. */
function comparisons(scores: readonly Scores[], reference: number): readonly (readonly (Comparison | null)[])[] {
  const tests = scores.flatMap((problem, index) =>
    problem.flatMap((ofStrategy, strategy) => {
      if (strategy === reference) return [];
      const differences = ofStrategy.map((score, block) => pairedDifference(score, problem[reference]![block]!));
      const test = signedRank(differences);
      return [{ index, strategy, pairs: differences.length, test, factor: hodgesLehmann(Float64Array.from(differences)) }];
    }),
  );
  const adjusted = holm(tests.map(({ test }) => test.p));
  const table: (Comparison | null)[][] = scores.map((problem) => problem.map(() => null));
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

function orderOf(results: CampaignResults, final: Standing | null): readonly number[] {
  const order = results.strategies.map((_, index) => index);
  return final === null ? order : order.sort((a, b) => final.meanRanks[a]!.value - final.meanRanks[b]!.value || a - b);
}

function problemStrategy(
  results: CampaignResults,
  problem: number,
  strategy: number,
  curves: readonly (Float64Array | null)[],
  scores: Scores | undefined,
  comparison: Comparison | null,
): ProblemStrategy {
  const card = results.problems[problem]!;
  const present = curves.filter((curve) => curve !== null);
  const ranks = scores === undefined ? null : blockRanks(scores);
  const label = results.strategies[strategy]!.label;
  const most = card.budget * results.strategies[strategy]!.evaluationsPerStep;
  const runs = results.runs.filter((run) => run.problem === card.id && run.strategy === label);
  return {
    runs: present.length,
    failures: sum(runs.map((run) => run.values.filter((value) => value === null).length)),
    early: runs.filter((run) => run.values.length < most).length,
    belowOptimum: sum(runs.map((run) => run.values.filter((value) => value !== null && value < card.optimum - card.tolerance).length)),
    curve: present.length === 0 ? [] : Array.from({ length: card.budget }, (_, step) => quartiles(present.map((curve) => curve[step]!))),
    anytime: present.length === 0 ? null : quartiles(present.map((curve) => anytimeScore(curve, results.initialPoints))),
    meanRank: ranks === null ? null : sum(ranks.map((block) => block[strategy]!)) / ranks.length,
    comparison,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
