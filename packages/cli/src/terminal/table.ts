/** Plain text tables: first column to the left, numbers to the right. */
import { printable } from "./printable.ts";

export function textTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [header, ...rows].map((row) => row.map(printable));
  const widths = header.map((_, column) => Math.max(...cells.map((row) => width(row[column] ?? ""))));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column]!, column === 0))
      .join("  ")
      .trimEnd(),
  );
  return [lines[0]!, widths.map((one) => "─".repeat(one)).join("  "), ...lines.slice(1)].join("\n");
}

function pad(cell: string, to: number, left: boolean): string {
  const space = " ".repeat(Math.max(0, to - width(cell)));
  return left ? cell + space : space + cell;
}

function width(cell: string): number {
  return [...cell].length;
}
