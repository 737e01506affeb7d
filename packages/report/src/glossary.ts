/** Every quantity of the report with its definition and formula, in the order in which the pages use them. */
import type { Analysis } from "./analysis/analysis.ts";
import { level, resamples } from "./confidence.ts";
import { floorWords } from "./findings.ts";
import { capitalised, measureIn } from "./measure.ts";
import type { CampaignResults, ResourceBudget } from "./results.ts";
import { tieTolerance } from "./statistics/ranks.ts";

export type GlossaryEntry = { readonly term: string; readonly formula: string; readonly definition: string };

export function glossary(analysis: Analysis): readonly GlossaryEntry[] {
  const { resource } = analysis.results;
  const measure = measureIn(analysis.results);
  const confidence = `${100 * (1 - level)} %`;
  return [
    ...(resource === undefined ? [] : resourceEntries(resource)),
    ...(resource === undefined ? [regretOfBest] : recommendationEntries(analysis.results)),
    {
      term: `Log ${measure} and its floor`,
      formula: "y(t) = log₁₀ max(r(t), ε),  ε = max(1e-10, 10 × tolerance of f*)",
      definition: `${capitalised(measure)}s below the floor ε are not told apart, because ${floorReason(analysis.results)}; they are shown as “≤ ε” and tie. ${floorWords(analysis)}`,
    },
    ...(resource === undefined ? evaluationScores(analysis.results.initialPoints) : resourceScores(measure)),
    {
      term: "Block",
      formula: "(problem, seed)",
      definition:
        "What one seed draws on one problem is shared by all strategies, so their runs are compared within the block. Comparisons use complete blocks only, those in which every strategy has a run.",
    },
    {
      term: "Mean rank",
      formula: "R̄_s = P⁻¹ Σ_p n_p⁻¹ Σ_i rank of s in block (p, i)",
      definition: `Within a block the strategies are ranked, 1 for the smallest score; scores within ${tieTolerance} (log₁₀) tie and share the average of their places. The mean is taken over the blocks of a problem, then over problems. It does not depend on the scale of a problem, but it does depend on which strategies take part.`,
    },
    {
      term: `Interval (${confidence})`,
      formula: `percentiles ${50 * level} and ${100 - 50 * level} of ${resamples} resamples`,
      definition:
        "Stratified, paired percentile bootstrap: seeds are drawn again within each problem, the same draw for all strategies, problems fixed. It says what other seeds would give on these problems. The resampler’s seed is derived from the data hash.",
    },
    {
      term: "Behind the first",
      formula: "R̄_s − R̄_first",
      definition: `Difference of the mean ranks in the same resamples. Its intervals hold for all strategies at once (Bonferroni: level ${level} over the number of comparisons); only where such an interval leaves out zero does the report call a strategy ahead. That the first was chosen by the same data is not corrected for.`,
    },
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
      definition: `Exact two-sided Wilcoxon signed-rank test of the paired log ${measure}s of one problem against the reference at the final budget, zeros by Pratt, corrected by Holm over the family of ${analysis.family} comparisons (problems × strategies). “Not testable” where even the most extreme outcome of that many seeds or differing pairs could not reach ${level}.`,
    },
    ...(resource === undefined ? [] : speedUpEntries(measure)),
    {
      term: "Median and quartiles",
      formula: "type 7 of Hyndman and Fan",
      definition: `Of the log ${measure}s over seeds, linear between order statistics. “No success” where it falls on runs in which nothing was evaluated successfully.`,
    },
  ];
}

const regretOfBest: GlossaryEntry = {
  term: "Regret",
  formula: "r(t) = min { f(x_j) : j ≤ k t } − f*",
  definition:
    "How far the best evaluation so far is above the certified minimum f* of the problem, without noise. A strategy that spends k evaluations a step has made k t of them after t counted steps. A failed evaluation is counted and improves nothing; a strategy that is done early keeps its best value.",
};

/** Where nobody knows a minimum, values stand for themselves: nothing is subtracted, and nothing is called a regret. */
function recommendationEntries(results: CampaignResults): readonly GlossaryEntry[] {
  const regret: GlossaryEntry = {
    term: "Regret of the recommendation",
    formula: "r(t) = f(x̂(k t)) − f*",
    definition: recommendationWords("without noise, whatever it was measured to be"),
  };
  return [
    ...(results.problems.some(({ measure }) => measure === undefined) ? [regret] : []),
    ...openMeasures(results).map((measure) => ({
      term: `${capitalised(measure)} of the recommendation`,
      formula: "r(t) = f(x̂(k t))",
      definition: `The ${measure} itself, since nobody knows the least there is: no regret. ${recommendationWords("judged by the test rows, which no strategy sees, whatever the validation rows said")}`,
    })),
  ];
}

function recommendationWords(how: string): string {
  return `x̂(t) is the configuration that the run would return once the resource t is spent: the best value among the trials that were measured at the highest fidelity that any trial has reached, and that have not failed. f is what it comes to when it is trained in full, ${how}; that is not charged. So r may rise: when a trial goes further than all others it takes the lead, and it need not be as good; and a measurement may deceive. Nothing is remembered that the run would not return. A strategy that may spend k times the budget has spent k t at t; one that is done early keeps its recommendation.`;
}

/** What is measured on problems whose minimum nobody knows. */
function openMeasures({ problems }: CampaignResults): readonly string[] {
  return [...new Set(problems.flatMap(({ measure }) => (measure === undefined ? [] : [measure])))];
}

function floorReason(results: CampaignResults): string {
  const known = results.problems.some(({ measure }) => measure === undefined) ? ["f* is not known better"] : [];
  return [...known, ...openMeasures(results).map(() => "half a row of test data is less than can be seen")].join(", or ");
}

function evaluationScores(initialPoints: number): readonly GlossaryEntry[] {
  return [
    {
      term: "Final budget",
      formula: "y(T)",
      definition: "The log regret after all T counted evaluations of the problem.",
    },
    {
      term: "Anytime score",
      formula: "A = (T − t₀)⁻¹ Σ y(t),  t = t₀ + 1 … T",
      definition: `The mean log regret over the budget after the initial design that all strategies share (t₀ = ${initialPoints}): the exact integral of the step function, nothing interpolated. Lower is better; a counted step before the first success makes it infinite.`,
    },
  ];
}

function resourceScores(measure: string): readonly GlossaryEntry[] {
  return [
    { term: "Final budget", formula: "y(T)", definition: `The log ${measure} once T full trainings are spent.` },
    {
      term: "Anytime score",
      formula: "A = mean of y(t) over the shown amounts t from 1 to T",
      definition: `The mean log ${measure} over the logarithm of the resource, from one full training on, which is when a search that trains everything to the end has something to recommend. Lower is better; an amount before the first recommendation makes it infinite.`,
    },
  ];
}

function resourceEntries({ workers }: ResourceBudget): readonly GlossaryEntry[] {
  return [
    {
      term: "Resource",
      formula: "t = Σ (until − from) / R",
      definition: `The budget: what was trained, in units of one training to the highest fidelity R. A job that goes on from a checkpoint spends what is new; where the problem cannot be resumed it starts from scratch (from = 0) and spends all of it again. What a job spent that was broken off counts, and so do failed ones, up to the measurement that showed it. It is summed over ${workers === 1 ? "the one worker" : `all ${workers} workers`}: it says what a search costs, not how long one waits.`,
    },
  ];
}

function speedUpEntries(measure: string): readonly GlossaryEntry[] {
  return [
    {
      term: "Resource to the reference’s quality",
      formula: "T_s = least t with #{i: z_s,i(u) ≤ τ} ≥ n / 2 for all u from t to T,  τ = median_i z_ref,i(T)",
      definition: `z(t) is the log ${measure} of the model that can be had for t: what the run recommended last of what can be trained in full as well for that; a recommendation that has been trained in part is charged the rest (all of it where the problem cannot be resumed). So no strategy gains from naming a configuration that it has hardly trained, and a search that trains everything to the end is charged nothing more. From T_s to the end of the budget at least half of the runs are as good as the median run of the reference in the end; what is lost again does not count. Where half of the runs are not there at T it is not reached, and what it would take is not known. Known to one step of the shown amounts. Its interval draws seeds again for τ and T_s together.`,
    },
    {
      term: "Speed-up",
      formula: "T_ref / T_s",
      definition:
        "By which factor the reference needs more, itself measured in the same way: it is there somewhat before T, so that T / T_s would flatter every strategy, the reference included. The median over problems takes “not reached” for 0.",
    },
  ];
}
