/** A table for readers, before it is known whether a page, a Markdown file or a terminal shows it. */
import { named, type Phrase } from "./phrase.ts";

export type PageCell = {
  readonly text: Phrase;
  /** Follows the text, less prominent: for instance an interval. */
  readonly detail?: string;
  /** `best`: the best of its row; `strong`: worth noticing; `bad`: something is missing or wrong. */
  readonly tone?: "best" | "strong" | "bad";
  /** Background from 0, good, to 4, poor. */
  readonly shade?: number;
};

export type PageColumn = { readonly title: Phrase; readonly numeric: boolean };

export type PageTable = {
  readonly columns: readonly PageColumn[];
  readonly rows: readonly (readonly PageCell[])[];
  /** What the shades of its cells stand for, for instance "mean rank"; forms without colours leave both out. */
  readonly shading?: string;
};

export function plainCell(text: string): PageCell {
  return { text: [text] };
}

export function nameCell(name: string): PageCell {
  return { text: [named(name)] };
}

export function textColumn(...title: Phrase): PageColumn {
  return { title, numeric: false };
}

export function numberColumn(...title: Phrase): PageColumn {
  return { title, numeric: true };
}
