/**
 * A page as HTML: a single file without scripts. It holds its style and figures, and a content security policy that allows nothing else. It
 * names no time and no machine, so that the same results give the same bytes.
 */
import type { Code, DefinedTerm, Facts, FigureBlock, Page, PageBlock, Section } from "../page/block.ts";
import type { PageCell, PageColumn, PageTable } from "../page/pageTable.ts";
import type { Inline, Phrase } from "../page/phrase.ts";
import { inlineSvg } from "../svg/document.ts";
import { figureStyle } from "../svg/look.ts";
import { pageStyle } from "./htmlStyle.ts";
import { element, type Markup, type MarkupChild, verbatim } from "./markup.ts";

const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

export function html(page: Page): string {
  const document = element("html", { lang: "en" }, head(page), body(page));
  return `<!doctype html>\n${document.markup}\n`;
}

function head({ title }: Page): Markup {
  return element(
    "head",
    {},
    element("meta", { charset: "utf-8" }),
    element("meta", { "http-equiv": "Content-Security-Policy", content: policy }),
    element("meta", { name: "referrer", content: "no-referrer" }),
    element("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    element("title", {}, title),
    element("style", {}, verbatim(pageStyle), verbatim(figureStyle)),
  );
}

function body({ title, kicker, front, sections, closing }: Page): Markup {
  return element(
    "body",
    {},
    element("header", {}, element("p", { class: "kicker" }, inline(kicker)), element("h1", {}, title), front.map(blockMarkup)),
    element(
      "nav",
      { "aria-label": "Contents" },
      sections.map((section) => element("a", { href: `#${section.id}` }, section.title)),
    ),
    element("main", {}, sections.map(sectionMarkup)),
    element("footer", {}, element("p", {}, inline(closing))),
  );
}

function sectionMarkup({ id, title, blocks }: Section): Markup {
  return element("section", { id }, element("h2", {}, title), blocks.map(blockMarkup));
}

function blockMarkup(block: PageBlock): MarkupChild {
  switch (block.kind) {
    case "heading":
      return element("h3", { id: block.id }, inline(block.text));
    case "prose":
      return element("p", { class: block.tone === "body" ? undefined : block.tone }, inline(block.text));
    case "notice":
      return element("div", { class: `banner ${block.severity}`, role: "note" }, element("span", {}, inline(block.text)));
    case "list":
      return listMarkup(block.title, block.items);
    case "facts":
      return factsMarkup(block);
    case "definitions":
      return element("dl", { class: "glossary" }, block.entries.map(definitionMarkup));
    case "table":
      return [tableMarkup(block.table), legendMarkup(block.table)];
    case "figure":
      return figureMarkup(block);
    case "code":
      return element("pre", {}, element("code", {}, linesMarkup(block)));
    case "details":
      return element("details", { open: "" }, element("summary", {}, inline(block.summary)), block.blocks.map(blockMarkup));
  }
}

function inline(phrase: Phrase): readonly MarkupChild[] {
  return phrase.map(inlineMarkup);
}

function inlineMarkup(part: Inline): MarkupChild {
  if (typeof part === "string") return part;
  switch (part.kind) {
    case "name":
      // The element isolates the name from the direction of the text around it.
      return element("bdi", {}, part.name);
    case "code":
      return element("code", {}, part.code);
    case "emphasis":
      return element("strong", {}, part.words);
    case "link":
      return element("a", { href: part.file }, part.words);
  }
}

function listMarkup(title: string, items: readonly Phrase[]): Markup {
  const entries = items.map((item) => element("li", {}, inline(item)));
  return element("section", { class: "findings", "aria-label": title }, element("h2", {}, title), element("ul", {}, entries));
}

function factsMarkup({ of, entries }: Facts): Markup {
  const pairs = entries.map(({ name, value }) => [element("dt", {}, name), element("dd", {}, inline(value))]);
  return element("dl", { class: of }, of === "counts" ? pairs.map((pair) => element("div", {}, pair)) : pairs);
}

function definitionMarkup({ term, formula, definition }: DefinedTerm): MarkupChild {
  return [element("dt", {}, term), element("dd", { class: "formula" }, formula), element("dd", {}, definition)];
}

export function tableMarkup({ columns, rows }: PageTable): Markup {
  const heads = columns.map(({ title, numeric }) => element("th", { scope: "col", class: classes(numeric && "number") }, inline(title)));
  return element(
    "div",
    { class: "scroll" },
    element(
      "table",
      {},
      element("thead", {}, element("tr", {}, heads)),
      element(
        "tbody",
        {},
        rows.map((cells) =>
          element(
            "tr",
            {},
            cells.map((cell, index) => cellMarkup(cell, columns[index]!)),
          ),
        ),
      ),
    ),
  );
}

function cellMarkup({ text, detail, tone, shade }: PageCell, { numeric }: PageColumn): Markup {
  return element(
    "td",
    { class: classes(numeric && "number", tone, shade !== undefined && `shade-${shade}`) },
    inline(text),
    detail === undefined ? null : element("span", { class: "detail" }, ` ${detail}`),
  );
}

/** This form shows colours, so it explains them. */
function legendMarkup({ shading, rows }: PageTable): Markup | null {
  if (shading === undefined || rows.every((row) => row.every(({ shade }) => shade === undefined))) return null;
  return element("p", { class: "note legend" }, `Green cells have a good ${shading}, orange cells a poor one.`);
}

function classes(...names: readonly (string | false | undefined)[]): string | undefined {
  const given = names.filter((name) => typeof name === "string");
  return given.length === 0 ? undefined : given.join(" ");
}

function figureMarkup({ number, drawing, caption }: FigureBlock): Markup {
  return element(
    "figure",
    {},
    inlineSvg(drawing),
    element("figcaption", {}, element("strong", {}, `Figure ${number}.`), " ", inline(caption)),
  );
}

/** The line feeds between lines come from here. A line feed inside a line is shown as a character. */
function linesMarkup({ lines }: Code): readonly MarkupChild[] {
  return lines.flatMap((line, index) => (index === 0 ? [line] : [verbatim("\n"), line]));
}
