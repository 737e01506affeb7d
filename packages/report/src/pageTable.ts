/** A table for readers, before it is known whether a page, a Markdown file or a terminal shows it. */
import type { Phrase } from "./phrase.ts";

export type PageCell = {
  readonly text: Phrase;
  /** Said more quietly behind the text, for instance an interval. */
  readonly detail?: string;
  /** `best`: the best of its row; `strong`: worth noticing; `bad`: something is missing or wrong. */
  readonly tone?: "best" | "strong" | "bad";
  /** Background from 0, good, to 4, poor. */
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
