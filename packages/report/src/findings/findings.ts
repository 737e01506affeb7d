/**
 * The findings: sentences made from the numbers. They say no more than the intervals allow. Two intervals that overlap decide nothing. The
 * report calls one strategy ahead of another only if the paired interval of their difference excludes zero. These intervals hold for all
 * pairs at once, because the data chose the leader.
 */
import { counted } from "@caviar-hpo/core/text";
import type { Analysis } from "../analysis/analysis.ts";
import type { SpeedUps } from "../analysis/speedUps.ts";
import { aheadOf, type RankStanding } from "../analysis/standing.ts";

import { level } from "../confidence.ts";
import { equivalentWords, interval, rankWords, speedUp, speedUpInterval } from "../format.ts";
import { listed, named, type Phrase } from "../page/phrase.ts";
import { problemWords } from "../problemWords.ts";
import { controlFindings } from "./control.ts";
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
    ...equivalentFindings(analysis),
    anytimeFinding(analysis, final, anytime),
    ...speedUpFindings(analysis),
    ...yardstickFindings(analysis, final),
    ...controlFindings(analysis),
  ];
}

function leaderFinding(analysis: Analysis, final: RankStanding): Sentence {
  const { strategies } = analysis.results;
  const problems = analysis.problems.filter(({ complete }) => complete.length > 0).map(({ card }) => card);
  return {
    text: [
      named(strategies[final.leader]!.label),
      ` has the best mean rank at the final budget, ${rankWords(final.meanRanks[final.leader]!)} of ${strategies.length}, over ${counted(analysis.blocks, "block")} (problem, seed) on ${problemWords(problems)}.`,
    ],
  };
}

function separationFindings(analysis: Analysis, final: RankStanding): readonly Sentence[] {
  const label = (index: number): string => analysis.results.strategies[index]!.label;
  const others = analysis.order.filter((index) => index !== final.leader);
  const ahead = aheadOf(final);
  if (ahead === null) {
    const text =
      "With fewer than two complete seeds on a problem no interval can be given. The order is what these runs showed; it supports no conclusion.";
    return [{ text: [text] }];
  }
  if (!final.decidable) {
    const text =
      "There are too few complete seeds to call any strategy ahead of another: equal strategies would often differ as much as any two can here.";
    return [{ text: [text] }];
  }
  const apart = others.filter((index) => ahead.includes(index));
  const together = others.filter((index) => !apart.includes(index));
  const wide = `simultaneous ${100 * (1 - level)} % intervals of the paired difference in mean rank`;
  if (together.length === 0) return [{ text: ["It is ahead of every other strategy: all ", wide, " leave out zero."] }];
  const open: Phrase = ["These runs do not separate it from ", ...listed(together.map(label)), `: their ${wide} contain zero.`];
  if (apart.length === 0) return [{ text: open }];
  return [{ text: open }, { text: ["It is ahead of ", ...listed(apart.map(label)), ", whose intervals leave out zero."] }];
}

/** What the best result is worth in random points, over problems. */
function equivalentFindings({ measures, order, results }: Analysis): readonly Sentence[] {
  const worth = measures?.equivalents ?? null;
  if (worth === null) return [];
  const { strategies } = results;
  const best = order
    .filter((index) => strategies[index]!.evaluationsPerStep === 1)
    .reduce<number | null>((top, index) => (top === null || worth.overall[index]!.value > worth.overall[top]!.value ? index : top), null);
  if (best === null) return [];
  const most = worth.resolutions.reduce((least, one) => Math.min(least, one), Infinity);
  const { value, interval: bounds } = worth.overall[best]!;
  const words = (evaluations: number): string => equivalentWords(evaluations, most);
  const range = bounds === null ? "" : ` (${100 * (1 - level)} % interval over problems ${interval(bounds, words)})`;
  return [
    {
      text: [
        "In the median over problems, the result of ",
        named(strategies[best]!.label),
        ` is worth ${words(value)} random ${results.resource === undefined ? "points" : "configurations"}${range}, the most of all strategies that keep to the budget.`,
      ],
    },
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

/** What it costs to be as good as random search with the whole budget: one sentence for each strategy that keeps to the budget. */
function speedUpFindings({ results, order, reference, measures }: Analysis): readonly Sentence[] {
  const times = measures?.speedUps ?? null;
  if (times === null) return [];
  return order.flatMap((index): readonly Sentence[] => {
    const { label, evaluationsPerStep, twinOf } = results.strategies[index]!;
    const { share } = times.overall[index]!;
    if (index === reference || evaluationsPerStep !== 1 || twinOf !== undefined) return [];
    if (share.interval === null || !(share.interval.high < 1)) return [];
    return [{ text: speedUpWords(label, results.strategies[reference]!.label, problemWords(times.cards), times.overall[index]!) }];
  });
}

function speedUpWords(label: string, reference: string, problems: string, { reached, share }: SpeedUps["overall"][number]): Phrase {
  return [
    named(label),
    ` reaches what random search finds with the whole budget on ${reached} of ${problems}, and it is faster than `,
    named(reference),
    `: its median speed-up over problems is ${speedUp(share.value)} (simultaneous ${100 * (1 - level)} % interval ${speedUpInterval(share.interval!)}).`,
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
