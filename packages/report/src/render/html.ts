/**
 * A page as HTML: a single file with its style, its figures and one script. A content security policy allows this script, by its SHA-256,
 * and nothing else. The page is complete without the script. The same page gives the same bytes.
 */
import type { Code, Controls, DefinedTerm, Details, Facts, FigureBlock, Page, PageBlock, PageControl, Section } from "../page/block.ts";
import type { PageCell, PageColumn, PagePart, PageTable } from "../page/pageTable.ts";
import type { Inline, Phrase } from "../page/phrase.ts";
import { type PlacedTable, placedTables } from "../page/placedTables.ts";
import { writeRankCodes } from "../page/rankCodes.ts";
import { inlineSvg } from "../svg/document.ts";
import { figureStyle } from "../svg/look.ts";
import { pageStyle } from "./htmlStyle.ts";
import { element, type Markup, type MarkupAttributes, type MarkupChild, verbatim } from "./markup.ts";
import { pageScript, pageScriptHash } from "./pageScript.generated.ts";

const policy = `default-src 'none'; script-src '${pageScriptHash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;

/**
 * @param live the state of what a live page shows, as its server names it; null for a page that stands alone. A live page may ask its
 * server, and nothing else.
 */
export function html(page: Page, live: string | null = null): string {
  const write = blockWriter(new Map(placedTables(page).map((placed) => [placed.table, placed])), page.latexTables ?? false);
  const document = element("html", { lang: "en", "data-live": live ?? undefined }, head(page, live !== null), body(page, write));
  return `<!doctype html>\n${document.markup}\n`;
}

function head({ title }: Page, isLive: boolean): Markup {
  return element(
    "head",
    {},
    element("meta", { charset: "utf-8" }),
    element("meta", { "http-equiv": "Content-Security-Policy", content: isLive ? `${policy}; connect-src 'self'` : policy }),
    element("meta", { name: "referrer", content: "no-referrer" }),
    element("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    element("title", {}, title),
    element("style", {}, verbatim(pageStyle), verbatim(figureStyle)),
  );
}

type WriteBlock = (block: PageBlock) => MarkupChild;

function body({ title, kicker, front, controls, sections, closing }: Page, write: WriteBlock): Markup {
  return element(
    "body",
    {},
    element("header", {}, element("p", { class: "kicker" }, inline(kicker)), element("h1", {}, title), front.map(write)),
    element(
      "nav",
      { "aria-label": "Contents" },
      sections.map((section) => element("a", { href: `#${section.id}` }, section.title)),
    ),
    controls === undefined ? null : controlsMarkup(controls),
    element(
      "main",
      {},
      sections.map((section) => sectionMarkup(section, write)),
    ),
    element("footer", {}, element("p", {}, inline(closing))),
    element("script", {}, verbatim(pageScript())),
  );
}

function sectionMarkup({ id, title, blocks }: Section, write: WriteBlock): Markup {
  return element("section", { id }, element("h2", {}, title), blocks.map(write));
}

/**
 * @param tables the names of the tables of the page
 * @param linked whether there is a file for LaTeX for each of them
 */
function blockWriter(tables: ReadonlyMap<PageTable, PlacedTable>, linked: boolean): WriteBlock {
  const write: WriteBlock = (block) => {
    const written = blockMarkup(block, write, tables);
    const placed = block.kind === "table" ? tables.get(block.table) : undefined;
    return linked && placed !== undefined ? [written, latexLink(placed)] : written;
  };
  return write;
}

function latexLink({ name }: PlacedTable): Markup {
  return element("p", { class: "note files" }, element("a", { href: `tables/${name}.tex` }, "This table for LaTeX"));
}

function blockMarkup(block: PageBlock, write: WriteBlock, tables: ReadonlyMap<PageTable, PlacedTable>): MarkupChild {
  switch (block.kind) {
    case "heading":
      return element("h3", { id: block.id }, inline(block.text));
    case "prose":
      return element("p", { class: block.tone === "body" ? undefined : block.tone, ...declaredMark(block.declared) }, inline(block.text));
    case "notice":
      return element("div", { class: `banner ${block.severity}`, role: "note" }, element("span", {}, inline(block.text)));
    case "list":
      return listMarkup(block.title, block.items);
    case "facts":
      return factsMarkup(block);
    case "definitions":
      return element("dl", { class: "glossary" }, block.entries.map(definitionMarkup));
    case "table":
      return [tableMarkup(block.table, tables.get(block.table)), legendMarkup(block.table)];
    case "figure":
      return figureMarkup(block);
    case "code":
      return element("pre", {}, element("code", {}, linesMarkup(block)));
    case "versions":
      return block.versions.map(({ value, figure }, index) =>
        element("div", { class: index === 0 ? undefined : "alternative", [`data-${block.of}`]: value }, figureMarkup(figure)),
      );
    case "overall":
      return [element("div", { "data-over": "problem" }, block.blocks.map(write)), insteadMarkup()];
    case "details":
      return element("details", partMarks(block.of), element("summary", {}, summaryMarkup(block)), block.blocks.map(write));
  }
}

/** This form can hide numbers over all problems, so it says why. */
function insteadMarkup(): Markup {
  const words = "Not shown, because it is about all problems of the campaign, and you see some of them.";
  return element("p", { class: "note legend", "data-instead": "problem" }, words);
}

function summaryMarkup({ id, summary }: Details): MarkupChild {
  return id === undefined ? inline(summary) : element("h3", { id }, inline(summary));
}

/** The script shows the controls. While a choice differs from the published page, it shows the sentence and hides what is declared. */
function controlsMarkup({ controls, declaredWords }: Controls): Markup {
  return element(
    "div",
    { class: "controls", role: "region", "aria-label": "What is shown" },
    controls.map(controlMarkup),
    element("p", { class: "undeclared note", role: "status" }, declaredWords),
  );
}

function controlMarkup(control: PageControl): Markup {
  const { kind, title } = control;
  if (kind === "choose") {
    const boxes = control.values.map((value) => inputMarkup("checkbox", undefined, value, element("bdi", {}, value), true));
    return element(
      "details",
      { "data-choose": control.of, hidden: "" },
      element("summary", {}, title),
      element(
        "fieldset",
        { "aria-label": title },
        element("button", { type: "button", "data-all": "on" }, "all"),
        element("button", { type: "button", "data-all": "off" }, "none"),
        element("div", { class: "boxes" }, boxes),
      ),
    );
  }
  const legend = element("legend", {}, title);
  const marks = kind === "switch" ? { "data-switch": control.of } : { "data-scale": "" };
  const values = kind === "switch" ? control.values : scaleValues;
  const name = kind === "switch" ? control.of : "scale";
  return element(
    "fieldset",
    { ...marks, hidden: "" },
    legend,
    values.map(({ value, words }, index) => inputMarkup("radio", name, value, words, index === 0)),
  );
}

const scaleValues = [
  { value: "linear", words: "linear" },
  { value: "log", words: "logarithmic" },
];

function inputMarkup(type: "checkbox" | "radio", name: string | undefined, value: string, words: MarkupChild, checked: boolean): Markup {
  return element("label", {}, element("input", { type, name, value, checked: checked ? "" : undefined }), " ", words);
}

function declaredMark(declared: boolean | undefined): MarkupAttributes {
  return declared === true ? { "data-declared": "" } : {};
}

/** The strategy, or the problem, that something belongs to. */
function partMarks(of: PagePart | undefined): MarkupAttributes {
  return of === undefined ? {} : Object.fromEntries(Object.entries(of).map(([dimension, name]) => [`data-${dimension}`, name]));
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
  return element(
    "section",
    { class: "findings", "aria-label": title, "data-declared": "" },
    element("h2", {}, title),
    element("ul", {}, entries),
  );
}

function factsMarkup({ of, entries }: Facts): Markup {
  const pairs = entries.map(({ name, value }) => [element("dt", {}, name), element("dd", {}, inline(value))]);
  return element("dl", { class: of }, of === "counts" ? pairs.map((pair) => element("div", {}, pair)) : pairs);
}

function definitionMarkup({ term, formula, definition }: DefinedTerm): MarkupChild {
  return [element("dt", {}, term), element("dd", { class: "formula" }, formula), element("dd", {}, definition)];
}

/** @param placed absent for a table that stands alone. */
export function tableMarkup({ columns, rows, rowParts = [], ranked }: PageTable, placed?: PlacedTable): Markup {
  const heads = columns.map(({ title, numeric, of, declared }) =>
    element("th", { scope: "col", class: classes(numeric && "number"), ...partMarks(of), ...declaredMark(declared) }, headMarkup(title)),
  );
  const names = placed === undefined ? {} : { "data-table": placed.name, "aria-label": placed.label };
  return element(
    "div",
    { class: "scroll", ...(placed === undefined ? {} : { role: "region", tabindex: 0, "aria-label": placed.label }) },
    element(
      "table",
      { class: classes(columns.length >= manyColumns && "wide"), ...names, "data-reference": ranked?.reference },
      element("thead", {}, element("tr", {}, heads)),
      element(
        "tbody",
        {},
        rows.map((cells, row) =>
          element(
            "tr",
            { ...partMarks(rowParts[row]), "data-ranks": ranked === undefined ? undefined : writeRankCodes(ranked.rows[row]!) },
            cells.map((cell, index) => cellMarkup(cell, columns[index]!)),
          ),
        ),
      ),
    ),
  );
}

/** The word Infinity would look like a fault of a page, so a value beyond all doubles stands for it. */
function comparedText(value: number): string | undefined {
  if (Number.isNaN(value)) return undefined;
  return Math.abs(value) === Infinity ? `${value < 0 ? "-" : ""}1e999` : String(value);
}

/** From here on, cells break their lines, so that a table fits into a page. */
const manyColumns = 6;

/** A name at the head of a column may break before a capital letter and after a hyphen. */
function headMarkup(title: Phrase): readonly MarkupChild[] {
  return title.map((part) => {
    if (typeof part === "string" || part.kind !== "name") return inlineMarkup(part);
    const pieces = part.name.split(/(?<=[a-z])(?=[A-Z])|(?<=-)/);
    return element(
      "bdi",
      {},
      pieces.map((piece, index) => (index === 0 ? piece : [element("wbr", {}), piece])),
    );
  });
}

function cellMarkup({ text, detail, tone, shade, value, isEstimate }: PageCell, { numeric, of, declared, computed }: PageColumn): Markup {
  return element(
    "td",
    {
      class: classes(numeric && "number", tone, shade !== undefined && `shade-${shade}`),
      "data-value": value === undefined ? undefined : comparedText(value),
      "data-computed": computed,
      ...partMarks(of),
      ...declaredMark(declared),
    },
    inline(text),
    detail === undefined ? null : element("span", { class: "detail", ...declaredMark(isEstimate) }, ` ${detail}`),
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
    element("div", { class: "plot", role: "region", tabindex: 0, "aria-label": `Figure ${number}` }, inlineSvg(drawing)),
    element("figcaption", {}, element("strong", {}, `Figure ${number}.`), " ", inline(caption)),
  );
}

/** The line feeds between lines come from here. A line feed inside a line is shown as a character. */
function linesMarkup({ lines }: Code): readonly MarkupChild[] {
  return lines.flatMap((line, index) => (index === 0 ? [line] : [verbatim("\n"), line]));
}
