/** Plain text tables with a rule below the titles. Each column is aligned left or right. */
import { cut } from "@caviar-hpo/core/text";
import { printable } from "@caviar-hpo/runtime/terminal";

export type TextColumn = { readonly title: string; readonly align: "left" | "right" };

export type TableLook = {
  /** May colour the line of a row. By default no line has a colour. */
  readonly paintRow?: (line: string, row: number) => string;
  /** Longer lines are cut to so many characters. Infinity by default. */
  readonly lineLength?: number;
};

export function textTable(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
  { paintRow = (line) => line, lineLength = Infinity }: TableLook = {},
): string {
  const cells = [columns.map((column) => column.title), ...rows].map((row) => row.map(printable));
  const widths = columns.map((_, index) => cells.reduce((most, row) => Math.max(most, width(row[index] ?? "")), 0));
  const lines = cells.map((row) => row.map((cell, index) => pad(cell, widths[index]!, columns[index]!.align)).join("  "));
  const rule = widths.map((one) => "─".repeat(one)).join("  ");
  const [titles, ...painted] = lines.map((line) => cut(line.trimEnd(), lineLength));
  return [titles!, cut(rule, lineLength), ...painted.map(paintRow)].join("\n");
}

function pad(cell: string, to: number, align: TextColumn["align"]): string {
  const space = " ".repeat(Math.max(0, to - width(cell)));
  return align === "left" ? cell + space : space + cell;
}

function width(cell: string): number {
  return [...cell].length;
}
