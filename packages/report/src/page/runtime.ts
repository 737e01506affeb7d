/** Section: when runs reach targets, over all problems and targets. */
import type { Analysis } from "../analysis/analysis.ts";
import type { ProblemTimes, RunningTime } from "../analysis/runningTimes.ts";
import type { Figures } from "../figures/figure.ts";
import { powerOfTen, significant } from "../format.ts";
import { budgetUnit } from "../measure.ts";
import { log10 } from "../statistics/logRegret.ts";
import { overallBlocks, type PageBlock, prose, type Section, tableBlock } from "./block.ts";
import { figureBlock } from "./figureBlock.ts";
import { nameCell, ofProblem, type PageCell, type PageTable, strategyColumn, textColumn } from "./pageTable.ts";

/** Null if no problem has targets. */
export function runtime(analysis: Analysis, figures: Figures): Section | null {
  if (analysis.measures === null || figures.runtime.length === 0) return null;
  const { budgetTimes, precisionTimes } = analysis.measures.runtime;
  return {
    id: "runtime",
    title: "When targets are reached",
    blocks: [
      prose(
        `The runtime view asks how long a search takes until it is good enough, for many definitions of good enough. A run reaches a target as soon as the value that judges it is as good as the target.`,
      ),
      ...overallBlocks(figures.runtime.map((figure) => figureBlock(figures, figure))),
      ...timesDetails(analysis, "Expected running times to targets of random search", budgetTimes, (name) => `${name} × dimension`),
      ...timesDetails(analysis, "Expected running times to fixed precisions", precisionTimes, (name) =>
        powerOfTen(Math.round(log10(name))),
      ),
    ],
  };
}

function timesDetails(
  analysis: Analysis,
  title: string,
  times: readonly ProblemTimes[],
  nameOf: (target: number) => string,
): readonly PageBlock[] {
  const table = timeRows(analysis, times, nameOf);
  if (table.rows.length === 0) return [];
  return [{ kind: "details", summary: [`${title}, in ${budgetUnit(analysis.results)}`], blocks: [tableBlock(table)] }];
}

/** One row per problem and target that some strategy reaches; one column per strategy in the order of the ranking. */
export function timeRows(analysis: Analysis, times: readonly ProblemTimes[], nameOf: (target: number) => string): PageTable {
  const { strategies } = analysis.results;
  const reached = times.flatMap(({ card, targets }) =>
    targets.filter((target) => analysis.order.some((index) => target.strategies[index]!.successes > 0)).map((target) => ({ card, target })),
  );
  return {
    columns: [textColumn("problem"), textColumn("target"), ...analysis.order.map((index) => strategyColumn(strategies[index]!.label))],
    rowParts: reached.map(({ card }) => ofProblem(card.id)),
    rows: reached.map(({ card, target }) => [
      nameCell(card.id),
      { text: [nameOf(target.name)], value: target.name },
      ...analysis.order.map((index) => timeCell(target.strategies[index]!)),
    ]),
  };
}

/** The expected running time, and how many runs reach the target if not all do. */
function timeCell({ expected, successes, runs }: RunningTime): PageCell {
  if (successes === 0) return { text: ["–"] };
  return { text: [significant(expected, 3)], value: expected, ...(successes < runs ? { detail: `${successes} of ${runs}` } : {}) };
}
