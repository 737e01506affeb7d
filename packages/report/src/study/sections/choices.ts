/** Section: why trials were chosen, and how well the strategy predicted them. */
import { grouped } from "../../format.ts";
import { note, prose, tableBlock } from "../../page/block.ts";
import { nameCell, numberColumn, type PageTable, plainCell, textColumn } from "../../page/pageTable.ts";
import { intervalLevels, shareInside } from "../../statistics/predictedShares.ts";
import { type CheckedPrediction, predictionsOf } from "../calibration.ts";
import type { Digest, SeenTrial } from "../digest.ts";
import { predictionsFigure } from "../figures/predictions.ts";
import { numberWords } from "../numberWords.ts";
import { kindWords, type Reason } from "../reasons.ts";
import { figureIn, type StudyBlock, type StudySection } from "./section.ts";

/** Fewer values say nothing about intervals. */
const leastPredictions = 5;

/** null if nothing is known of the choices. */
export function choices(digest: Digest, reasons: readonly Reason[]): StudySection | null {
  const predictions = predictionsOf(digest);
  if (digest.jobs.length === 0) return null;
  return {
    id: "choices",
    title: "Why each trial was chosen",
    blocks: [
      prose(
        "Strategies note why they choose a trial. The whole notes are in ",
        { kind: "link", words: "choices.csv", file: "fig/choices.csv" },
        ".",
      ),
      tableBlock(reasonTable(digest, reasons)),
      ...(predictions.length < leastPredictions ? [] : calibrationBlocks(digest, predictions)),
    ],
  };
}

function reasonTable({ trials, problem }: Digest, reasons: readonly Reason[]): PageTable {
  const groups = new Map<string, SeenTrial[]>();
  for (const seen of trials) {
    const { kind } = reasons[seen.trial.id]!;
    const group = groups.get(kind) ?? [];
    groups.set(kind, group);
    group.push(seen);
  }
  return {
    columns: [
      textColumn("chosen by"),
      textColumn("what that means"),
      numberColumn("trials"),
      numberColumn("failed"),
      numberColumn("best of them"),
      numberColumn("its trial"),
    ],
    rows: [...groups].map(([kind, members]) => {
      const best = members.reduce((a, b) => (b.rank < a.rank ? b : a));
      const value = best.last === null || best.completion === "failed" ? "–" : numberWords(best.last.values[0]!);
      return [
        nameCell(kind),
        plainCell(kindWords.get(kind) ?? "–"),
        plainCell(grouped(members.length)),
        plainCell(grouped(members.filter(({ completion }) => completion === "failed").length)),
        plainCell(problem.objectives.length > 1 ? "–" : value),
        plainCell(String(best.trial.id)),
      ];
    }),
  };
}

function calibrationBlocks({ problem }: Digest, predictions: readonly CheckedPrediction[]): readonly StudyBlock[] {
  const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
  const below = predictions.map((one) => one.below);
  return [
    { kind: "heading", id: "calibration", text: ["Predicted and measured"] },
    ...figureIn(predictionsFigure(predictions, problem.objectives[0]!)),
    tableBlock({
      columns: [numberColumn("predicted interval"), numberColumn("values that it should hold"), numberColumn("values that it held")],
      rows: intervalLevels.map((level) => [
        plainCell(`central ${percent(level)}`),
        plainCell(percent(level)),
        { text: [percent(shareInside(below, level))], detail: `of ${grouped(predictions.length)}` },
      ]),
    }),
    note(
      "The strategy made each prediction before the trial. It chooses trials that it expects to be good, so its predictions are a little too good on average.",
    ),
  ];
}
