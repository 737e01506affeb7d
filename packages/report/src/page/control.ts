/** Section: the control, a strategy that took part twice. */
import type { Analysis } from "../analysis/analysis.ts";
import { level } from "../confidence.ts";
import { controlFindings, falseAlarm, falseSpeedUp } from "../findings/control.ts";
import { record, twoDigits } from "../format.ts";
import { overall, prose, type Section, tableBlock } from "./block.ts";
import { nameCell, numberColumn, type PageTable, plainCell, textColumn } from "./pageTable.ts";
import { estimateCell } from "./ranking.ts";

/** Null if no strategy took part twice. */
export function control(analysis: Analysis): Section | null {
  if (analysis.controls.length === 0) return null;
  return {
    id: "control",
    title: "The control",
    blocks: [
      prose(
        "A strategy takes part twice, with the same instances, initial designs and noise, but with other random numbers. The two are equal, so whatever separates them is chance. The second one takes part in no other table or figure. Both are ranked among all strategies here.",
      ),
      overall(tableBlock(controlRows(analysis)), ...controlFindings(analysis).map(({ text }) => ({ ...prose(...text), declared: true }))),
    ],
  };
}

/** One row per twin. */
export function controlRows({ controls }: Analysis): PageTable {
  return {
    columns: [
      textColumn("strategy"),
      textColumn("with other random numbers"),
      numberColumn("blocks"),
      numberColumn("difference of mean ranks"),
      numberColumn("won–tied–lost"),
      numberColumn(`problems where p (Holm) ≤ ${level}`),
      textColumn("verdict"),
    ],
    rows: controls.map((row) => [
      nameCell(row.twinOf),
      nameCell(row.twin),
      plainCell(String(row.blocks)),
      row.difference === null ? plainCell("–") : estimateCell(row.difference, twoDigits),
      plainCell(record(row.record)),
      plainCell(`${row.apart} of ${row.problems}`),
      row.difference === null || row.difference.interval === null
        ? plainCell("not testable")
        : falseAlarm(row) || falseSpeedUp(row) || row.apart > 0
          ? { text: ["false alarm"], tone: "bad" as const }
          : plainCell("no difference"),
    ]),
  };
}
