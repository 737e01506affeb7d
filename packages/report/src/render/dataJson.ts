/** The numbers of a figure as JSON: the columns, and one row per line. JSON has no Infinity, so it is the string "Infinity". */
import type { DataTable } from "./csv.ts";
import { escapeJson } from "./escapeJson.ts";

export function dataJson({ columns, rows }: DataTable): string {
  const lines = rows.map((row) => JSON.stringify(row.map((cell) => (cell === Infinity ? "Infinity" : cell))));
  return escapeJson(`{"format":"caviar-figure-1",\n"columns":${JSON.stringify(columns)},\n"rows":[\n${lines.join(",\n")}\n]}\n`);
}
