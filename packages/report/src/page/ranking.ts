/** Section: the ranking over all problems. */
import type { Analysis } from "../analysis/analysis.ts";
import { aheadOf, type RankStanding } from "../analysis/standing.ts";
import { level } from "../confidence.ts";
import type { Figures } from "../figures/figure.ts";
import { decimal, interval, record, twoDigits } from "../format.ts";
import type { Estimate } from "../statistics/estimate.ts";
import { mostSeeds } from "../statistics/seedsNeeded.ts";
import { folded, note, overallBlocks, type PageBlock, prose, type Section, tableBlock } from "./block.ts";
import { figureBlock } from "./figureBlock.ts";
import { nameCell, numberColumn, ofStrategy, type PageCell, type PageTable, plainCell, strategyColumn, textColumn } from "./pageTable.ts";
import { listed, named, type Phrase } from "./phrase.ts";
import type { RankCodes } from "./rankCodes.ts";

export function ranking(analysis: Analysis, figures: Figures): Section {
  const remarks = [seedsNote(analysis), newProblemsNote(analysis)].filter((remark) => remark !== null);
  return {
    id: "ranking",
    title: "Ranking",
    blocks: [
      prose(
        "The report ranks the strategies within each (problem, seed) block and averages the ranks. Brackets hold intervals. Those of “behind the first” hold for all pairs of strategies at once.",
      ),
      tableBlock(rankingRows(analysis)),
      ...remarks.map((remark): PageBlock => ({ ...note(...remark), declared: true })),
      ...overallBlocks([...figures.overall.map((figure) => figureBlock(figures, figure)), ...pairBlocks(analysis)]),
    ],
  };
}

/** One row per strategy, best first. The numbers are dashes if no block is complete, because there is nothing to rank. */
export function rankingRows(analysis: Analysis): PageTable {
  const { strategies } = analysis.results;
  const { final, anytime, reference } = analysis;
  return {
    columns: [
      { ...numberColumn("#"), computed: "place" },
      textColumn("strategy"),
      { ...numberColumn("mean rank"), computed: "final" },
      { ...numberColumn("behind the first"), declared: true },
      { ...numberColumn("anytime mean rank"), computed: "anytime" },
      { ...numberColumn("won–tied–lost against ", named(strategies[reference]!.label)), computed: "record" },
    ],
    ...(final === null || anytime === null ? {} : { ranked: rankedBlocks(analysis, final, anytime) }),
    rowParts: analysis.order.map((index) => ofStrategy(strategies[index]!.label)),
    rows: analysis.order.map((index, place) => [
      plainCell(final === null ? "–" : String(place + 1)),
      nameCell(strategies[index]!.label),
      ...(final === null || anytime === null
        ? Array.from({ length: 4 }, () => plainCell("–"))
        : [
            estimateCell(final.meanRanks[index]!, twoDigits),
            index === final.leader ? plainCell("first", 0) : estimateCell(final.behind[index]!, twoDigits),
            estimateCell(anytime.meanRanks[index]!, twoDigits),
            plainCell(
              index === reference ? "reference" : record(final.records[index]!),
              index === reference ? undefined : final.records[index]!.wins,
            ),
          ]),
    ]),
  };
}

/** The ranks in each block, one entry per row. */
function rankedBlocks(
  { results, problems, order, reference }: Analysis,
  final: RankStanding,
  anytime: RankStanding,
): NonNullable<PageTable["ranked"]> {
  const usable = problems.flatMap(({ complete }, problem) => (complete.length > 0 ? [problem] : []));
  const codes = ({ ranks }: RankStanding, strategy: number): RankCodes =>
    problems.map((_, problem) => (ranks[usable.indexOf(problem)] ?? []).map((block) => 2 * block[strategy]!));
  return {
    reference: results.strategies[reference]!.label,
    rows: order.map((index) => ({ final: codes(final, index), anytime: codes(anytime, index) })),
  };
}

/** All pairs, if there are more than the table of the ranking shows. */
function pairBlocks(analysis: Analysis): readonly PageBlock[] {
  const { final, order } = analysis;
  if (final === null || order.length < 3) return [];
  return [
    folded(
      ["Every pair of strategies"],
      prose(
        "The mean rank of the strategy of the row minus that of the column: below zero, the row is better. The intervals hold for all pairs at once. A difference is in bold if its interval leaves out zero.",
      ),
      tableBlock(pairRows(analysis, final)),
    ),
  ];
}

/** One row and one column per strategy, in the order of the ranking. */
export function pairRows({ results: { strategies }, order }: Analysis, { pairs }: RankStanding): PageTable {
  return {
    columns: [textColumn("strategy"), ...order.map((index) => strategyColumn(strategies[index]!.label))],
    rowParts: order.map((index) => ofStrategy(strategies[index]!.label)),
    rows: order.map((row) => [
      nameCell(strategies[row]!.label),
      ...order.map((column): PageCell => {
        if (row === column) return plainCell("–");
        const { interval: bounds } = pairs[row]![column]!;
        const apart = bounds !== null && (bounds.low > 0 || bounds.high < 0);
        return { ...estimateCell(pairs[row]![column]!, twoDigits), ...(apart ? { tone: "strong" } : {}) };
      }),
    ]),
  };
}

export function estimateCell(value: Estimate, show: (value: number) => string): PageCell {
  return value.interval === null
    ? plainCell(show(value.value), value.value)
    : { text: [show(value.value)], value: value.value, detail: `[${interval(value.interval, show)}]`, isEstimate: true };
}

/** How many seeds would tell the strategies apart that these runs do not; null if all are told apart, or without intervals. */
export function seedsNote({ results, order, final }: Analysis): Phrase | null {
  const ahead = final === null ? null : aheadOf(final);
  if (final === null || ahead === null) return null;
  const open = order.filter((index) => !ahead.includes(index) && final.seedsNeeded[index] !== null);
  if (open.length === 0) return null;
  return [
    "To tell the first from a strategy with a chance of 80 %, if the true difference is the one seen here, it takes about so many seeds on each of these problems: ",
    ...open.flatMap((index, place): Phrase => {
      const seeds = final.seedsNeeded[index]!;
      const words = seeds === Infinity ? `more than ${mostSeeds}` : String(seeds);
      return [place === 0 ? "" : ", ", `${words} for `, named(results.strategies[index]!.label)];
    }),
    ".",
  ];
}

/** What the numbers say about new problems; null if Nemenyi's critical difference does not apply. */
export function newProblemsNote(analysis: Analysis): Phrase | null {
  const { overProblems } = analysis;
  if (overProblems === null || analysis.results.strategies.length < 2) return null;
  const { strategies } = analysis.results;
  const { meanRanks, criticalDifference } = overProblems;
  const order = strategies.map((_, index) => index).sort((a, b) => meanRanks[a]! - meanRanks[b]! || a - b);
  const best = order[0]!;
  const close = order.filter((index) => index !== best && meanRanks[index]! - meanRanks[best]! < criticalDifference);
  const count = analysis.problems.length;
  const observations = count === 1 ? "the one problem is a single observation" : `each of the ${count} problems is one observation`;
  return [
    `These numbers say less about new problems, because for that purpose ${observations}. If the medians on each problem are ranked, `,
    named(strategies[best]!.label),
    ` has the best mean rank, ${decimal(meanRanks[best]!, 2)}. Nemenyi’s critical difference at the ${100 * level} % level is ${decimal(criticalDifference, 2)}: `,
    ...(close.length === 0
      ? ["every other strategy is further behind than that."]
      : [
          ...listed(close.map((index) => strategies[index]!.label)),
          close.length === 1 ? " is closer to the first than that." : " are closer to the first than that.",
        ]),
  ];
}
