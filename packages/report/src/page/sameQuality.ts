/** Section: what it costs to reach the final quality of the reference, over all problems and on each one, and what the papers say. */
import type { Analysis, TimesToReference } from "../analysis/analysis.ts";
import type { StrategyTime } from "../analysis/timeToReference.ts";
import type { Figures } from "../figures/figure.ts";
import { significant, speedUp, speedUpInterval } from "../format.ts";
import type { ResourceBudget } from "../results.ts";
import type { Estimate } from "../statistics/bootstrap.ts";
import { type PageBlock, prose, type Section, tableBlock } from "./block.ts";
import { publishedClaims } from "./claims.ts";
import { figureBlock } from "./figureBlock.ts";
import { nameCell, numberColumn, type PageCell, type PageTable, plainCell, textColumn } from "./pageTable.ts";
import { named, type Phrase } from "./phrase.ts";

/** Null where evaluations are counted, or there is nothing to compare. */
export function sameQuality(analysis: Analysis, figures: Figures): Section | null {
  const { timeToReference: times, results } = analysis;
  if (times === null || figures.speedUp === null || results.resource === undefined) return null;
  return {
    id: "resource",
    title: "What the same quality costs",
    blocks: [
      prose(...timeWords(named(results.strategies[analysis.reference]!.label), results.resource)),
      tableBlock(speedUpRows(analysis, times)),
      figureBlock(figures, figures.speedUp),
      tableBlock(timeRows(analysis, times)),
      ...claimBlocks(analysis),
    ],
  };
}

function timeWords(reference: Phrase[number], { fullTrainings, points, from }: ResourceBudget): Phrase {
  return [
    "How much resource does a strategy need to become as good as ",
    reference,
    " is in the end? The target on each problem is the final quality of the median run of ",
    reference,
    ". A strategy has reached the target when at least half of its runs can have a model of that quality. The cost includes the training of the recommended configuration in full. The speed-up says how many times as much resource ",
    reference,
    ` needs. The report knows both at ${points} amounts from ${significant(from, 2)} to ${fullTrainings} full trainings. “Not reached” means that the strategy did not reach the target within the budget, so the report cannot say what that would take. The cost always includes one full training, so no speed-up exceeds the number of full trainings that `,
    reference,
    " needs.",
  ];
}

function claimBlocks(analysis: Analysis): readonly PageBlock[] {
  const claims = claimRows(analysis);
  if (claims.rows.length === 0) return [];
  return [
    prose(
      "These are the claims of the papers. Each claim holds for its own tasks, competitors and measure. Read its context before you compare it with a speed-up above.",
    ),
    tableBlock(claims),
  ];
}

/** One row per strategy, in the order of the ranking. */
export function speedUpRows(analysis: Analysis, { overall, problems }: TimesToReference): PageTable {
  const { strategies } = analysis.results;
  return {
    columns: [
      textColumn("strategy"),
      numberColumn("problems where it is reached"),
      numberColumn("median speed-up over problems"),
      numberColumn("least"),
      numberColumn("most"),
    ],
    rows: analysis.order.map((index) => {
      const { reached, share } = overall[index]!;
      const shares = problems.map((problem) => problem.strategies[index]!.share.value);
      const ofReference = index === analysis.reference;
      return [
        nameCell(strategies[index]!.label),
        plainCell(`${reached} of ${problems.length}`),
        ...(ofReference
          ? ["reference", "–", "–"].map(plainCell)
          : [
              estimateCell(share),
              plainCell(speedUp(shares.reduce((a, b) => Math.max(a, b)))),
              plainCell(speedUp(shares.reduce((a, b) => Math.min(a, b)))),
            ]),
      ];
    }),
  };
}

function estimateCell({ value, interval }: Estimate): PageCell {
  return { text: [speedUp(value)], ...(interval === null ? {} : { detail: `[${speedUpInterval(interval)}]` }) };
}

/** One row per problem, one column per strategy in the order of the ranking. */
export function timeRows(analysis: Analysis, { problems, cards }: TimesToReference): PageTable {
  const { strategies } = analysis.results;
  return {
    columns: [textColumn("problem"), ...analysis.order.map((index) => numberColumn(named(strategies[index]!.label)))],
    rows: problems.map((problem, place) => [
      nameCell(cards[place]!.id),
      ...analysis.order.map((index) => timeCell(problem.strategies[index]!, index === analysis.reference)),
    ]),
  };
}

function timeCell({ resource, share, runs, of }: StrategyTime, ofReference: boolean): PageCell {
  const there = `${runs} of ${of} runs`;
  if (resource.value === Infinity) return { text: ["not reached"], detail: there };
  const spent = significant(resource.value, 3);
  if (ofReference) return { text: [spent], detail: there };
  const bounds = share.interval === null ? "" : `[${speedUpInterval(share.interval)}] `;
  return {
    text: [speedUp(share.value)],
    detail: `${bounds}${spent}; ${there}`,
    ...(share.interval !== null && share.interval.high < 1 ? { tone: "strong" as const } : {}),
  };
}

/** What the papers claim about the strategies that take part. */
export function claimRows(analysis: Analysis): PageTable {
  return {
    columns: ["strategy", "claim", "context", "source"].map((title) => textColumn(title)),
    rows: publishedClaims(analysis.results).map(({ strategy, claim, context, source }) => [
      nameCell(strategy),
      ...[claim, context, source].map(nameCell),
    ]),
  };
}
