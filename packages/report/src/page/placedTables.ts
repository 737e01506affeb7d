/** The tables of a page with their names, after the heading or the section above them. */
import type { Page, PageBlock } from "./block.ts";
import type { PageTable } from "./pageTable.ts";
import { phraseText } from "./phrase.ts";

export type PlacedTable = {
  /** Letters, digits and hyphens: `ranking` is the first table below a heading or section, `ranking-2` the second. */
  readonly name: string;
  /** For readers: the heading, with a number from the second table on. */
  readonly label: string;
  readonly table: PageTable;
};

/** In the order of the page. Tables without rows are left out. */
export function placedTables({ front, sections }: Page): readonly PlacedTable[] {
  return [{ id: "front", title: "Front matter", blocks: front }, ...sections].flatMap(({ id, title, blocks }) => {
    const counts = new Map<string, number>();
    return tablesIn(blocks, { id, title }).map(({ under, table }) => {
      const count = (counts.get(under.id) ?? 0) + 1;
      counts.set(under.id, count);
      return {
        name: `${under.id}${count === 1 ? "" : `-${count}`}`,
        label: `${under.title}, table${count === 1 ? "" : ` ${count}`}`,
        table,
      };
    });
  });
}

type Above = { readonly id: string; readonly title: string };

function tablesIn(blocks: readonly PageBlock[], section: Above): readonly { readonly under: Above; readonly table: PageTable }[] {
  let under = section;
  return blocks.flatMap((block) => {
    if (block.kind === "heading") under = { id: block.id, title: phraseText(block.text) };
    if (block.kind === "overall") return tablesIn(block.blocks, under);
    if (block.kind === "details")
      return tablesIn(block.blocks, block.id === undefined ? under : { id: block.id, title: phraseText(block.summary) });
    return block.kind === "table" && block.table.rows.length > 0 ? [{ under, table: block.table }] : [];
  });
}
