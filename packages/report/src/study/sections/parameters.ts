/** Section: which parameters matter, and how the objective depends on them. */
import { counted } from "@caviar-hpo/core/text";
import { grouped } from "../../format.ts";
import { prose, tableBlock } from "../../page/block.ts";
import { numberColumn, type PageTable, plainCell, textColumn } from "../../page/pageTable.ts";
import { named, type Phrase } from "../../page/phrase.ts";
import { type Digest, enoughTrials } from "../digest.ts";
import { importanceFigure } from "../figures/importance.ts";
import { landscapeFigure } from "../figures/landscape.ts";
import { parallelFigure } from "../figures/parallel.ts";
import { slicesFigure } from "../figures/slices.ts";
import { leastTrials, modelOf, mostLearned, type TrialModel } from "../model.ts";
import { numberWords } from "../numberWords.ts";
import { figureIn, type StudyBlock, type StudySection } from "./section.ts";

const mostPairs = 5;

/** null if no trial has been measured, or there are no parameters. */
export function parameters(digest: Digest): StudySection | null {
  const { problem, compared } = digest;
  if (compared.length === 0 || problem.space.params.length === 0) return null;
  const model = modelOf(digest, 0);
  return {
    id: "parameters",
    title: "Which parameters matter",
    blocks: [
      prose(...comparedWords(digest)),
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

function comparedWords({ problem: { fidelity, objectives, constraints }, compared, comparedAt }: Digest): Phrase {
  const several: Phrase =
    objectives.length > 1 ? [" Importance, slices and expectations are about the first objective, ", named(objectives[0]!.name), "."] : [];
  const feasible = constraints.length === 0 ? "" : ` and ${compared.length === 1 ? "violates" : "violate"} no constraint`;
  const which = `${counted(compared.length, "trial")} that did not fail${feasible}`;
  if (comparedAt === null) {
    const far = fidelity === null ? "" : ", and that were trained as far as any other";
    return [`This section compares ${which}${far}.`, ...several];
  }
  return [
    `This section compares ${which}, by what they measured at ${numberWords(comparedAt)} `,
    named(fidelity!.unit),
    compared.length < enoughTrials
      ? ". That is where the most trials were measured."
      : `. That is the highest fidelity at which ${enoughTrials} trials or more were measured.`,
    ...several,
  ];
}

const tooFew = prose(`Shares of importance need ${leastTrials} such trials. There are not so many yet.`);

function importanceBlocks({ problem, compared }: Digest, { shares }: TrialModel): readonly StudyBlock[] {
  const objective = problem.objectives[0]!.name;
  const rest = `${(100 * shares.rest.mean).toFixed(0)} %`;
  return [
    prose(
      `Interactions of three or more parameters, and noise, have ${rest} of the variance. If this share is large, small shares mean little.`,
      compared.length > mostLearned
        ? ` The forest learns from ${mostLearned} of ${grouped(compared.length)} trials, equally far apart.`
        : "",
    ),
    ...figureIn(importanceFigure(shares, objective)),
    ...(shares.pairs.length === 0 ? [] : [tableBlock(pairTable(shares))]),
  ];
}

function pairTable({ pairs }: TrialModel["shares"]): PageTable {
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
