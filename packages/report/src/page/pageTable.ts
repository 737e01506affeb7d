/** A table for readers, independent of whether HTML, Markdown or a terminal shows it. */
import { named, type Phrase } from "./phrase.ts";

export type PageCell = {
  readonly text: Phrase;
  /** Comes after the text and is less prominent, for instance an interval. */
  readonly detail?: string;
  /** `best`: the best of its row. `strong`: statistically significant. `bad`: something is missing or wrong. */
  readonly tone?: "best" | "strong" | "bad";
  /** Background from 0 (good) to 4 (poor). */
  readonly shade?: number;
};

export type PageColumn = { readonly title: Phrase; readonly numeric: boolean };

export type PageTable = {
  readonly columns: readonly PageColumn[];
  readonly rows: readonly (readonly PageCell[])[];
  /** What the shades of the cells mean, for instance "mean rank". Forms without colours show neither. */
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
