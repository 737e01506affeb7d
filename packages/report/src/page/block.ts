/**
 * The page of a report as data. `buildPage.ts` builds it, and each form (HTML, Markdown, terminal) has its own renderer in `render/`. The
 * page holds all words that a reader sees. A renderer adds only what its form needs, such as a style sheet or links between the sections.
 */
import type { Drawing } from "../svg/document.ts";
import type { PagePart, PageTable } from "./pageTable.ts";
import type { FigureFile, Phrase } from "./phrase.ts";

export type Page = {
  /** Data, like the names in phrases. */
  readonly title: string;
  /** A line above the title. */
  readonly kicker: Phrase;
  /** The top of the page, before the sections. */
  readonly front: readonly PageBlock[];
  /** Whether each table is a file for LaTeX next to the page, to which HTML links. */
  readonly latexTables?: boolean;
  /** What a reader can choose. Only HTML has it. */
  readonly controls?: Controls;
  readonly sections: readonly Section[];
  /** The last line. */
  readonly closing: Phrase;
};

export type Section = {
  /** Unique in the page; small letters, digits and hyphens, like every `id` of a page. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly PageBlock[];
};

export type PageBlock =
  | { readonly kind: "heading"; readonly id: string; readonly text: Phrase }
  | Prose
  /** Something the reader must know before reading the numbers. */
  | { readonly kind: "notice"; readonly severity: "error" | "caution"; readonly text: Phrase }
  /** Sentences under a title of their own. */
  | { readonly kind: "list"; readonly title: string; readonly items: readonly Phrase[] }
  | Facts
  | { readonly kind: "definitions"; readonly entries: readonly DefinedTerm[] }
  | { readonly kind: "table"; readonly table: PageTable }
  | FigureBlock
  | Code
  | Details
  | Overall
  | Versions;

/** `question`: what the campaign asks. `note`: a remark on the block before it. `origin`: where the page comes from. */
export type Prose = {
  readonly kind: "prose";
  readonly tone: "body" | "question" | "note" | "origin";
  readonly text: Phrase;
  /** A result of the declared endpoints. */
  readonly declared?: boolean;
};

/** Names and their values. The values of `counts` are short; those of `provenance` may be long. */
export type Facts = {
  readonly kind: "facts";
  readonly of: "counts" | "provenance";
  readonly entries: readonly { readonly name: string; readonly value: Phrase }[];
};

export type DefinedTerm = { readonly term: string; readonly formula: string; readonly definition: string };

export type FigureBlock = {
  readonly kind: "figure";
  /** From 1, in the order of the page. */
  readonly number: number;
  readonly drawing: Drawing;
  /** The drawing as a file, for forms that link to it. */
  readonly file: FigureFile;
  readonly caption: Phrase;
};

/** Lines without changes. A line feed inside a line is shown as a character, as in a name. */
export type Code = { readonly kind: "code"; readonly language: "sh" | "text"; readonly lines: readonly string[] };

/** Blocks that a form may hide until the reader opens them, and the summary that stays visible. */
export type Details = {
  readonly kind: "details";
  readonly summary: Phrase;
  readonly blocks: readonly PageBlock[];
  /** If given, the summary is a heading. */
  readonly id?: string;
  readonly of?: PagePart;
};

/** Numbers over all problems of the campaign. They are hidden while a reader has chosen some of the problems. */
export type Overall = { readonly kind: "overall"; readonly blocks: readonly PageBlock[] };

/** A figure in several versions, of which a reader chooses one. The first is the published one; forms without a script show only it. */
export type Versions = {
  readonly kind: "versions";
  /** The dimension of the switch. */
  readonly of: string;
  readonly versions: readonly { readonly value: string; readonly figure: FigureBlock }[];
};

export type Controls = {
  readonly controls: readonly PageControl[];
  /** Why the results of the declared endpoints are hidden while a choice differs from the published page. */
  readonly declaredWords: string;
};

export type PageControl =
  /** Shows or hides what belongs to each value: the parts of the page whose dimension `of` has this name. */
  | { readonly kind: "choose"; readonly of: string; readonly title: string; readonly values: readonly string[] }
  /** Shows one of several versions. The first is the published one. */
  | {
      readonly kind: "switch";
      readonly of: string;
      readonly title: string;
      readonly values: readonly { readonly value: string; readonly words: string }[];
    }
  /** Switches the horizontal axes of curves between linear and logarithmic. */
  | { readonly kind: "scale"; readonly title: string };

export function prose(...text: Phrase): Prose {
  return { kind: "prose", tone: "body", text };
}

export function note(...text: Phrase): Prose {
  return { kind: "prose", tone: "note", text };
}

/** Blocks that a reader opens. */
export function folded(summary: Phrase, ...blocks: readonly PageBlock[]): Details {
  return { kind: "details", summary, blocks };
}

export function overall(...blocks: readonly PageBlock[]): Overall {
  return { kind: "overall", blocks };
}

/** One such block, or none if there are no blocks. */
export function overallBlocks(blocks: readonly PageBlock[]): readonly Overall[] {
  return blocks.length === 0 ? [] : [overall(...blocks)];
}

/** With more problems, what has a row for each of them is folded. */
export const mostOpenProblems = 12;

/** The block, folded if it has rows for too many problems. */
export function openIfShort(problems: number, summary: Phrase, block: PageBlock): PageBlock {
  return problems <= mostOpenProblems ? block : folded(summary, block);
}

export function tableBlock(table: PageTable): PageBlock {
  return { kind: "table", table };
}
