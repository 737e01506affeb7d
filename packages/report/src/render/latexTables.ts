/** The tables of a page as LaTeX files, named after the heading or the section above them. */
import type { Page, PageBlock } from "../page/block.ts";
import type { PageTable } from "../page/pageTable.ts";
import { latexTable } from "./latex.ts";

/** `tables/<id>.tex` is the first table below a heading or section, `tables/<id>-2.tex` the second. Tables without rows are left out. */
export function latexTables({ front, sections }: Page): readonly { readonly name: string; readonly text: string }[] {
  return [{ id: "front", blocks: front }, ...sections].flatMap(({ id, blocks }) => {
    const counts = new Map<string, number>();
    return tablesIn(blocks, id).map(({ under, table }) => {
      const count = (counts.get(under) ?? 0) + 1;
      counts.set(under, count);
      return { name: `tables/${under}${count === 1 ? "" : `-${count}`}.tex`, text: latexTable(table) };
    });
  });
}

type PlacedTable = { readonly under: string; readonly table: PageTable };

function tablesIn(blocks: readonly PageBlock[], section: string): readonly PlacedTable[] {
  let under = section;
  return blocks.flatMap((block): readonly PlacedTable[] => {
    if (block.kind === "heading") under = block.id;
    if (block.kind === "details") return tablesIn(block.blocks, under);
    return block.kind === "table" && block.table.rows.length > 0 ? [{ under, table: block.table }] : [];
  });
}
