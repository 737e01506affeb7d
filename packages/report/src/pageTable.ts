/** A table for readers, before it is known whether a page, a Markdown file or a terminal shows it. */
import type { Phrase } from "./phrase.ts";

export type PageCell = {
  readonly text: Phrase;
  /** Said more quietly behind the text, for instance an interval. */
  readonly detail?: string;
  /** `best`: the best of its row or column; `bad`: something is missing or wrong; a number from 0 to 4: the lower, the better. */
  readonly tone?: "best" | "bad";
  readonly shade?: number;
};

export type PageTable = {
  readonly columns: readonly { readonly title: Phrase; readonly numeric: boolean }[];
  readonly rows: readonly (readonly PageCell[])[];
};

export function plainCell(text: string): PageCell {
  return { text: [text] };
}

export function nameCell(name: string): PageCell {
  return { text: [{ name }] };
}
