/** Section: the table of trials, the best first. */
import { grouped } from "../../format.ts";
import { folded, prose, tableBlock } from "../../page/block.ts";
import { nameCell, numberColumn, type PageCell, type PageTable, plainCell, textColumn } from "../../page/pageTable.ts";
import { named } from "../../page/phrase.ts";
import type { Digest, SeenTrial } from "../digest.ts";
import { numberWords } from "../numberWords.ts";
import type { Reason } from "../reasons.ts";
import type { StudySection } from "./section.ts";

const mostRows = 1000;
/** A table with more rows is folded. */
const mostOpenRows = 100;
/** Of each text, so that a page with many errors stays small. */
const mostCharacters = 200;

export function trialSection(digest: Digest, reasons: readonly Reason[]): StudySection | null {
  const { ranked } = digest;
  if (ranked.length === 0) return null;
  const shown = ranked.slice(0, mostRows);
  const less =
    shown.length < ranked.length ? ` The ${grouped(mostRows)} best of ${grouped(ranked.length)} trials are shown; ` : " All trials are in ";
  const table = tableBlock(trialTable(digest, shown, reasons));
  return {
    id: "trials",
    title: "Trials",
    blocks: [
      prose(
        `The best trials come first.${less}`,
        shown.length < ranked.length ? "all of them are in " : "",
        { kind: "link", words: "trials.csv", file: "fig/trials.csv" },
        ".",
      ),
      ...(shown.length > mostOpenRows ? [folded([`${grouped(shown.length)} trials`], table)] : [table]),
    ],
  };
}

type TrialsColumn = { readonly column: PageTable["columns"][number]; readonly cell: (seen: SeenTrial) => PageCell };

function trialTable(digest: Digest, shown: readonly SeenTrial[], reasons: readonly Reason[]): PageTable {
  const columns = columnsOf(digest, reasons).filter(({ cell }) => shown.some((seen) => !isEmpty(cell(seen))));
  return {
    columns: columns.map(({ column }) => column),
    rows: shown.map((seen) => columns.map(({ cell }) => cell(seen))),
    rowParts: shown.map(({ trial }) => ({ trial: String(trial.id) })),
  };
}

/** Columns without anything in them are left out. */
function isEmpty({ text }: PageCell): boolean {
  return text.length === 1 && (text[0] === "–" || text[0] === "");
}

function columnsOf({ problem: { space, objectives, constraints, fidelity } }: Digest, reasons: readonly Reason[]): readonly TrialsColumn[] {
  return [
    { column: numberColumn("trial"), cell: ({ trial }) => plainCell(String(trial.id)) },
    { column: textColumn("status"), cell: ({ trial }) => ({ text: [trial.status], ...(trial.status === "failed" && { tone: "bad" }) }) },
    ...objectives.map(({ name }, index) => number(name, ({ last }) => last?.values[index])),
    ...(fidelity === null ? [] : [number(fidelity.unit, ({ last }) => last?.fidelity)]),
    ...constraints.map((name, index) => number(name, ({ last }) => last?.constraints[index])),
    ...space.params.map(
      ([name, param]): TrialsColumn => ({
        column: param.kind === "choice" ? textColumn(named(name)) : numberColumn(named(name)),
        cell: ({ trial }) => {
          if (!Object.hasOwn(trial.config, name)) return plainCell("–");
          const value = trial.config[name]!;
          return typeof value === "number" ? numberCell(value) : nameCell(String(value));
        },
      }),
    ),
    number("seconds", ({ trial }) => trial.durationSeconds),
    { column: textColumn("worker"), cell: ({ trial }) => (trial.worker == null ? plainCell("–") : nameCell(shortened(trial.worker))) },
    { column: textColumn("why it was chosen"), cell: ({ trial }) => reasonCell(reasons[trial.id]!) },
    { column: textColumn("failure"), cell: failureCell },
  ];
}

/** @param title data. */
function number(title: string, of: (seen: SeenTrial) => number | null | undefined): TrialsColumn {
  return {
    column: numberColumn(named(title)),
    cell: (seen) => {
      const value = of(seen);
      return value == null ? plainCell("–") : numberCell(value);
    },
  };
}

/** The script sorts by the text if it is a plain number. */
function numberCell(value: number): PageCell {
  const text = numberWords(value, 6);
  return /[⁰¹²³⁴⁵⁶⁷⁸⁹]$/.test(text) ? { text: [text], value } : plainCell(text);
}

function reasonCell({ kind }: Reason): PageCell {
  return kind === "no reason noted" ? plainCell("–") : nameCell(shortened(kind));
}

function failureCell({ trial: { failure } }: SeenTrial): PageCell {
  if (failure === undefined) return plainCell("–");
  const { reason, error } = failure;
  return { text: error === undefined ? [reason] : [`${reason}: `, named(shortened(error))] };
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= mostCharacters ? text : `${characters.slice(0, mostCharacters - 1).join("")}…`;
}
