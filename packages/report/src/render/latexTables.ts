/** The tables of a page as LaTeX files: `tables/<name>.tex`. */
import type { Page } from "../page/block.ts";
import { placedTables } from "../page/placedTables.ts";
import { latexTable } from "./latex.ts";

export function latexTables(page: Page): readonly { readonly name: string; readonly text: string }[] {
  return placedTables(page).map(({ name, table }) => ({ name: `tables/${name}.tex`, text: latexTable(table) }));
}
