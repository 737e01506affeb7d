/**
 * The findings: sentences made from the numbers, saying no more than the intervals allow, and the warnings a reader must see first.
 * Two intervals that overlap decide nothing by themselves; strategies are called apart only where the paired interval of their
 * difference, widened for the number of comparisons, leaves out zero.
 */
import type { Analysis } from "./analysis/analysis.ts";
import type { Standing } from "./analysis/standing.ts";
import { level } from "./confidence.ts";
import { counted, decimal, factor, interval, span } from "./format.ts";
import { measureIn } from "./measure.ts";
import { listed, type Phrase } from "./phrase.ts";
import { speedUp, speedUpInterval } from "./speedUpTables.ts";
import type { Estimate } from "./statistics/bootstrap.ts";
import { regretFloor } from "./statistics/logRegret.ts";
import { rankWords } from "./tables.ts";

export type Warning = { readonly severity: "error" | "caution"; readonly text: Phrase };

export function findings(analysis: Analysis): readonly Phrase[] {
  const { final, anytime } = analysis;
  if (final === null || anytime === null) {
    return [["No block is complete: no (problem, seed) has a run of every strategy, so nothing can be ranked yet."]];
  }
  const { strategies } = analysis.results;
  if (strategies.length === 1) return [["One strategy took part, so there is nothing to compare it with."]];
  return [
    leaderFinding(analysis, final),
    ...separationFindings(analysis, final),
    ...referenceFindings(analysis, final),
    anytimeFinding(analysis, final, anytime),
    ...speedUpFindings(analysis),
    ...yardstickFindings(analysis, final),
  ];
}

function leaderFinding(analysis: Analysis, final: Standing): Phrase {
  const { strategies } = analysis.results;
  const problems = analysis.problems.filter(({ complete }) => complete.length > 0).length;
  return [
    { name: strategies[final.leader]!.label },
    ` has the best mean rank at the final budget, ${rankWords(final.meanRanks[final.leader]!)} of ${strategies.length}, over ${counted(analysis.blocks, "block")} (problem, seed) on ${counted(problems, "problem")}.`,
  ];
}

function separationFindings(analysis: Analysis, final: Standing): readonly Phrase[] {
  const label = (index: number): string => analysis.results.strategies[index]!.label;
  const others = analysis.order.filter((index) => index !== final.leader);
  if (final.behind.some(({ interval: bounds }) => bounds === null)) {
    return [["With fewer than two complete seeds on a problem no interval can be given: the order is what was seen, not a conclusion."]];
  }
  const apart = others.filter((index) => final.behind[index]!.interval!.low > 0);
  const together = others.filter((index) => !apart.includes(index));
  const wide = `simultaneous ${100 * (1 - level)} % intervals of the paired difference in mean rank`;
  if (together.length === 0) return [["It is ahead of every other strategy: all ", wide, " leave out zero."]];
  const open: Phrase = ["These runs do not separate it from ", ...listed(together.map(label)), `: their ${wide} contain zero.`];
  return apart.length === 0 ? [open] : [open, ["It is ahead of ", ...listed(apart.map(label)), ", whose intervals leave out zero."]];
}

function referenceFindings(analysis: Analysis, final: Standing): readonly Phrase[] {
  const { strategies } = analysis.results;
  const reference = strategies[analysis.reference]!.label;
  const others = analysis.order.filter((index) => index !== analysis.reference);
  const apart = (better: boolean): readonly string[] =>
    others.filter((index) => excludesZero(final.factors[index]!, better)).map((index) => strategies[index]!.label);
  const best = others.reduce((least, index) => (final.factors[index]!.value < final.factors[least]!.value ? index : least), others[0]!);
  const { value, interval: bounds } = final.factors[best]!;
  const better = apart(true);
  const worse = apart(false);
  return [
    [
      "Relative to ",
      { name: reference },
      `, the smallest ${measureIn(analysis.results)} of the others is that of `,
      { name: strategies[best]!.label },
      `: typically ${factor(value)} times as much${bounds === null ? "" : ` (${100 * (1 - level)} % interval ${interval(bounds, factor)})`} at the final budget.`,
    ],
    ...(bounds === null
      ? []
      : [
          [
            "Taken one by one, the interval lies below 1 for ",
            ...(better.length === 0 ? ["no strategy"] : listed(better)),
            ", above 1 for ",
            ...(worse.length === 0 ? ["none"] : listed(worse)),
            better.length + worse.length === others.length ? "." : ", and contains 1 for the rest.",
          ] satisfies Phrase,
        ]),
  ];
}

function excludesZero({ interval: bounds }: Estimate, below: boolean): boolean {
  return bounds !== null && (below ? bounds.high < 0 : bounds.low > 0);
}

function anytimeFinding(analysis: Analysis, final: Standing, anytime: Standing): Phrase {
  const { strategies } = analysis.results;
  return [
    anytime.leader === final.leader
      ? "It also has the best mean rank over the whole budget (anytime), "
      : "Over the whole budget (anytime) ",
    ...(anytime.leader === final.leader ? [] : [{ name: strategies[anytime.leader]!.label }, " has the best mean rank, "]),
    `${rankWords(anytime.meanRanks[anytime.leader]!)}.`,
  ];
}

/** What reaching the reference's quality costs, in one sentence a strategy that spends no more than it. */
function speedUpFindings({ results, order, reference, timeToReference }: Analysis): readonly Phrase[] {
  if (timeToReference === null) return [];
  const { problems, overall } = timeToReference;
  return order.flatMap((index): readonly Phrase[] => {
    const { label, evaluationsPerStep } = results.strategies[index]!;
    if (index === reference || evaluationsPerStep !== 1) return [];
    const { reached, share } = overall[index]!;
    const bounds = share.interval === null ? "" : ` (${100 * (1 - level)} % interval ${speedUpInterval(share.interval)})`;
    return [
      [
        { name: label },
        " gets to the final quality of ",
        { name: results.strategies[reference]!.label },
        ` on ${reached} of ${counted(problems.length, "problem")}; median speed-up over problems: ${speedUp(share.value)}${bounds}.`,
      ],
    ];
  });
}

/** Strategies that may spend several evaluations a step are yardsticks: what beats them is worth more than that much extra budget. */
function yardstickFindings(analysis: Analysis, final: Standing): readonly Phrase[] {
  const { strategies } = analysis.results;
  return strategies.flatMap((yardstick, index): readonly Phrase[] => {
    if (yardstick.evaluationsPerStep === 1) return [];
    const better = analysis.order.filter(
      (other) => strategies[other]!.evaluationsPerStep === 1 && final.meanRanks[other]!.value < final.meanRanks[index]!.value,
    );
    const behind = final.behind[index]!.interval;
    const tested = better.includes(final.leader) && behind !== null;
    return [
      [
        { name: yardstick.label },
        ` spends ${yardstick.evaluationsPerStep} ${analysis.results.resource === undefined ? "evaluations for each one counted" : "times the budget"}; its mean rank is ${rankWords(final.meanRanks[index]!)}. `,
        ...(better.length === 0 ? ["No strategy has a better one"] : listed(better.map((other) => strategies[other]!.label))),
        ["", " has a better one", " have better ones"][Math.min(better.length, 2)]!,
        tested ? `; the simultaneous interval of its difference to the first ${behind.low > 0 ? "leaves out" : "contains"} zero.` : ".",
      ],
    ];
  });
}

export function warnings(analysis: Analysis): readonly Warning[] {
  return [...missingRuns(analysis), ...wrongOptima(analysis), ...failures(analysis), ...earlyEnds(analysis), ...fewSeeds(analysis)];
}

/** How many gaps a banner names before it only counts them. */
const namedGaps = 8;

function missingRuns(analysis: Analysis): readonly Warning[] {
  const { strategies, seeds } = analysis.results;
  const gaps = analysis.problems.flatMap((problem) =>
    problem.strategies.flatMap(({ runs }, index) => (runs < seeds.length ? [{ problem, index, missing: seeds.length - runs }] : [])),
  );
  if (gaps.length === 0) return [];
  const missing = gaps.reduce((sum, gap) => sum + gap.missing, 0);
  const meant = strategies.length * analysis.blocksMeant;
  return [
    {
      severity: "error",
      text: [
        `Incomplete: ${missing} of ${counted(meant, "run")} ${missing === 1 ? "is" : "are"} missing. Comparisons use the ${analysis.blocks} of ${analysis.blocksMeant} (problem, seed) blocks in which every strategy has a run. Missing: `,
        ...gaps
          .slice(0, namedGaps)
          .flatMap(
            ({ problem, index, missing: count }, place): Phrase => [
              place === 0 ? "" : "; ",
              { name: strategies[index]!.label },
              " on ",
              { name: problem.card.id },
              ` (${count} of ${seeds.length})`,
            ],
          ),
        gaps.length > namedGaps ? `; and ${gaps.length - namedGaps} more, all in the table “What was run”.` : ".",
      ],
    },
  ];
}

function wrongOptima({ results, problems }: Analysis): readonly Warning[] {
  return problems.flatMap(({ card, strategies }): readonly Warning[] => {
    const below = strategies.reduce((sum, { belowOptimum }) => sum + belowOptimum, 0);
    if (below === 0) return [];
    const noun = results.resource === undefined ? "evaluation" : "recommendation";
    const values = below === 1 ? `1 ${noun} lies` : `${below} ${noun}s lie`;
    return [
      {
        severity: "error",
        text: [
          "The stated minimum of ",
          { name: card.id },
          ` cannot be right: ${values} below it by more than its tolerance. Regrets on this problem are not to be trusted.`,
        ],
      },
    ];
  });
}

function failures(analysis: Analysis): readonly Warning[] {
  const failed = analysis.problems.reduce(
    (sum, { strategies }) => sum + strategies.reduce((inner, strategy) => inner + strategy.failures, 0),
    0,
  );
  if (failed === 0) return [];
  if (analysis.results.resource !== undefined) {
    const text = `${counted(failed, "training")} failed: infeasible or diverged, which shows at the next measurement. What they spent is counted.`;
    return [{ severity: "caution", text: [text] }];
  }
  return [{ severity: "caution", text: [`${counted(failed, "evaluation")} failed. A failed evaluation is counted and improves nothing.`] }];
}

/** A strategy that stops early is compared at a budget it did not spend. */
function earlyEnds({ results, problems }: Analysis): readonly Warning[] {
  return results.strategies.flatMap(({ label }, index): readonly Warning[] => {
    const ends = problems.flatMap(({ strategies }) => strategies[index]!.endedEarly).sort((a, b) => a - b);
    if (ends.length === 0) return [];
    const runs = problems.reduce((sum, { strategies }) => sum + strategies[index]!.runs, 0);
    return [
      {
        severity: "caution",
        text: [
          { name: label },
          ` ended before the budget in ${ends.length} of ${counted(runs, "run")} (${results.resource === undefined ? "evaluations made" : "full trainings spent"}: ${span(ends)}); its best value then stands.`,
        ],
      },
    ];
  });
}

function fewSeeds(analysis: Analysis): readonly Warning[] {
  const counts = analysis.problems.map(({ complete }) => complete.length).filter((count) => count > 0);
  const least = counts.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  if (least >= 10) return [];
  return [
    {
      severity: "caution",
      text: [
        least < 2
          ? "A problem has a single complete seed: no intervals are given."
          : `A problem has only ${least} complete seeds, so few that percentile intervals are too narrow (at 3, 5 and 10 seeds they cover about 87, 90 and 94 % instead of 95 %).`,
      ],
    },
  ];
}

/** The floors of regret that apply, for the glossary. */
export function floorWords(analysis: Analysis): string {
  const floors = analysis.problems.map(({ card }) => regretFloor(card));
  const raised = floors.filter((floor) => floor > 1e-10).length;
  return raised === 0
    ? "Here the floor is 1e-10 on every problem."
    : `Here it is above 1e-10 on ${counted(raised, "problem")}; the problem cards state it.`;
}

/** What may be said about new problems, as a note below the ranking; null where Nemenyi's critical difference does not apply. */
export function newProblemsNote(analysis: Analysis): Phrase | null {
  const { overProblems } = analysis;
  if (overProblems === null || analysis.results.strategies.length < 2) return null;
  const { strategies } = analysis.results;
  const { meanRanks, criticalDifference } = overProblems;
  const order = strategies.map((_, index) => index).sort((a, b) => meanRanks[a]! - meanRanks[b]! || a - b);
  const best = order[0]!;
  const close = order.filter((index) => index !== best && meanRanks[index]! - meanRanks[best]! < criticalDifference);
  return [
    `About new problems much less can be said, for there the sample is the ${counted(analysis.problems.length, "problem")}. Ranked by per-problem medians, `,
    { name: strategies[best]!.label },
    ` has the best mean rank, ${decimal(meanRanks[best]!, 2)}; Nemenyi’s critical difference at the ${100 * level} % level is ${decimal(criticalDifference, 2)}, `,
    ...(close.length === 0
      ? ["and every other strategy is further behind."]
      : [
          close.length === 1 ? "and within it lies " : "and within it lie ",
          ...listed(close.map((index) => strategies[index]!.label)),
          ".",
        ]),
  ];
}
