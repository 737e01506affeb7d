/** Section: every quantity of the report with its definition and formula, in the order in which the page uses them. */
import type { Analysis } from "../analysis/analysis.ts";
import { level, resamples } from "../confidence.ts";
import { counted } from "../format.ts";
import { capitalised, measureIn } from "../measure.ts";
import type { CampaignResults, ResourceBudget } from "../results.ts";
import { regretFloor } from "../statistics/logRegret.ts";
import { tieTolerance } from "../statistics/ranks.ts";
import type { DefinedTerm, Section } from "./block.ts";

export function definitions(analysis: Analysis): Section {
  return { id: "glossary", title: "Definitions", blocks: [{ kind: "definitions", entries: glossary(analysis) }] };
}

export function glossary(analysis: Analysis): readonly DefinedTerm[] {
  const { resource, initialPoints } = analysis.results;
  const measure = measureIn(analysis.results);
  return [
    ...(resource === undefined ? [regretOfBest] : [resourceEntry(resource), ...recommendationEntries(analysis.results)]),
    floorEntry(analysis, measure),
    ...(resource === undefined ? evaluationScores(initialPoints) : resourceScores(measure)),
    ...rankEntries,
    ...comparisonEntries(measure, analysis.family),
    ...(resource === undefined ? [] : speedUpEntries(measure)),
    {
      term: "Median and quartiles",
      formula: "type 7 of Hyndman and Fan",
      definition: `Of the log ${measure}s over seeds, linear between order statistics. It is “no success” where it falls on runs without a successful evaluation.`,
    },
  ];
}

const regretOfBest: DefinedTerm = {
  term: "Regret",
  formula: "r(t) = min { f(x_j) : j ≤ k t } − f*",
  definition:
    "How far the best evaluation so far is above the certified minimum f* of the problem, without noise. A strategy that spends k evaluations per step has made k t of them after t counted steps. A failed evaluation is counted and improves nothing. A strategy that stops early keeps its best value.",
};

function resourceEntry({ workers }: ResourceBudget): DefinedTerm {
  return {
    term: "Resource",
    formula: "t = Σ (until − from) / R",
    definition: `The budget: how much was trained, in units of one training to the highest fidelity R. A job that continues from a checkpoint spends only what it adds. Where the problem cannot be resumed, a job starts from scratch (from = 0) and spends all of it again. Interrupted jobs count with what they spent; failed jobs count up to the measurement that showed the failure. The sum is over ${workers === 1 ? "the one worker" : `all ${workers} workers`}: it says what a search costs, not how long it takes.`,
  };
}

/** Where the minimum is unknown, values are shown themselves: nothing is subtracted, and nothing is called a regret. */
function recommendationEntries(results: CampaignResults): readonly DefinedTerm[] {
  const regret: DefinedTerm = {
    term: "Regret of the recommendation",
    formula: "r(t) = f(x̂(k t)) − f*",
    definition: recommendationWords("without noise, whatever the run measured"),
  };
  return [
    ...(results.problems.some(({ measure }) => measure === undefined) ? [regret] : []),
    ...openMeasures(results).map((measure) => ({
      term: `${capitalised(measure)} of the recommendation`,
      formula: "r(t) = f(x̂(k t))",
      definition: `The ${measure} itself. Its least possible value is unknown, so there is no regret. ${recommendationWords("measured on the test rows, which no strategy sees, whatever the validation rows said")}`,
    })),
  ];
}

function recommendationWords(how: string): string {
  return `x̂(t) is the configuration that the run would return once the resource t is spent: the best among the trials that have not failed and were measured at the highest fidelity that any trial has reached. f is its value after training in full, ${how}; that training is not charged. So r can rise: a trial that is trained further than all others takes the lead even if it is worse, and a measurement can mislead. A configuration that the run would no longer return does not count. A strategy that may spend k times the budget has spent k t at t. A strategy that stops early keeps its recommendation.`;
}

/** What is measured on problems whose minimum is unknown. */
function openMeasures({ problems }: CampaignResults): readonly string[] {
  return [...new Set(problems.flatMap(({ measure }) => (measure === undefined ? [] : [measure])))];
}

function floorEntry(analysis: Analysis, measure: string): DefinedTerm {
  const raised = analysis.problems.filter(({ card }) => regretFloor(card) > 1e-10).length;
  const here =
    raised === 0
      ? "Here the floor is 1e-10 on every problem."
      : `Here it is above 1e-10 on ${counted(raised, "problem")}; the problem cards state it.`;
  return {
    term: `Log ${measure} and its floor`,
    formula: "y(t) = log₁₀ max(r(t), ε),  ε = max(1e-10, 10 × tolerance of f*)",
    definition: `${capitalised(measure)}s below the floor ε cannot be told apart, because ${floorReason(analysis.results)}. They are shown as “≤ ε” and tie. ${here}`,
  };
}

function floorReason(results: CampaignResults): string {
  const known = results.problems.some(({ measure }) => measure === undefined) ? ["f* is not known more precisely"] : [];
  return [...known, ...openMeasures(results).map(() => "half a row of test data is less than can be seen")].join(", or ");
}

function evaluationScores(initialPoints: number): readonly DefinedTerm[] {
  return [
    {
      term: "Final budget",
      formula: "y(T)",
      definition: "The log regret after all T counted evaluations of the problem.",
    },
    {
      term: "Anytime score",
      formula: "A = (T − t₀)⁻¹ Σ y(t),  t = t₀ + 1 … T",
      definition: `The mean log regret over the budget after the initial design that all strategies share (t₀ = ${initialPoints}): the exact integral of the step function, without interpolation. Lower is better. A counted step before the first success makes it infinite.`,
    },
  ];
}

function resourceScores(measure: string): readonly DefinedTerm[] {
  return [
    { term: "Final budget", formula: "y(T)", definition: `The log ${measure} once T full trainings are spent.` },
    {
      term: "Anytime score",
      formula: "A = mean of y(t) over the shown amounts t from 1 to T",
      definition: `The mean log ${measure} over the logarithm of the resource, from one full training on: only then does a search that trains every configuration in full have something to recommend. Lower is better. An amount before the first recommendation makes it infinite.`,
    },
  ];
}

const rankEntries: readonly DefinedTerm[] = [
  {
    term: "Block",
    formula: "(problem, seed)",
    definition:
      "All strategies share what one seed draws on one problem, so their runs are compared within the block. Comparisons use complete blocks only: those in which every strategy has a run.",
  },
  {
    term: "Mean rank",
    formula: "R̄_s = P⁻¹ Σ_p n_p⁻¹ Σ_i rank of s in block (p, i)",
    definition: `Within a block the strategies are ranked, 1 for the smallest score. Scores within ${tieTolerance} (log₁₀) tie and share the average of their places. The mean is taken over the blocks of a problem, then over problems. It does not depend on the scale of a problem, but it does depend on which strategies take part.`,
  },
  {
    term: `Interval (${100 * (1 - level)} %)`,
    formula: `percentiles ${50 * level} and ${100 - 50 * level} of ${resamples} resamples`,
    definition:
      "Stratified, paired percentile bootstrap: seeds are drawn again within each problem, with the same draw for all strategies and fixed problems. It says what other seeds would give on these problems. The resampler’s seed is derived from the data hash.",
  },
  {
    term: "Behind the first",
    formula: "R̄_s − R̄_first",
    definition: `Difference of the mean ranks in the same resamples. Its intervals hold for all strategies at once (Bonferroni: level ${level} over the number of comparisons). The report calls a strategy ahead only where such an interval leaves out zero. No correction is made for the fact that the same data chose the first.`,
  },
];

function comparisonEntries(measure: string, family: number): readonly DefinedTerm[] {
  return [
    {
      term: `${capitalised(measure)} relative to the reference`,
      formula: "10^HL,  HL = median of (d_a + d_b)/2,  d = y_s − y_reference",
      definition: `Hodges–Lehmann estimate of the paired log-${measure} differences over all blocks, as a factor: 0.5 means that the strategy typically has half the reference’s ${measure} on the same problem and seed.`,
    },
    {
      term: "Won–tied–lost",
      formula: "blocks with y_s < y_ref, = y_ref, > y_ref",
      definition: "Against the reference at the final budget, with the same ties as the ranks.",
    },
    {
      term: "p (Holm)",
      formula: "2 P(W ≤ min(W⁺, W⁻)), adjusted",
      definition: `Exact two-sided Wilcoxon signed-rank test of the paired log ${measure}s of one problem against the reference at the final budget, zeros by Pratt, corrected by Holm over the family of ${family} comparisons (problems × strategies). It is “not testable” where even the most extreme outcome of that many seeds or differing pairs could not reach ${level}.`,
    },
  ];
}

function speedUpEntries(measure: string): readonly DefinedTerm[] {
  return [
    {
      term: "Resource to the reference’s quality",
      formula: "T_s = least t with #{i: z_s,i(u) ≤ τ} ≥ n / 2 for all u from t to T,  τ = median_i z_ref,i(T)",
      definition: `z(t) is the log ${measure} of the model that t pays for: the last recommendation of the run that can also be trained in full within t. A recommendation that has been trained in part is charged the rest, or all of it where the problem cannot be resumed. So naming a configuration that has hardly been trained gains nothing, and a search that trains everything in full is charged nothing more. From T_s to the end of the budget, at least half of the runs are as good as the median run of the reference is at the end; a quality that is lost again does not count. Where fewer than half of the runs have it at T, it is not reached, and what it would take is not known. T_s is known to one step of the shown amounts. Its interval draws seeds again for τ and T_s together.`,
    },
    {
      term: "Speed-up",
      formula: "T_ref / T_s",
      definition:
        "How many times as much resource the reference needs. The reference is measured in the same way: it reaches its final quality somewhat before T, so T / T_s would flatter every strategy, the reference included. The median over problems counts “not reached” as 0.",
    },
  ];
}
