/**
 * A table as CSV. Numbers keep their full precision. Infinity and missing values have names.
 */
import { visible } from "../visible.ts";

export type DataCell = string | number | null;
export type DataTable = { readonly columns: readonly string[]; readonly rows: readonly (readonly DataCell[])[] };

export function csv(table: DataTable, lineEnd: "\n" | "\r\n" = "\n"): string {
  return [table.columns, ...table.rows].map((row) => `${row.map(cell).join(",")}${lineEnd}`).join("");
}

function cell(value: DataCell): string {
  if (value === null) return "";
  return typeof value === "number" ? String(value) : escapeCsv(value);
}

/**
 * One CSV cell, quoted as in RFC 4180. Text that a spreadsheet would run as a formula gets an apostrophe in front, after the OWASP note on
 * formula injection.
 */
export function escapeCsv(text: string): string {
  const shown = visible(text);
  const safe = /^[\s\u2400-\u2421]*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(shown) ? `'${shown}` : shown;
  return /[",;\s]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
