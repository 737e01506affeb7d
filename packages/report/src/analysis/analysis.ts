/**
 * The analysis: every number that a page shows, computed once from the results. A block is one (problem, seed). It is complete if every
 * strategy has a run in it. Comparisons use only complete blocks, so that no strategy gains from runs that another strategy lacks.
 */
import { derive, root } from "@caviar-hpo/core";
import { checkResults, runName } from "../checkResults.ts";
import type { CampaignResults, ProblemFacts, RunResult } from "../results.ts";
import { anytimeScore } from "../statistics/anytime.ts";
import { logRegretCurve, valueCurve } from "../statistics/curve.ts";
import { type Quartiles, quartiles } from "../statistics/quartiles.ts";
import { axisOf, type CurveAxis } from "./axis.ts";
import { type Calibration, calibrations } from "./calibration.ts";
import { comparisons, type ReferenceComparison } from "./comparisons.ts";
import { type Completeness, completeness } from "./completeness.ts";
import { type Control, controls, withoutTwins } from "./control.ts";
import { type Measures, measures } from "./measures.ts";
import { type OtherAxis, otherAxes } from "./otherAxes.ts";
import { type Overhead, overhead } from "./overhead.ts";
import { type OverProblems, overProblems } from "./overProblems.ts";
import { problemBlocks } from "./problemBlocks.ts";
import { type RanksOverBudget, ranksOverBudget } from "./ranksOverBudget.ts";
import { blockRanks, type Scores } from "./scores.ts";
import { type RankStanding, standing } from "./standing.ts";

export type Analysis = {
  /** Without the twins, which only `controls` and `campaign` hold. */
  readonly results: CampaignResults;
  /** All results. */
  readonly campaign: CampaignResults;
  /** One entry per twin, in the order of the campaign. */
  readonly controls: readonly Control[];
  /** The index of the strategy that all others are compared with: the one with the label `random`, else the first. */
  readonly reference: number;
  /** Strategies by mean rank at the final budget, best first. The order of the campaign if there are no ranks. */
  readonly order: readonly number[];
  readonly problems: readonly ProblemAnalysis[];
  /** Complete blocks over all problems, of `blocksMeant`. */
  readonly blocks: number;
  readonly blocksMeant: number;
  /** Null if no block is complete. */
  readonly final: RankStanding | null;
  readonly anytime: RankStanding | null;
  readonly ranksOverBudget: RanksOverBudget | null;
  /** Null if no block is complete. */
  readonly measures: Measures | null;
  /** The curves over axes that the plan does not declare. */
  readonly otherAxes: readonly OtherAxis[];
  /** Null if no run has times. */
  readonly overhead: Overhead | null;
  /** One entry per strategy that predicted values. */
  readonly calibrations: readonly Calibration[];
  /** Null if the table of critical differences has no entry, or if a problem has no complete block. */
  readonly overProblems: OverProblems | null;
  /** The number of comparisons in the family that Holm's correction covers. */
  readonly family: number;
};

export type ProblemAnalysis = {
  readonly card: ProblemFacts;
  readonly axis: CurveAxis;
  /** Positions in `results.seeds` whose block is complete. */
  readonly complete: readonly number[];
  /** One entry per strategy, in the order of the campaign. */
  readonly strategies: readonly ProblemStrategy[];
};

export type ProblemStrategy = Completeness & {
  /** The number of values below the certified minimum by more than its tolerance. */
  readonly belowOptimum: number;
  /** Quartiles over seeds of the log10 regret at each position of the axis; empty without runs. */
  readonly curve: readonly Quartiles[];
  readonly anytime: Quartiles | null;
  /** Mean rank over the complete blocks of this problem at the final budget. */
  readonly meanRank: number | null;
  /** The comparison with the reference at the final budget, over complete blocks; null for the reference itself. */
  readonly comparison: ReferenceComparison | null;
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

/** Runs of one problem, [strategy][seed]; null where a run is missing. */
type ProblemRuns = readonly (readonly (RunResult | null)[])[];

function computeAnalysis(campaign: CampaignResults): Analysis {
  const results = withoutTwins(campaign);
  const key = root(`report ${results.dataHash}`);
  const labelled = results.strategies.findIndex((strategy) => strategy.label === "random");
  const reference = Math.max(0, labelled);
  const axes = results.problems.map((problem) => axisOf(results, problem));
  const runs = runsByProblem(results);
  // What runs are judged by, and its log regret, [problem][strategy][seed].
  const values = runs.map((ofProblem, index) =>
    ofProblem.map((ofStrategy, strategy) =>
      ofStrategy.map((run) => (run === null ? null : valueCurve(results.strategies[strategy]!, run, axes[index]!.positions))),
    ),
  );
  const curves = values.map((ofProblem, index) =>
    ofProblem.map((ofStrategy) => ofStrategy.map((curve) => (curve === null ? null : logRegretCurve(results.problems[index]!, curve)))),
  );
  const complete = runs.map((ofProblem) =>
    results.seeds.map((_, seed) => seed).filter((seed) => ofProblem.every((ofStrategy) => ofStrategy[seed] !== null)),
  );
  const usable = results.problems.map((_, index) => index).filter((index) => complete[index]!.length > 0);
  const ofBlocks = <T>(all: readonly (readonly (readonly (T | null)[])[])[]): readonly (readonly (readonly T[])[])[] =>
    usable.map((index) => all[index]!.map((ofStrategy) => complete[index]!.map((seed) => ofStrategy[seed]!)));
  const blockCurves = ofBlocks(curves);
  const blockRuns = ofBlocks(runs);
  const blocks = usable.map((index, place) => {
    const seeds = complete[index]!.map((seed) => results.seeds[seed]!);
    return problemBlocks({ strategies: results.strategies, seeds }, results.problems[index]!, blockRuns[place]!);
  });
  const finalValues = ofBlocks(values).map((problem) => problem.map((ofStrategy) => ofStrategy.map((curve) => curve[curve.length - 1]!)));
  const finalScores = blockCurves.map((problem) => problem.map((ofStrategy) => ofStrategy.map((curve) => curve[curve.length - 1]!)));
  const anytimeScores = blockCurves.map((problem, place) =>
    problem.map((ofStrategy) => ofStrategy.map((curve) => anytimeScore(curve, axes[usable[place]!]!.anytimeFrom))),
  );
  const final = finalScores.length > 0 ? standing(finalScores, reference, derive(key, "seeds")) : null;
  const compared = comparisons(finalScores, reference);
  return {
    results,
    campaign,
    controls: controls(campaign, derive(key, "control")),
    reference,
    order: orderOf(results, final),
    problems: results.problems.map((card, index) => {
      const place = usable.indexOf(index);
      return {
        card,
        axis: axes[index]!,
        complete: complete[index]!,
        strategies: results.strategies.map((_, strategy) =>
          problemStrategy(
            results,
            index,
            axes[index]!,
            strategy,
            curves[index]![strategy]!,
            finalScores[place],
            compared[place]?.[strategy] ?? null,
          ),
        ),
      };
    }),
    blocks: complete.reduce((sum, seeds) => sum + seeds.length, 0),
    blocksMeant: results.problems.length * results.seeds.length,
    final,
    anytime: final === null ? null : standing(anytimeScores, reference, derive(key, "seeds")),
    ranksOverBudget: final === null ? null : ranksOverBudget(blockCurves),
    otherAxes: otherAxes(results),
    measures: final === null ? null : measures(blocks, finalValues, reference),
    overhead: overhead(results, { runs: blockRuns, curves: blockCurves }, reference),
    calibrations: calibrations(results),
    overProblems: usable.length === results.problems.length ? overProblems(finalScores) : null,
    family: compared.flat().filter((comparison) => comparison !== null).length,
  };
}

function runsByProblem(results: CampaignResults): readonly ProblemRuns[] {
  const runs = new Map(results.runs.map((run) => [runName(run), run]));
  return results.problems.map(({ id }) =>
    results.strategies.map(({ label }) => results.seeds.map((seed) => runs.get(runName({ problem: id, strategy: label, seed })) ?? null)),
  );
}

function orderOf(results: CampaignResults, final: RankStanding | null): readonly number[] {
  const order = results.strategies.map((_, index) => index);
  return final === null ? order : order.sort((a, b) => final.meanRanks[a]!.value - final.meanRanks[b]!.value || a - b);
}

function problemStrategy(
  results: CampaignResults,
  problem: number,
  axis: CurveAxis,
  strategy: number,
  curves: readonly (Float64Array | null)[],
  scores: Scores | undefined,
  comparison: ReferenceComparison | null,
): ProblemStrategy {
  const card = results.problems[problem]!;
  const present = curves.filter((curve) => curve !== null);
  const ranks = scores === undefined ? null : blockRanks(scores);
  const runs = results.runs.filter((run) => run.problem === card.id && run.strategy === results.strategies[strategy]!.label);
  return {
    ...completeness(results, card, results.strategies[strategy]!),
    belowOptimum: sum(runs.map((run) => run.values.filter((value) => value !== null && value < card.optimum - card.tolerance).length)),
    curve: present.length === 0 ? [] : axis.positions.map((_, step) => quartiles(present.map((curve) => curve[step]!))),
    anytime: present.length === 0 ? null : quartiles(present.map((curve) => anytimeScore(curve, axis.anytimeFrom))),
    meanRank: ranks === null ? null : sum(ranks.map((block) => block[strategy]!)) / ranks.length,
    comparison,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
