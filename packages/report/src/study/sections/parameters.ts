/** Section: which parameters matter, and how the objective depends on them. */
import { grouped } from "../../format.ts";
import { prose, tableBlock } from "../../page/block.ts";
import { numberColumn, type PageTable, plainCell, textColumn } from "../../page/pageTable.ts";
import { named } from "../../page/phrase.ts";
import type { Digest } from "../digest.ts";
import { importanceFigure } from "../figures/importance.ts";
import { landscapeFigure } from "../figures/landscape.ts";
import { parallelFigure } from "../figures/parallel.ts";
import { slicesFigure } from "../figures/slices.ts";
import { leastTrials, modelOf, mostLearned, type StudyModel } from "../model.ts";
import { figureIn, type StudyBlock, type StudySection } from "./section.ts";

const mostPairs = 5;

/** null if no trial has been measured, or there are no parameters. */
export function parameters(digest: Digest): StudySection | null {
  const { problem, complete } = digest;
  if (complete.length === 0 || problem.space.params.length === 0) return null;
  const model = modelOf(digest, 0);
  return {
    id: "parameters",
    title: "Which parameters matter",
    blocks: [
      ...(model === null ? [tooFew] : importanceBlocks(digest, model)),
      { kind: "heading", id: "parallel-coordinates", text: ["Parallel coordinates"] },
      ...figureIn(parallelFigure(digest, model)),
      { kind: "heading", id: "parameter-slices", text: ["Each parameter"] },
      ...figureIn(slicesFigure(digest, model)),
      ...(model === null || problem.space.params.length < 2
        ? []
        : [
            { kind: "heading", id: "two-parameters", text: ["The two most important parameters"] } as const,
            ...figureIn(landscapeFigure(digest, model)),
          ]),
    ],
  };
}

const tooFew = prose(
  `Shares of importance need ${leastTrials} trials that are feasible and were trained as far as any other. There are not so many yet.`,
);

function importanceBlocks({ problem, complete }: Digest, { shares }: StudyModel): readonly StudyBlock[] {
  const objective = problem.objectives[0]!.name;
  const several = problem.objectives.length > 1 ? [" This section is about the first objective, ", named(objective), "."] : [];
  const rest = `${(100 * shares.rest.mean).toFixed(0)} %`;
  return [
    prose(
      `Neither single parameters nor pairs of them explain ${rest} of the variance. With few trials or noise, this share is large, and then small shares mean little.`,
      ...several,
      complete.length > mostLearned
        ? ` The forest learns from ${mostLearned} of ${grouped(complete.length)} trials, equally far apart.`
        : "",
    ),
    ...figureIn(importanceFigure(shares, objective)),
    ...(shares.pairs.length === 0 ? [] : [tableBlock(pairTable(shares))]),
  ];
}

function pairTable({ pairs }: StudyModel["shares"]): PageTable {
  return {
    columns: [textColumn("what pairs explain beyond their parts"), numberColumn("share of the variance"), numberColumn("sd over trees")],
    rows: pairs
      .slice(0, mostPairs)
      .map(({ names: [first, second], share }) => [
        { text: [named(first), " and ", named(second)] },
        plainCell(share.mean.toFixed(2)),
        plainCell(share.sd.toFixed(2)),
      ]),
  };
}
