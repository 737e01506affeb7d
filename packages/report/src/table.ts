/** A table as data, written as CSV with line feeds. Cells that are numbers stay numbers, in full precision; Infinity and missing values are named. */
import { escapeCsv } from "./escape.ts";

export type Cell = string | number | null;
export type Table = { readonly columns: readonly string[]; readonly rows: readonly (readonly Cell[])[] };

export function csv(table: Table): string {
  return [table.columns, ...table.rows].map((row) => `${row.map(cell).join(",")}\n`).join("");
}

function cell(value: Cell): string {
  if (value === null) return "";
  return typeof value === "number" ? String(value) : escapeCsv(value);
}
