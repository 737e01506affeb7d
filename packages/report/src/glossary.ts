/** Every quantity of the report with its definition and formula, in the order in which the pages use them. */
import type { Analysis } from "./analysis/analysis.ts";
import { level, resamples } from "./confidence.ts";
import { floorWords } from "./findings.ts";
import { tieTolerance } from "./statistics/ranks.ts";

export type GlossaryEntry = { readonly term: string; readonly formula: string; readonly definition: string };

export function glossary(analysis: Analysis): readonly GlossaryEntry[] {
  const { initialPoints } = analysis.results;
  const confidence = `${100 * (1 - level)} %`;
  return [
    {
      term: "Regret",
      formula: "r(t) = min { f(x_j) : j ≤ k t } − f*",
      definition:
        "How far the best evaluation so far is above the certified minimum f* of the problem, without noise. A strategy that spends k evaluations a step has made k t of them after t counted steps. A failed evaluation is counted and improves nothing; a strategy that is done early keeps its best value.",
    },
    {
      term: "Log regret and its floor",
      formula: "y(t) = log₁₀ max(r(t), ε),  ε = max(1e-10, 10 × tolerance of f*)",
      definition: `Regrets below the floor ε are not told apart, because f* is not known better; they are shown as “≤ ε” and tie. ${floorWords(analysis)}`,
    },
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
      term: "Regret relative to the reference",
      formula: "10^HL,  HL = median of (d_a + d_b)/2,  d = y_s − y_reference",
      definition:
        "Hodges–Lehmann estimate of the paired log-regret differences over all blocks, as a factor: 0.5 means that the strategy typically has half the reference’s regret on the same problem and seed.",
    },
    {
      term: "Won–tied–lost",
      formula: "blocks with y_s < y_ref, = y_ref, > y_ref",
      definition: "Against the reference at the final budget, with the same ties as the ranks.",
    },
    {
      term: "p (Holm)",
      formula: "2 P(W ≤ min(W⁺, W⁻)), adjusted",
      definition: `Exact two-sided Wilcoxon signed-rank test of the paired log regrets of one problem against the reference at the final budget, zeros by Pratt, corrected by Holm over the family of ${analysis.family} comparisons (problems × strategies). “Not testable” where even the most extreme outcome of that many seeds or differing pairs could not reach ${level}.`,
    },
    {
      term: "Median and quartiles",
      formula: "type 7 of Hyndman and Fan",
      definition:
        "Of the log regrets over seeds, linear between order statistics. “No success” where it falls on runs in which nothing was evaluated successfully.",
    },
  ];
}
