/**
 * The numbers of a figure as JSON: `columns`, and `series` of rows that have the same texts. A series has the texts by the names of their
 * columns, and in `rows` the numbers of the other columns, in order. JSON has no Infinity, so it is the string "Infinity".
 */
import type { DataCell, DataTable } from "./csv.ts";
import { escapeJson } from "./escapeJson.ts";

export function dataJson({ columns, rows }: DataTable): string {
  const isText = columns.map((_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === "string"));
  const textOf = (row: readonly DataCell[]): string =>
    columns.map((name, column) => (isText[column] ? `${JSON.stringify(name)}:${JSON.stringify(row[column])},` : "")).join("");
  const lines: string[] = [];
  let before: string | null = null;
  for (const row of rows) {
    const texts = textOf(row);
    const numbers = JSON.stringify(row.filter((_, column) => !isText[column]).map((cell) => (cell === Infinity ? "Infinity" : cell)));
    if (texts === before) lines.push(`,\n${numbers}`);
    else lines.push(`${before === null ? "" : "]},\n"}{${texts}"rows":[\n${numbers}`);
    before = texts;
  }
  const names = JSON.stringify(columns.filter((_, column) => !isText[column]));
  return escapeJson(`{"format":"caviar-figure-1","columns":${names},"series":[\n${lines.join("")}${before === null ? "" : "]}"}\n]}\n`);
}
