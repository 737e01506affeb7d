/** Importance as a table: in Markdown and HTML for people, and in CSV for programs. */
import { decimal } from "../format.ts";
import { nameCell, numberColumn, type PageTable, plainCell, textColumn } from "../page/pageTable.ts";
import { named } from "../page/phrase.ts";
import { csv } from "../render/csv.ts";
import { tableMarkup } from "../render/html.ts";
import { markdownTable } from "../render/markdown.ts";
import type { Importance, Share } from "./importance.ts";

export type ImportanceTables = {
  /** GitHub Markdown: every parameter, every pair with at least half a percent, and the rest. */
  readonly markdown: string;
  /** The same as a `<table>` without style or scripts. */
  readonly html: string;
  /** Every parameter, every pair and the rest in full precision: kind, first, second, mean, sd. */
  readonly csv: string;
};

/** Writes an importance as tables. */
export function importanceTables(result: Importance): ImportanceTables {
  const table = pageTable(result);
  return { markdown: `${markdownTable(table)}\n`, html: tableMarkup(table).markup, csv: csvOf(result) };
}

function pageTable({ main, pairs, rest }: Importance): PageTable {
  const shown = pairs.filter(({ share }) => share.mean >= 0.005);
  const hidden = pairs.slice(shown.length);
  const cells = ({ mean, sd }: Share) => [plainCell(percent(mean)), plainCell(percent(sd))];
  return {
    columns: [textColumn("parameters"), numberColumn("share of the variance"), numberColumn("sd over trees")],
    rows: [
      ...main.map(({ name, share }) => [nameCell(name), ...cells(share)]),
      ...shown.map(({ names: [first, second], share }) => [{ text: [named(first), " with ", named(second)] }, ...cells(share)]),
      ...(hidden.length === 0
        ? []
        : [[plainCell("all other pairs"), plainCell(percent(hidden.reduce((sum, { share }) => sum + share.mean, 0))), plainCell("–")]]),
      [plainCell("three or more together"), ...cells(rest)],
    ],
  };
}

function percent(share: number): string {
  return `${decimal(100 * share, 1)} %`;
}

function csvOf({ main, pairs, rest }: Importance): string {
  return csv({
    columns: ["kind", "first", "second", "mean", "sd"],
    rows: [
      ...main.map(({ name, share }) => ["main", name, null, share.mean, share.sd]),
      ...pairs.map(({ names: [first, second], share }) => ["pair", first, second, share.mean, share.sd]),
      ["rest", null, null, rest.mean, rest.sd],
    ],
  });
}
