/**
 * The findings: sentences made from the numbers. They say no more than the intervals allow. Two intervals that overlap decide nothing. The
 * report calls one strategy ahead of another only if the paired interval of their difference excludes zero. These intervals hold for all
 * pairs at once, because the data chose the leader.
 */
import type { Analysis } from "../analysis/analysis.ts";
import type { RankStanding } from "../analysis/standing.ts";
import type { TimeToReference } from "../analysis/timeToReference.ts";
import { level } from "../confidence.ts";
import { counted, factor, interval, rankWords, speedUp, speedUpInterval } from "../format.ts";
import { measureIn } from "../measure.ts";
import { listed, named, type Phrase } from "../page/phrase.ts";
import type { Estimate } from "../statistics/bootstrap.ts";
import type { Sentence } from "./sentence.ts";

export function findings(analysis: Analysis): readonly Sentence[] {
  const { final, anytime } = analysis;
  if (final === null || anytime === null) {
    return [{ text: ["No block is complete: no (problem, seed) has a run of every strategy, so nothing can be ranked yet."] }];
  }
  const { strategies } = analysis.results;
  if (strategies.length === 1) return [{ text: ["One strategy took part, so there is nothing to compare it with."] }];
  return [
    leaderFinding(analysis, final),
    ...separationFindings(analysis, final),
    ...referenceFindings(analysis, final),
    anytimeFinding(analysis, final, anytime),
    ...speedUpFindings(analysis),
    ...yardstickFindings(analysis, final),
  ];
}

function leaderFinding(analysis: Analysis, final: RankStanding): Sentence {
  const { strategies } = analysis.results;
  const problems = analysis.problems.filter(({ complete }) => complete.length > 0).length;
  return {
    text: [
      named(strategies[final.leader]!.label),
      ` has the best mean rank at the final budget, ${rankWords(final.meanRanks[final.leader]!)} of ${strategies.length}, over ${counted(analysis.blocks, "block")} (problem, seed) on ${counted(problems, "problem")}.`,
    ],
  };
}

function separationFindings(analysis: Analysis, final: RankStanding): readonly Sentence[] {
  const label = (index: number): string => analysis.results.strategies[index]!.label;
  const others = analysis.order.filter((index) => index !== final.leader);
  if (final.behind.some(({ interval: bounds }) => bounds === null)) {
    const text =
      "With fewer than two complete seeds on a problem no interval can be given. The order is what these runs showed; it supports no conclusion.";
    return [{ text: [text] }];
  }
  if (!final.decidable) {
    const text =
      "There are too few complete seeds to call any strategy ahead of another: equal strategies would often differ as much as any two can here.";
    return [{ text: [text] }];
  }
  const apart = others.filter((index) => final.behind[index]!.interval!.low > 0);
  const together = others.filter((index) => !apart.includes(index));
  const wide = `simultaneous ${100 * (1 - level)} % intervals of the paired difference in mean rank`;
  if (together.length === 0) return [{ text: ["It is ahead of every other strategy: all ", wide, " leave out zero."] }];
  const open: Phrase = ["These runs do not separate it from ", ...listed(together.map(label)), `: their ${wide} contain zero.`];
  if (apart.length === 0) return [{ text: open }];
  return [{ text: open }, { text: ["It is ahead of ", ...listed(apart.map(label)), ", whose intervals leave out zero."] }];
}

function referenceFindings(analysis: Analysis, final: RankStanding): readonly Sentence[] {
  const { strategies } = analysis.results;
  const others = analysis.order.filter((index) => index !== analysis.reference);
  const best = others.reduce((least, index) => (final.factors[index]!.value < final.factors[least]!.value ? index : least), others[0]!);
  const estimate = final.factors[best]!;
  const bounds = estimate.interval === null ? "" : ` (${100 * (1 - level)} % interval ${interval(estimate.interval, factor)})`;
  const first: Sentence = {
    text: [
      named(strategies[best]!.label),
      ` has the smallest ${measureIn(analysis.results)} relative to `,
      named(strategies[analysis.reference]!.label),
      ` at the final budget: typically ${factor(estimate.value)} times as much${bounds}.`,
    ],
  };
  if (estimate.interval === null) return [first];
  const where = (side: "below" | "above" | "around"): readonly string[] =>
    others.filter((index) => sideOfOne(final.factors[index]!) === side).map((index) => strategies[index]!.label);
  return [first, { text: factorsWords({ below: where("below"), above: where("above"), around: where("around") }) }];
}

function sideOfOne({ interval: bounds }: Estimate): "below" | "above" | "around" {
  if (bounds !== null && bounds.high < 0) return "below";
  return bounds !== null && bounds.low > 0 ? "above" : "around";
}

/** Labels of the strategies whose interval of the factor lies below 1, above 1, or contains it. */
type FactorsByStrategy = { readonly below: readonly string[]; readonly above: readonly string[]; readonly around: readonly string[] };

/** `lies below 1 for a and b, lies above 1 for c, and contains 1 for d`, without the clauses that fit no strategy. */
function factorsWords({ below, above, around }: FactorsByStrategy): Phrase {
  const clauses = (
    [
      ["lies below 1 for ", below],
      ["lies above 1 for ", above],
      ["contains 1 for ", around],
    ] as const
  ).filter(([, labels]) => labels.length > 0);
  return [
    "For each strategy by itself, the interval of this factor ",
    ...clauses.flatMap(([verb, labels], index): Phrase => {
      const separator = index === 0 ? "" : index === clauses.length - 1 ? ", and " : ", ";
      return [`${separator}${verb}`, ...listed(labels)];
    }),
    ". These intervals are not widened for the number of comparisons.",
  ];
}

function anytimeFinding(analysis: Analysis, final: RankStanding, anytime: RankStanding): Sentence {
  const { label } = analysis.results.strategies[anytime.leader]!;
  const meanRank = rankWords(anytime.meanRanks[anytime.leader]!);
  if (anytime.leader === final.leader) {
    return { text: [named(label), ` also has the best mean rank over the whole budget (anytime), ${meanRank}.`] };
  }
  return { text: ["Over the whole budget (anytime) ", named(label), ` has the best mean rank, ${meanRank}.`] };
}

/** What it costs to reach the quality of the reference: one sentence for each strategy that spends no more than the reference. */
function speedUpFindings({ results, order, reference, timeToReference }: Analysis): readonly Sentence[] {
  if (timeToReference === null) return [];
  const { problems, overall } = timeToReference;
  return order.flatMap((index): readonly Sentence[] => {
    const { label, evaluationsPerStep } = results.strategies[index]!;
    if (index === reference || evaluationsPerStep !== 1) return [];
    return [{ text: speedUpWords(label, results.strategies[reference]!.label, problems.length, overall[index]!) }];
  });
}

function speedUpWords(label: string, reference: string, problems: number, { reached, share }: TimeToReference["overall"][number]): Phrase {
  const bounds = share.interval === null ? "" : ` (${100 * (1 - level)} % interval ${speedUpInterval(share.interval)})`;
  const median =
    share.value === Infinity ? "The median over problems is “not reached”" : `Its median speed-up over problems is ${speedUp(share.value)}`;
  return [
    named(label),
    " reaches the final quality of ",
    named(reference),
    ` on ${reached} of ${counted(problems, "problem")}. ${median}${bounds}.`,
  ];
}

/** A strategy that may spend several evaluations per step is a yardstick: a strategy that beats it is worth more than that extra budget. */
function yardstickFindings(analysis: Analysis, final: RankStanding): readonly Sentence[] {
  const { strategies, resource } = analysis.results;
  return strategies.flatMap(({ label, evaluationsPerStep }, index): readonly Sentence[] => {
    if (evaluationsPerStep === 1) return [];
    const better = analysis.order.filter(
      (other) => strategies[other]!.evaluationsPerStep === 1 && final.meanRanks[other]!.value < final.meanRanks[index]!.value,
    );
    const behind = final.behind[index]!.interval;
    const firstApart = better.includes(final.leader) && behind !== null ? behind.low > 0 : null;
    const budget =
      resource === undefined
        ? `${evaluationsPerStep} evaluations where the others spend one`
        : `${evaluationsPerStep} times the budget of the others`;
    return [
      {
        text: [
          named(label),
          ` is a yardstick: it spends ${budget}, and its mean rank is ${rankWords(final.meanRanks[index]!)}. `,
          ...betterWords(better.map((other) => strategies[other]!.label)),
          ...(firstApart === null ? [] : apartWords(label, firstApart)),
        ],
      },
    ];
  });
}

/** Of the strategies that keep to the budget and have a better mean rank. */
function betterWords(better: readonly string[]): Phrase {
  if (better.length === 0) return ["No strategy that keeps to the budget has a better mean rank."];
  return [...listed(better), better.length === 1 ? " has a better mean rank." : " have better mean ranks."];
}

function apartWords(label: string, firstApart: boolean): Phrase {
  const verb = firstApart ? "leaves out" : "contains";
  return [" The simultaneous interval of the difference between ", named(label), ` and the first ${verb} zero.`];
}
