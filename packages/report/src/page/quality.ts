/** Section: how good the results are, in measures that do not depend on which strategies take part. */
import { counted } from "@caviar-hpo/core/text";
import type { Analysis } from "../analysis/analysis.ts";
import type { AnchoredRegret } from "../analysis/anchored.ts";
import type { Equivalents } from "../analysis/equivalents.ts";
import { level } from "../confidence.ts";
import type { Figures } from "../figures/figure.ts";
import { equivalentWords, factor, powerOfTen } from "../format.ts";
import { measureOf } from "../measure.ts";
import { log10 } from "../statistics/logRegret.ts";
import { note, openIfShort, overall, overallBlocks, type PageBlock, prose, type Section, tableBlock } from "./block.ts";
import { figureBlock } from "./figureBlock.ts";
import { nameCell, numberColumn, ofStrategy, type PageTable, plainCell, textColumn } from "./pageTable.ts";
import { listed, named } from "./phrase.ts";
import { estimateCell } from "./ranking.ts";

/** Null if no block is complete. */
export function quality(analysis: Analysis, figures: Figures): Section | null {
  if (analysis.measures === null) return null;
  const { equivalents, anchored } = analysis.measures;
  const blocks = [
    ...overallBlocks([
      ...(equivalents === null ? [] : equivalentBlocks(analysis, equivalents)),
      ...(anchored === null ? [] : anchoredBlocks(analysis, anchored)),
    ]),
    ...withoutAnchors(analysis, equivalents),
    ...figures.quality.map((figure) => {
      const block = figureBlock(figures, figure);
      if (figure.isPerProblem !== true) return overall(block);
      return openIfShort(analysis.problems.length, [`The factors on ${counted(analysis.problems.length, "problem")}`], block);
    }),
  ];
  return blocks.length === 0 ? null : { id: "quality", title: "How good the results are", blocks };
}

function equivalentBlocks(analysis: Analysis, worth: Equivalents): readonly PageBlock[] {
  const most = worth.resolutions.reduce((least, one) => Math.min(least, one), Infinity);
  return [
    prose(
      `Random-search-equivalent evaluations say how many ${analysis.results.resource === undefined ? "random points" : "fully trained random configurations"} it takes until the best of them is as good as the result of a run, with a chance of one half. They come from a fixed sample of random points, so they do not depend on which strategies take part. Brackets hold ${100 * (1 - level)} % intervals for new problems (n = ${counted(worth.groups, "problem")}${worth.groups < 6 ? ", too few for an interval" : ""}). The sample can tell up to ${most.toFixed(0)}.`,
    ),
    tableBlock(equivalentRows(analysis, worth)),
  ];
}

/** One row per strategy, in the order of the ranking. */
export function equivalentRows(analysis: Analysis, { overall, problems, resolutions }: Equivalents): PageTable {
  const { strategies } = analysis.results;
  const most = resolutions.reduce((least, one) => Math.min(least, one), Infinity);
  const words = (evaluations: number): string => equivalentWords(evaluations, most);
  return {
    columns: [
      textColumn("strategy"),
      numberColumn("random-search-equivalent evaluations"),
      numberColumn("least problem"),
      numberColumn("best problem"),
    ],
    rowParts: analysis.order.map((index) => ofStrategy(strategies[index]!.label)),
    rows: analysis.order.map((index) => {
      const medians = problems.map((problem) => problem[index]!.median);
      return [
        nameCell(strategies[index]!.label),
        estimateCell(overall[index]!, words),
        plainCell(words(medians.reduce((least, one) => Math.min(least, one), Infinity))),
        plainCell(words(medians.reduce((greatest, one) => Math.max(greatest, one), 0))),
      ];
    }),
  };
}

function anchoredBlocks(analysis: Analysis, anchored: AnchoredRegret): readonly PageBlock[] {
  return [
    prose(
      "Anchored regret is the regret divided by that of the median random point: 1 is as good as one random point, and 0 is the minimum. Brackets hold intervals for new problems. The columns on the right repeat the comparison with ",
      named(analysis.results.strategies[analysis.reference]!.label),
      " for higher floors, below which all regrets count as equal. Trust a number only as far as it does not depend on the floor.",
    ),
    tableBlock(anchoredRows(analysis, anchored)),
  ];
}

/** One row per strategy, in the order of the ranking. */
export function anchoredRows(analysis: Analysis, { atFloors }: AnchoredRegret): PageTable {
  const { strategies } = analysis.results;
  const [own, ...higher] = atFloors;
  const floorWords = (floor: number): string => powerOfTen(Math.round(log10(floor)));
  return {
    columns: [
      textColumn("strategy"),
      numberColumn("anchored regret"),
      numberColumn("relative to ", named(strategies[analysis.reference]!.label)),
      ...higher.map(({ floor }) => numberColumn(`with floor ${floorWords(floor)}`)),
    ],
    rowParts: analysis.order.map((index) => ofStrategy(strategies[index]!.label)),
    rows: analysis.order.map((index) => [
      nameCell(strategies[index]!.label),
      estimateCell(own!.level[index]!, factor),
      ...(index === analysis.reference
        ? atFloors.map((_, place) => plainCell(place === 0 ? "reference" : "–"))
        : atFloors.map(({ againstReference }) => estimateCell(againstReference[index]!, factor))),
    ]),
  };
}

/** Which problems have no such measures, and why. */
function withoutAnchors(analysis: Analysis, worth: Equivalents | null): readonly PageBlock[] {
  const anchored = new Set(worth?.cards.map(({ id }) => id));
  const missing = analysis.problems.filter(({ card, complete }) => complete.length > 0 && !anchored.has(card.id));
  if (missing.length === 0) return [];
  return [
    note(
      "There is no sample of random points for ",
      ...listed(missing.map(({ card }) => card.id)),
      `, because it would cost too much. For ${missing.length === 1 ? "this problem" : "these problems"}, the page shows the ${[...new Set(missing.map(({ card }) => measureOf(card)))].join(" and the ")} itself, and how strategies compare with each other.`,
    ),
  ];
}
