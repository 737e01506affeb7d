/** A table for readers, independent of whether HTML, Markdown or a terminal shows it. */
import { named, type Phrase } from "./phrase.ts";
import type { BlockRanks } from "./rankCodes.ts";

export type PageCell = {
  readonly text: Phrase;
  /** Comes after the text and is less prominent, for instance an interval. */
  readonly detail?: string;
  /** `best`: the best of its row. `strong`: statistically significant. `bad`: something is missing or wrong. */
  readonly tone?: "best" | "strong" | "bad";
  /** Background from 0 (good) to 4 (poor). */
  readonly shade?: number;
  /** What a sorted table compares, if it is not the text. */
  readonly value?: number;
  /** The detail is an interval of a declared endpoint. */
  readonly isEstimate?: boolean;
};

export type PageColumn = {
  readonly title: Phrase;
  readonly numeric: boolean;
  readonly of?: PagePart;
  /** A result of the declared endpoints. */
  readonly declared?: boolean;
  /** What the script computes again for a part of the campaign. */
  readonly computed?: "place" | "final" | "anytime" | "record";
};

/** What a part of a page belongs to: the name of a strategy, of a problem, or of another dimension that readers choose by. */
export type PagePart = { readonly [dimension: string]: string };

export type PageTable = {
  readonly columns: readonly PageColumn[];
  readonly rows: readonly (readonly PageCell[])[];
  /** What each row belongs to. */
  readonly rowParts?: readonly PagePart[];
  /** What columns are computed from again: the strategy that others are compared with, and the ranks of the strategy of each row. */
  readonly ranked?: { readonly reference: string; readonly rows: readonly BlockRanks[] };
  /** What the shades of the cells mean, for instance "mean rank". Forms without colours show neither. */
  readonly shading?: string;
};

/** @param value what a sorted table compares */
export function plainCell(text: string, value?: number): PageCell {
  return { text: [text], ...(value === undefined ? {} : { value }) };
}

export function nameCell(name: string): PageCell {
  return { text: [named(name)] };
}

/** The part of a page that belongs to a strategy, or to a problem. */
export function ofStrategy(strategy: string): PagePart {
  return { strategy };
}

export function ofProblem(problem: string): PagePart {
  return { problem };
}

/** A column of numbers of one strategy. */
export function strategyColumn(label: string): PageColumn {
  return { title: [named(label)], numeric: true, of: ofStrategy(label) };
}

export function textColumn(...title: Phrase): PageColumn {
  return { title, numeric: false };
}

export function numberColumn(...title: Phrase): PageColumn {
  return { title, numeric: true };
}
