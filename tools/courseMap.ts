/**
 * The table of docs/course-to-caviar.md, row by row. A row names functions, as `name` of `@caviar-hpo/package`, and perhaps strategies, as
 * strategy `name`.
 */
import { exportsNamedIn, type NamedExport } from "./namedExports.ts";

export type MapRow = {
  /** The course's word, in the first column. */
  readonly concept: string;
  readonly functions: readonly NamedExport[];
  readonly strategies: readonly string[];
  /** Targets of links in the last column. */
  readonly pages: readonly string[];
};

/** The rows of the table whose first column is called `the course`. */
export function rowsOfMap(markdown: string): readonly MapRow[] {
  const lines = markdown.split("\n");
  const head = lines.findIndex((line) => line.startsWith("| the course |"));
  if (head < 0) return [];
  const body = lines.slice(head + 2);
  const end = body.findIndex((line) => !line.startsWith("|"));
  return body.slice(0, end < 0 ? body.length : end).map(rowOf);
}

function rowOf(line: string): MapRow {
  const cells = line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
  const [concept, , caviar, read] = [cells[0] ?? "", cells[1], cells[2] ?? "", cells[3] ?? ""];
  const strategies = [...caviar.matchAll(/strateg(?:y|ies) `(\w+)`(?: and `(\w+)`)?/g)].flatMap(([, first, second]) =>
    second === undefined ? [first!] : [first!, second],
  );
  return { concept, functions: exportsNamedIn(caviar), strategies, pages: [...read.matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1]!) };
}
