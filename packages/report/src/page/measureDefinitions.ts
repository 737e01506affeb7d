/** The definitions of the measures that do not depend on which strategies take part, and of speed-ups. */
import type { Analysis } from "../analysis/analysis.ts";
import type { Measures } from "../analysis/measures.ts";
import { level } from "../confidence.ts";
import { grouped } from "../format.ts";
import { budgetUnit } from "../measure.ts";
import { anchoredFloor } from "../statistics/anchoredRegret.ts";
import type { DefinedTerm } from "./block.ts";

/** Only those of measures that the page shows. */
export function measureEntries({ measures, results }: Analysis): readonly DefinedTerm[] {
  if (measures === null) return [];
  const { equivalents, anchored, speedUps, runtime } = measures;
  const samples = equivalents === null ? [] : [sampleEntry(equivalents), equivalentsEntry];
  const regrets = anchored === null ? [] : [anchoredEntry];
  const problems = samples.length === 0 ? [] : [overProblemsEntry];
  const targets =
    runtime.budgets === null && runtime.precisions === null
      ? []
      : [...targetEntries(measures), runningTimeEntry(results.resource !== undefined)];
  const profiles = runtime.profiles.length === 0 ? [] : [profileEntry];
  return [...samples, ...regrets, ...problems, ...targets, ...profiles, ...(speedUps === null ? [] : [speedUpEntry(budgetUnit(results))])];
}

function sampleEntry({ cards }: NonNullable<Measures["equivalents"]>): DefinedTerm {
  const sizes = [...new Set(cards.flatMap(({ anchors = {} }) => Object.values(anchors).map(({ evaluations }) => evaluations)))];
  const points = sizes.sort((a, b) => a - b).map(grouped);
  return {
    term: "Sample of random points",
    formula: "F(y) = P(f(U) ≤ y),  U uniform in the box",
    definition: `What random points of a problem are worth, without noise: ${points.join(" or ")} points for each box. The random numbers are those of the problem, and no run uses them. So the sample and all scores against it stay the same if strategies are added or left out. It is known by quantiles, down to the best point. In a table, the sample has every row.`,
  };
}

const equivalentsEntry: DefinedTerm = {
  term: "Random-search-equivalent evaluations",
  formula: "n₅₀(y) = ln ½ / ln(1 − F(y))",
  definition:
    "So many random points have a chance of one half that the best of them is at least as good as y. For the result of a run, it says how many evaluations of random search the run was worth. It depends on the order of values alone, so any strictly increasing transform of the objective leaves it the same. Between two quantiles of the sample, F is the geometric mean of their levels. A result that is better than the whole sample is worth more than the sample can tell, and the page says “>”. A result that is worse than the median point is worth at most 1.",
};

const anchoredEntry: DefinedTerm = {
  term: "Anchored regret",
  formula: `ρ = max((f − f*) / (m − f*), ε),  m = median of f(U),  ε = max(${anchoredFloor}, 10 × tolerance of f* / (m − f*))`,
  definition:
    "The regret in units of that of the median random point. It stays the same if the objective is multiplied by a positive number, or if a constant is added. Each problem gives one number, the median over seeds. A comparison with the reference takes the Hodges–Lehmann difference of log₁₀ ρ over the pairs of each problem. How small a regret can get is often a matter of rounding. So the table repeats the comparison for two higher floors ε.",
};

const overProblemsEntry: DefinedTerm = {
  term: `Interval for new problems (${100 * (1 - level)} %)`,
  formula: "order statistics of the problems, or of the averages of their pairs",
  definition:
    "The problems are the sample: such an interval says what other problems of this kind would give, and not only other seeds. Variants of one function count as one problem, with the mean (or the median) of their numbers. For medians over problems, it lies between order statistics, interpolated after Hettmansperger and Sheather (1986). For Hodges–Lehmann estimates, it is the exact interval of the signed-rank test. Fewer than six problems have no such interval.",
};

function targetEntries({ runtime }: Measures): readonly DefinedTerm[] {
  const ofRandom: DefinedTerm = {
    term: "Targets of random search",
    formula: "τ_β = y with F(y) = 1 − 2^(−1/(β d))",
    definition:
      "What random search finds in the median after β evaluations per dimension (d dimensions), from the sample of random points. The figure uses 31 numbers β from 0.5 to 50, a constant factor apart, and the table those of COCO for expensive problems. A target that is rarer than the best point of the sample is left out.",
  };
  const fixed: DefinedTerm = {
    term: "Fixed precisions",
    formula: "τ = f* + Δ,  Δ = 10², 10^1.8, … 10⁻⁸",
    definition: "The 51 targets of COCO (Hansen et al. 2021) for problems whose minimum is known.",
  };
  const share: DefinedTerm = {
    term: "Share of targets reached",
    formula: "y(t) = #{(p, i, τ): T_p,i,τ ≤ t d_p} / #{(p, i, τ)}",
    definition:
      "T is what a run has spent when it reaches the target. It is infinite if the run never does. The share at t counts only what has happened by t, so it never falls, and nothing is extrapolated beyond the budget. Each problem weighs the same. It is COCO’s empirical distribution of running times without simulated restarts.",
  };
  return [...(runtime.budgets === null ? [] : [ofRandom]), ...(runtime.precisions === null ? [] : [fixed]), share];
}

function runningTimeEntry(resource: boolean): DefinedTerm {
  return {
    term: "Expected running time",
    formula: "ERT(τ) = Σ_i min(T_i, b_i) / #{i: T_i < ∞}",
    definition: `What all runs spend until they reach the target, or until they end at b_i, divided by the number of runs that reach it (Hansen et al. 2021). It is what a search costs on average that starts again until it succeeds. If all runs reach the target, it is the mean of their times; if none does, it is infinite.${resource ? " A run has reached a target as soon as what it has spent also pays for the full training of the recommended configuration. So a strategy gains nothing if it names a configuration that has hardly been trained." : ""}`,
  };
}

const profileEntry: DefinedTerm = {
  term: "Data profile",
  formula: "share of runs with f ≤ f* + τ (m − f*) within α (d + 1) of the budget",
  definition:
    "Moré and Wild (2009) count a problem as solved when the distance from the start to the minimum has shrunk to the share τ. Strategies here have no common start, so the median m of random points takes its place. α counts in units of d + 1 evaluations, as many as a gradient from differences takes.",
};

function speedUpEntry(unit: string): DefinedTerm {
  return {
    term: "Speed-up",
    formula: "ERT_ref(τ) / ERT_s(τ),  τ = y with F(y) = 1 − 2^(−1/T)",
    definition: `How many times as many ${unit} the reference needs until it is as good as random search is in the median with the whole budget T. The target comes from the sample of random points, and not from the runs of the reference, so it favours none of the strategies. The interval of one problem is Student’s, for the logarithm of the quotient on the same seeds. The interval of the median over problems is that of the one in the middle, or of the mean of the two in the middle, and holds for all strategies at once (Bonferroni). The report says that a strategy is faster only if such an interval lies above 1.`,
  };
}
