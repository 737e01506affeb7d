/** Whatever the text of a page is, every form shows exactly that text, in that order, and nothing of it acts. */
import { test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { arbitraryPage, textsOf } from "../../testing/arbitraryPage.ts";
import { readMarkdown } from "../../testing/strictMarkdown.ts";
import { type MarkupNode, parseMarkup, textOf } from "../../testing/strictMarkup.ts";
import { type Page, type PageBlock, prose } from "../page/block.ts";
import { coded, type Phrase } from "../page/phrase.ts";
import { visible } from "../visible.ts";
import { html } from "./html.ts";
import { markdown } from "./markdown.ts";

const runs = { numRuns: 400 };
const link = { kind: "link", words: "here", file: "fig/a.csv" } as const;

describe("HTML", () => {
  test.prop([arbitraryPage], runs)("shows the text of the page", (page) => {
    expect(compact(shownBy(bodyOf(page)))).toEqual(compact(textsOf(page).map(visibleLines)));
  });

  test.prop([arbitraryPage], runs)("has the same elements and attributes whatever the text is", (page) => {
    expect(shapeOf(bodyOf(page))).toEqual(shapeOf(bodyOf(silenced(page))));
  });
});

describe("Markdown", () => {
  test.each<[string, PageBlock]>([
    ["a link after an exclamation mark", prose("more!", link)],
    ["a link after an exclamation mark and a space, which emphasis drops", prose({ kind: "emphasis", words: "more! " }, link)],
    ["a link after an exclamation mark and a space at the start of a cell", tableOf([{ kind: "emphasis", words: "! " }, link])],
    ["code in a table with a pipe after a backslash", tableOf([coded("a\\|b")])],
    ["code in a table with a pipe", tableOf([coded("a|b")])],
  ])("shows the text of %s", (_, block) => {
    const page = pageOf(block);
    expect(compact(readMarkdown(markdown(page)))).toEqual(compact(textsOf(page)));
  });

  test.prop([arbitraryPage], runs)("shows the text of the page", (page) => {
    expect(compact(readMarkdown(markdown(page)))).toEqual(compact(textsOf(page).map(visibleLines).map(isolated)));
  });
});

function pageOf(block: PageBlock): Page {
  return { title: "t", kicker: ["k"], front: [block], sections: [], closing: ["c"] };
}

function tableOf(text: Phrase): PageBlock {
  return { kind: "table", table: { columns: [{ title: ["a"], numeric: false }], rows: [[{ text }]] } };
}

function bodyOf(page: Page): MarkupNode {
  const document = parseMarkup(html(page).slice("<!doctype html>".length));
  const root = document.children.find((child) => typeof child !== "string")!;
  return (root as MarkupNode).children.find((child): child is MarkupNode => typeof child !== "string" && child.name === "body")!;
}

const ownLine = new Set("p h1 h2 h3 li th td pre summary figcaption".split(" "));

/** Texts in the order of the page, without what HTML adds of its own: the contents and the legend of colours. */
function shownBy(node: MarkupNode): readonly string[] {
  const { name, attributes } = node;
  const children = node.children.filter((child) => typeof child !== "string");
  if (name === "nav" || attributes.class === "note legend") return [];
  if (name === "svg") return [children.map(textOf).join(". ")];
  if (ownLine.has(name) || attributes.role === "note") return [textOf(node)];
  if (name === "dl") return entriesOf(children.flatMap((child) => (child.name === "div" ? child.children : [child])));
  return children.flatMap(shownBy);
}

/** Each term with what follows it. */
function entriesOf(children: readonly (MarkupNode | string)[]): readonly string[] {
  const entries: string[] = [];
  for (const child of children) {
    if (typeof child === "string") continue;
    if (child.name === "dt") entries.push(textOf(child));
    else entries[entries.length - 1] += textOf(child);
  }
  return entries;
}

/** Control characters are shown as in the page; the line feeds between lines of code are not of the text. */
function visibleLines(text: string): string {
  return text.split("\n").map(visible).join("");
}

/** Markdown cannot isolate directions: what reorders text is shown as its code. */
function isolated(text: string): string {
  return text
    .replace(/[\u2028\u2029]/g, "\ufffd")
    .replace(
      /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
      (mark) => `<U+${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}>`,
    );
}

/** White space is laid out by each form, and a form may leave out what is empty. */
function compact(texts: readonly string[]): readonly string[] {
  return texts.map((text) => text.replace(/[\s\u240a]/g, "")).filter((text) => text !== "");
}

/** Names may have places where they break. */
function shapeOf(node: MarkupNode): unknown {
  const { "aria-label": _label, ...attributes } = node.attributes;
  const children = node.children.filter((child): child is MarkupNode => typeof child !== "string" && child.name !== "wbr");
  return [node.name, attributes, ...children.map(shapeOf)];
}

/** The same page with one letter for every text that is data or words. */
function silenced(page: Page): Page {
  const kept = new Set(["kind", "tone", "severity", "of", "id", "language", "file"]);
  return JSON.parse(JSON.stringify(page), function silence(this: unknown, key, value: unknown) {
    return typeof value === "string" && !kept.has(key) ? "x" : value;
  }) as Page;
}
