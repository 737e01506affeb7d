/** Section: a table with the medians on all problems, and then each problem. */
import type { Analysis, ProblemAnalysis } from "../analysis/analysis.ts";
import { level } from "../confidence.ts";
import type { Figures } from "../figures/figure.ts";
import { decimal, factor, pValue, record, regret } from "../format.ts";
import { measureIn, measureOf } from "../measure.ts";
import type { ProblemFacts } from "../results.ts";
import { log10, regretFloor } from "../statistics/logRegret.ts";
import { tied } from "../statistics/ranks.ts";
import { note, openIfShort, type PageBlock, prose, type Section, tableBlock } from "./block.ts";
import { figureBlock } from "./figureBlock.ts";
import {
  nameCell,
  numberColumn,
  ofProblem,
  ofStrategy,
  type PageCell,
  type PageTable,
  plainCell,
  strategyColumn,
  textColumn,
} from "./pageTable.ts";
import { named, type Phrase } from "./phrase.ts";
import { estimateCell } from "./ranking.ts";

export function problems(analysis: Analysis, figures: Figures): Section {
  return {
    id: "problems",
    title: "Problem by problem",
    blocks: [
      prose(`Median ${measureIn(analysis.results)} at the final budget. The smallest value of each row is in bold.`),
      openIfShort(analysis.problems.length, [`The medians on ${analysis.problems.length} problems`], tableBlock(medianRows(analysis))),
      note("Open a problem for its curves over the budget and its comparison with the reference."),
      ...analysis.problems.map((problem, index): PageBlock => {
        const figure = figures.problems[index]!;
        return {
          kind: "details",
          id: `problem-${index + 1}`,
          summary: headingOf(problem.card),
          of: ofProblem(problem.card.id),
          blocks: [
            figure === null ? note("No evaluation succeeded, so there is nothing to draw.") : figureBlock(figures, figure),
            tableBlock(problemRows(analysis, problem)),
            note(...columnWords(analysis, problem)),
          ],
        };
      }),
    ],
  };
}

/** The title, and the name that tables and figures use. */
function headingOf({ id, title }: ProblemFacts): Phrase {
  return id === title ? [named(id)] : [named(title), " (", named(id), ")"];
}

/** What the columns of a problem's table are. */
function columnWords(analysis: Analysis, { card }: ProblemAnalysis): Phrase {
  const measure = measureOf(card);
  return [
    `n: runs. Quartiles: a quarter of the runs is below the first, and a quarter above the second. Mean rank: among all strategies with the same seed, 1 is best. Anytime score: mean log10 ${measure} over the budget, lower is better. Relative to `,
    named(analysis.results.strategies[analysis.reference]!.label),
    `: Hodges–Lehmann factor of the final ${measure} in pairs with the same seed; 0.5 is half of it. p (Holm): of the signed-rank test, corrected for all comparisons of this page.`,
  ];
}

/**
 * The median regret (or value) at the final budget: one row per problem, one column per strategy in the order of the ranking. The shade of
 * a cell shows the mean rank on the problem.
 */
export function medianRows(analysis: Analysis): PageTable {
  const { strategies } = analysis.results;
  return {
    columns: [textColumn("problem"), ...analysis.order.map((index) => strategyColumn(strategies[index]!.label))],
    rowParts: analysis.problems.map(({ card }) => ofProblem(card.id)),
    rows: analysis.problems.map((problem) => {
      const medians = problem.strategies.map(({ curve }) => curve[curve.length - 1]?.median ?? null);
      const best = medians.reduce<number>((least, median) => (median === null ? least : Math.min(least, median)), Infinity);
      const floor = log10(regretFloor(problem.card));
      return [
        nameCell(problem.card.id),
        ...analysis.order.map((index): PageCell => {
          const median = medians[index]!;
          const rank = problem.strategies[index]!.meanRank;
          return {
            text: [median === null ? "no runs" : regret(median, floor)],
            ...(median === null ? {} : { value: median }),
            ...(median === null ? { tone: "bad" } : tied(median, best) ? { tone: "best" } : {}),
            ...(rank === null || strategies.length < 2
              ? {}
              : { shade: Math.min(4, Math.floor((5 * (rank - 1)) / (strategies.length - 1))) }),
          };
        }),
      ];
    }),
    shading: "mean rank on the problem",
  };
}

/** One problem, one row per strategy in the order of the ranking. */
export function problemRows(analysis: Analysis, problem: ProblemAnalysis): PageTable {
  const { strategies } = analysis.results;
  const floor = log10(regretFloor(problem.card));
  return {
    columns: [
      textColumn("strategy"),
      numberColumn("n"),
      numberColumn(`median ${measureOf(problem.card)}`),
      numberColumn("quartiles"),
      numberColumn("mean rank"),
      numberColumn("anytime score"),
      numberColumn(`${measureOf(problem.card)} relative to `, named(strategies[analysis.reference]!.label)),
      numberColumn("won–tied–lost"),
      { ...numberColumn("p (Holm)"), declared: true },
    ],
    rowParts: analysis.order.map((index) => ofStrategy(strategies[index]!.label)),
    rows: analysis.order.map((index) => {
      const { runs, curve, meanRank, anytime, comparison } = problem.strategies[index]!;
      const last = curve[curve.length - 1];
      return [
        nameCell(strategies[index]!.label),
        plainCell(String(runs)),
        ...(last === undefined || anytime === null
          ? ["–", "–", "–", "–"].map(plainCell)
          : [
              plainCell(regret(last.median, floor), last.median),
              plainCell(`${regret(last.lower, floor)} to ${regret(last.upper, floor)}`),
              plainCell(meanRank === null ? "–" : decimal(meanRank, 2)),
              plainCell(anytime.median === Infinity ? "no success" : decimal(anytime.median, 2)),
            ]),
        ...(comparison === null
          ? [plainCell(index === analysis.reference ? "reference" : "–"), plainCell("–"), plainCell("–")]
          : [
              estimateCell(comparison.factor, factor),
              plainCell(record(comparison.record), comparison.record.wins),
              comparison.pHolm === null
                ? plainCell(`not testable at n = ${problem.complete.length}`)
                : {
                    text: [pValue(comparison.pHolm)],
                    value: comparison.pHolm,
                    ...(comparison.pHolm <= level ? { tone: "strong" as const } : {}),
                  },
            ]),
      ];
    }),
  };
}
