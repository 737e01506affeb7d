/** Section: the definition and the formula of every quantity in the report, in the order of the page. */
import { counted } from "@caviar-hpo/core/text";
import type { Analysis } from "../analysis/analysis.ts";
import { level } from "../confidence.ts";
import { capitalised, measureIn } from "../measure.ts";
import type { CampaignResults, ResourceBudget } from "../results.ts";
import { regretFloor } from "../statistics/logRegret.ts";
import { flips } from "../statistics/rankDifferences.ts";
import { tieTolerance } from "../statistics/ranks.ts";
import { type DefinedTerm, folded, type Section } from "./block.ts";
import { measureEntries } from "./measureDefinitions.ts";

export function definitions(analysis: Analysis): Section {
  const entries = glossary(analysis);
  return {
    id: "glossary",
    title: "Definitions",
    blocks: [folded([`The ${entries.length} quantities of this page, with their formulas`], { kind: "definitions", entries })],
  };
}

export function glossary(analysis: Analysis): readonly DefinedTerm[] {
  const { resource, initialPoints } = analysis.results;
  const measure = measureIn(analysis.results);
  return [
    ...(resource === undefined ? regretEntries(analysis.results) : [resourceEntry(resource), ...recommendationEntries(analysis.results)]),
    floorEntry(analysis, measure),
    ...(resource === undefined ? evaluationScores(initialPoints) : resourceScores(measure)),
    ...rankEntries,
    ...comparisonEntries(measure, analysis.family),
    ...measureEntries(analysis),
    {
      term: "Median and quartiles",
      formula: "type 7 of Hyndman and Fan",
      definition: `They are taken over the log ${measure}s of all seeds, and are linear between order statistics. The page says “no success” if such a value falls on a run without a successful evaluation.`,
    },
  ];
}

const regretOfBest: DefinedTerm = {
  term: "Regret",
  formula: "r(t) = min { f(x_j) : j ≤ k t } − f*",
  definition:
    "The difference between the best evaluation so far and the certified minimum f* of the problem, without noise. A strategy that spends k evaluations per step has made k t evaluations after t counted steps. A failed evaluation counts, but it improves nothing. A strategy that stops early keeps its best value.",
};

/** Under noise, a run is judged by what the strategy recommends, because it cannot know which of its points is the best. */
function regretEntries({ runs }: CampaignResults): readonly DefinedTerm[] {
  const noisy = runs.filter(({ recommended }) => recommended !== undefined).length;
  const recommended: DefinedTerm = {
    term: "Regret of the recommendation",
    formula: "r(t) = f(x̂(k t)) − f*",
    definition:
      "The strategy hears noisy values. x̂(n) is the configuration that it recommends after n evaluations: the one with the best value that it was told, or another one if the strategy has a model of the noise. f is evaluated again without noise. The best of the evaluated points does not count, because the strategy does not know which it is. So r can rise. A strategy that spends k evaluations per step has made k t evaluations after t counted steps.",
  };
  if (noisy === 0) return [regretOfBest];
  return noisy === runs.length ? [recommended] : [regretOfBest, recommended];
}

function resourceEntry({ workers }: ResourceBudget): DefinedTerm {
  return {
    term: "Resource",
    formula: "t = Σ (until − from) / R",
    definition: `The budget: the amount of training, in units of one training to the highest fidelity R. A job that continues from a checkpoint spends only the training that it adds. On a problem that cannot be resumed, each job starts from scratch (from = 0), so it spends the earlier training again. An interrupted job counts with the training that it spent. A failed job counts up to the measurement that showed the failure. The sum is over ${workers === 1 ? "the one worker" : `all ${workers} workers`}. It measures what a search costs, not how long it takes.`,
  };
}

/** If the minimum is unknown, the page shows the values themselves. It subtracts nothing, and calls nothing a regret. */
function recommendationEntries(results: CampaignResults): readonly DefinedTerm[] {
  const regret: DefinedTerm = {
    term: "Regret of the recommendation",
    formula: "r(t) = f(x̂(k t)) − f*",
    definition: recommendationWords("without the noise that the run measured"),
  };
  return [
    ...(results.problems.some(({ measure }) => measure === undefined) ? [regret] : []),
    ...openMeasures(results).map((measure) => ({
      term: `${capitalised(measure)} of the recommendation`,
      formula: "r(t) = f(x̂(k t))",
      definition: `The ${measure} itself. Its least possible value is unknown, so there is no regret. ${recommendationWords("measured on the test rows, which no strategy sees, and not on the validation rows")}`,
    })),
  ];
}

function recommendationWords(how: string): string {
  return `x̂(t) is the configuration that the run would return after it has spent the resource t. It is the best of the trials that have not failed and were measured at the highest fidelity that any trial has reached. f is its value after training in full, ${how}. The budget does not pay for that training. So r can rise: a trial that trains further than all others takes the lead even if it is worse, and a measurement can mislead. Only the configuration that the run would return at t counts. A strategy that may spend k times the budget has spent k t at t. A strategy that stops early keeps its recommendation.`;
}

/** The measures of the problems whose minimum is unknown. */
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
    definition: `${capitalised(measure)}s below the floor ε cannot be distinguished, because ${floorReason(analysis.results)}. The page shows them as “≤ ε”, and they tie. ${here}`,
  };
}

function floorReason(results: CampaignResults): string {
  const known = results.problems.some(({ measure }) => measure === undefined) ? ["f* is known only to that precision"] : [];
  return [...known, ...openMeasures(results).map(() => "two different errors on the test rows differ by at least one row")].join(", and ");
}

function evaluationScores(initialPoints: number): readonly DefinedTerm[] {
  return [
    {
      term: "Final budget",
      formula: "y(T)",
      definition: "The log regret after all T counted evaluations of a run on the problem.",
    },
    {
      term: "Anytime score",
      formula: "A = (T − t₀)⁻¹ Σ y(t),  t = t₀ + 1 … T",
      definition: `The mean log regret over the budget that remains after the initial design that all strategies share (t₀ = ${initialPoints}). It is the exact integral of the step function, without interpolation. Lower is better. It is infinite if a counted step comes before the first success.`,
    },
  ];
}

function resourceScores(measure: string): readonly DefinedTerm[] {
  return [
    { term: "Final budget", formula: "y(T)", definition: `The log ${measure} after T full trainings are spent.` },
    {
      term: "Anytime score",
      formula: "A = mean of y(t) over the shown amounts t from 1 to T",
      definition: `The mean log ${measure} over the logarithm of the resource, from one full training on. Before that, a search that trains every configuration in full has nothing to recommend. Lower is better. It is infinite if an amount comes before the first recommendation.`,
    },
  ];
}

const rankEntries: readonly DefinedTerm[] = [
  {
    term: "Block",
    formula: "(problem, seed)",
    definition:
      "On one problem and with one seed, all strategies share the same random draws. So the report compares their runs within the block. It uses only complete blocks, in which every strategy has a run.",
  },
  {
    term: "Mean rank",
    formula: "R̄_s = P⁻¹ Σ_p n_p⁻¹ Σ_i rank of s in block (p, i)",
    definition: `The report ranks the strategies within each block; rank 1 is the smallest score. Scores within ${tieTolerance} (log₁₀) tie and share the average of their places. The mean is over the blocks of each problem first, and then over problems. It does not depend on the scale of a problem, but it depends on which strategies take part.`,
  },
  {
    term: `Interval of a mean rank (${100 * (1 - level)} %)`,
    formula: "R̄ ± t √V,  V = P⁻² Σ_p s_p² / n_p",
    definition:
      "Student’s interval with Σ (n_p − 1) degrees of freedom, or Wilson’s interval where that one is wider, because seeds that all agree do not prove that other seeds would. It takes the problems as given, and estimates what other seeds would give on them.",
  },
  {
    term: "Behind the first",
    formula: "D = R̄_s − R̄_first,  ahead if |D| > c √V",
    definition: `The difference of two mean ranks, paired by block. The data choose the first strategy, so its comparison is one of all pairs, and the intervals hold for all pairs at once. c is the value that the largest |D| / √V of all pairs exceeds with a chance of at most ${level} if strategies are equal. The report finds it by exchanging equal strategies: it flips the signs of the differences in whole blocks at random, ${flips} times. It calls a strategy ahead only if such an interval leaves out zero.`,
  },
];

function comparisonEntries(measure: string, family: number): readonly DefinedTerm[] {
  return [
    {
      term: `${capitalised(measure)} relative to the reference`,
      formula: "10^HL,  HL = median of (d_a + d_b)/2,  d = y_s − y_reference",
      definition: `The Hodges–Lehmann estimate of the paired log-${measure} differences over the blocks of one problem, as a factor, with the exact interval of the signed-rank test (Hollander, Wolfe and Chicken 2014). For example, 0.5 means that the strategy typically has half the ${measure} of the reference on the same problem and seed.`,
    },
    {
      term: "Won–tied–lost",
      formula: "blocks with y_s < y_ref, = y_ref, > y_ref",
      definition:
        "The number of blocks that the strategy won, tied and lost against the reference at the final budget. Ties are those of the ranks.",
    },
    {
      term: "p (Holm)",
      formula: "2 P(W ≤ min(W⁺, W⁻)), adjusted",
      definition: `The exact two-sided Wilcoxon signed-rank test of the paired log ${measure}s of one problem against the reference at the final budget. Zeros are treated as Pratt proposed. Holm’s method corrects the p-values over the family of ${family} comparisons (problems × strategies). The page says “not testable” if even the most extreme outcome could not reach ${level} with that number of seeds or differing pairs.`,
    },
  ];
}
