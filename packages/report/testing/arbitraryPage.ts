/** Pages of any blocks with any text in them, hostile names included, and what they say. */
import { fc } from "@fast-check/vitest";
import type { Page, PageBlock } from "../src/page/block.ts";
import type { PageTable } from "../src/page/pageTable.ts";
import type { Inline, Phrase } from "../src/page/phrase.ts";
import { hostileNames } from "./hostileNames.ts";

const text = fc.oneof(
  fc.constantFrom(...hostileNames),
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(..."\\`*_[](){}<>#|~$&@:!-+=.1 \na"), maxLength: 8 }),
);

const phrase: fc.Arbitrary<Phrase> = fc.array(
  fc.oneof<fc.Arbitrary<Inline>[]>(
    text,
    text.map((name) => ({ kind: "name", name })),
    text.map((code) => ({ kind: "code", code })),
    text.map((words) => ({ kind: "emphasis", words })),
    text.map((words) => ({ kind: "link", words, file: "fig/a.csv" })),
  ),
  { maxLength: 5 },
);

const table: fc.Arbitrary<PageTable> = fc.integer({ min: 1, max: 3 }).chain((width) => {
  const cell = fc.record(
    { text: phrase, detail: text, tone: fc.constantFrom("best", "strong", "bad"), shade: fc.nat({ max: 4 }) },
    { requiredKeys: ["text"] },
  );
  return fc.record({
    columns: fc.array(fc.record({ title: phrase, numeric: fc.boolean() }), { minLength: width, maxLength: width }),
    rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 3 }),
  }) as fc.Arbitrary<PageTable>;
});

const lines = fc.array(text, { minLength: 1, maxLength: 3 });

const plainBlock: fc.Arbitrary<PageBlock> = fc.oneof<fc.Arbitrary<PageBlock>[]>(
  phrase.map((words) => ({ kind: "heading", id: "a", text: words })),
  fc.record({ kind: fc.constant("prose"), tone: fc.constantFrom("body", "question", "note", "origin"), text: phrase }),
  fc.record({ kind: fc.constant("notice"), severity: fc.constantFrom("error", "caution"), text: phrase }),
  fc.record({ kind: fc.constant("list"), title: text, items: fc.array(phrase, { maxLength: 3 }) }),
  fc.record({
    kind: fc.constant("facts"),
    of: fc.constantFrom("counts", "provenance"),
    entries: fc.array(fc.record({ name: text, value: phrase }), { maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant("definitions"),
    entries: fc.array(fc.record({ term: text, formula: text, definition: text }), { maxLength: 2 }),
  }),
  table.map((of) => ({ kind: "table", table: of })),
  fc.record({ kind: fc.constant("code"), language: fc.constantFrom("sh", "text"), lines }),
  fc.record({
    kind: fc.constant("figure"),
    number: fc.nat({ max: 9 }),
    drawing: fc.record({
      id: fc.constant("b"),
      title: text,
      description: text,
      width: fc.constant(1),
      height: fc.constant(1),
      body: fc.constant([]),
    }),
    file: fc.constant("fig/a.svg"),
    caption: phrase,
  }),
);

const block: fc.Arbitrary<PageBlock> = fc.oneof(
  { weight: 8, arbitrary: plainBlock },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("details"), summary: phrase, blocks: fc.array(plainBlock, { maxLength: 2 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("overall"), blocks: fc.array(plainBlock, { maxLength: 2 }) }) },
);

export const arbitraryPage: fc.Arbitrary<Page> = fc.record({
  title: text,
  kicker: phrase,
  front: fc.array(block, { maxLength: 3 }),
  sections: fc.array(fc.record({ id: fc.constant("c"), title: text, blocks: fc.array(block, { maxLength: 3 }) }), { maxLength: 2 }),
  closing: phrase,
});

/** What a page says, in its order, one entry per paragraph, cell, item, picture or block of code. */
export function textsOf({ title, kicker, front, sections, closing }: Page): readonly string[] {
  return [
    wordsOf(kicker),
    title,
    ...front.flatMap(blockTexts),
    ...sections.flatMap((section) => [section.title, ...section.blocks.flatMap(blockTexts)]),
    wordsOf(closing),
  ];
}

function blockTexts(of: PageBlock): readonly string[] {
  switch (of.kind) {
    case "heading":
    case "prose":
    case "notice":
      return [wordsOf(of.text)];
    case "list":
      return [of.title, ...of.items.map(wordsOf)];
    case "facts":
      return of.entries.map(({ name, value }) => name + wordsOf(value));
    case "definitions":
      return of.entries.map(({ term, formula, definition }) => term + formula + definition);
    case "table":
      return [
        ...of.table.columns.map(({ title }) => wordsOf(title)),
        ...of.table.rows.flat().map((cell) => wordsOf(cell.text) + (cell.detail ?? "")),
      ];
    case "figure":
      return [`${of.drawing.title}. ${of.drawing.description}`, `Figure ${of.number}.${wordsOf(of.caption)}`];
    case "code":
      return [of.lines.map((line) => line.replaceAll("\n", "\u240a")).join("\n")];
    case "versions":
      return of.versions.slice(0, 1).flatMap(({ figure }) => blockTexts(figure));
    case "overall":
      return of.blocks.flatMap(blockTexts);
    case "details":
      return [wordsOf(of.summary), ...of.blocks.flatMap(blockTexts)];
  }
}

function wordsOf(words: Phrase): string {
  return words
    .map((part) => {
      if (typeof part === "string") return part;
      return part.kind === "name" ? part.name : part.kind === "code" ? part.code : part.words;
    })
    .join("");
}
