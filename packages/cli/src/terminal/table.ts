/** Plain text tables with a rule below the titles. Each column is aligned left or right. */
import { printable } from "@caviar-hpo/runtime/terminal";

export type TextColumn = { readonly title: string; readonly align: "left" | "right" };

/** @param paintRow may colour the line of a row. */
export function textTable(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  paintRow: (line: string, row: number) => string = (line) => line,
): string {
  const cells = [columns.map((column) => column.title), ...rows].map((row) => row.map(printable));
  const widths = columns.map((_, index) => cells.reduce((most, row) => Math.max(most, width(row[index] ?? "")), 0));
  const lines = cells.map((row) =>
    row
      .map((cell, index) => pad(cell, widths[index]!, columns[index]!.align))
      .join("  ")
      .trimEnd(),
  );
  return [lines[0]!, widths.map((one) => "─".repeat(one)).join("  "), ...lines.slice(1).map(paintRow)].join("\n");
}

function pad(cell: string, to: number, align: TextColumn["align"]): string {
  const space = " ".repeat(Math.max(0, to - width(cell)));
  return align === "left" ? cell + space : space + cell;
}

function width(cell: string): number {
  return [...cell].length;
}
