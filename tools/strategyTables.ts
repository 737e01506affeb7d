/**
 * The tables of strategies in the documentation, compared with the cards. A table counts where its first column is called `name`; a row,
 * where its first cell is a name in code. A strategy needs no row: `caviar strategies` lists them all.
 */
import type { Card } from "@caviar-hpo/core";

/** What a column says, by its title. */
const columns: { readonly [title: string]: (card: Card) => string } = {
  adapts: ({ adaptive }) => (adaptive ? "yes" : "no"),
  "depends on the order of results": ({ dependsOn }) => (dependsOn === "order" ? "yes" : "no"),
};

export type TableFindings = { readonly rows: number; readonly faults: readonly string[] };

export function checkTables(file: string, markdown: string, cards: readonly Card[]): TableFindings {
  const faults: string[] = [];
  let titles: readonly string[] | null = null;
  let rows = 0;
  for (const [index, line] of markdown.split("\n").entries()) {
    const cells = cellsOf(line);
    if (cells === null) titles = null;
    else if (cells[0] === "name") titles = cells;
    else if (titles !== null) {
      const name = /^`(\w+)`$/.exec(cells[0]!)?.[1];
      if (name === undefined) continue;
      rows++;
      faults.push(...rowFaults(name, titles, cells, cards).map((fault) => `${file}:${index + 1}: ${fault}`));
    }
  }
  return { rows, faults };
}

function rowFaults(name: string, titles: readonly string[], cells: readonly string[], cards: readonly Card[]): readonly string[] {
  const card = cards.find((one) => one.name === name);
  if (card === undefined) return [`there is no strategy ${name}`];
  return titles.flatMap((title, column) => {
    const expected = columns[title]?.(card);
    return expected === undefined || cells[column] === expected ? [] : [`${name}, ${title}: expected ${expected}, got ${cells[column]}`];
  });
}

/** Null for a line that belongs to no table. */
function cellsOf(line: string): readonly string[] | null {
  if (!line.startsWith("|")) return null;
  return line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
}
