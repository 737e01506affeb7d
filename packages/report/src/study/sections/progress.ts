/** Section: the best value so far, and the trials that failed. */
import { grouped } from "../../format.ts";
import { note, tableBlock } from "../../page/block.ts";
import { numberColumn, type PageTable, plainCell, textColumn } from "../../page/pageTable.ts";
import { named } from "../../page/phrase.ts";
import type { Digest } from "../digest.ts";
import { progressFigure } from "../figures/progress.ts";
import { figureIn, type StudySection } from "./section.ts";

const mostRows = 20;

export function progress(digest: Digest): StudySection | null {
  const rows = failureRows(digest);
  const figure = progressFigure(digest);
  if (figure === null && rows.length === 0) return null;
  return {
    id: "progress",
    title: rows.length === 0 ? "Progress" : "Progress and failures",
    blocks: [
      ...figureIn(figure),
      ...(rows.length === 0
        ? []
        : [
            { kind: "heading", id: "failures", text: ["Trials that failed"] } as const,
            tableBlock(failureTable(rows.slice(0, mostRows))),
            ...(rows.length > mostRows ? [note(`The ${mostRows} most frequent of ${rows.length} errors are shown.`)] : []),
          ]),
    ],
  };
}

/** Failures of one reason and one error. */
type FailureRow = { readonly reason: string; readonly error: string; count: number; readonly first: number };

/** The most frequent ones first. */
function failureRows({ trials }: Digest): readonly FailureRow[] {
  const rows = new Map<string, FailureRow>();
  for (const { trial } of trials) {
    if (trial.failure === undefined) continue;
    const { reason, error = "" } = trial.failure;
    const key = JSON.stringify([reason, error]);
    const row = rows.get(key) ?? { reason, error, count: 0, first: trial.id };
    rows.set(key, row);
    row.count++;
  }
  return [...rows.values()].sort((a, b) => b.count - a.count || a.first - b.first);
}

function failureTable(rows: readonly FailureRow[]): PageTable {
  return {
    columns: [textColumn("reason"), textColumn("error"), numberColumn("trials"), numberColumn("first trial")],
    rows: rows.map(({ reason, error, count, first }) => [
      plainCell(reason),
      { text: error === "" ? ["–"] : [named(error)] },
      plainCell(grouped(count)),
      plainCell(String(first)),
    ]),
  };
}
