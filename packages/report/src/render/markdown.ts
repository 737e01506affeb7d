/** A page as GitHub Markdown, with the figures as files next to it. */
import type { Code, DefinedTerm, FigureBlock, Page, PageBlock } from "../page/block.ts";
import type { PageCell, PageTable } from "../page/pageTable.ts";
import type { Inline, Phrase } from "../page/phrase.ts";
import { escapeMarkdown, escapeWords, guardStart, inOrder } from "./escapeMarkdown.ts";

export function markdown({ title, kicker, front, sections, closing }: Page): string {
  const blocks = [
    sentence(kicker),
    `# ${escapeMarkdown(title)}`,
    ...front.flatMap(blockLines),
    ...sections.flatMap((section) => [`## ${escapeWords(section.title)}`, ...section.blocks.flatMap(blockLines)]),
    "---",
    sentence(closing),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

/** One entry per block of Markdown. Empty lines separate the blocks. */
function blockLines(block: PageBlock): readonly string[] {
  switch (block.kind) {
    case "heading":
      return [`### ${plain(block.text)}`];
    case "prose":
      return [guardStart(block.tone === "question" ? plain(block.text) : loud(block.text))];
    case "notice":
      return [`> ${sentence(block.text)}`];
    case "list":
      return [`## ${escapeWords(block.title)}`, block.items.map((item) => `- ${sentence(item)}`).join("\n")];
    case "facts":
      // The mark differs from that of the findings. Otherwise Markdown would join both lists.
      return [block.entries.map(({ name, value }) => `* ${guardStart(`${strong(escapeWords(name))} ${plain(value)}`)}`).join("\n")];
    case "definitions":
      return [block.entries.map(definitionLines).join("\n")];
    case "table":
      return [markdownTable(block.table)];
    case "figure":
      return figureLines(block);
    case "code":
      return [fenced(block)];
    case "versions":
      return figureLines(block.versions[0]!.figure);
    case "overall":
      return block.blocks.flatMap(blockLines);
    case "details":
      return [block.id === undefined ? sentence(block.summary) : `### ${plain(block.summary)}`, ...block.blocks.flatMap(blockLines)];
  }
}

/** A separate line, with its names in bold. */
function sentence(phrase: Phrase): string {
  return guardStart(loud(phrase));
}

/** Emphasis that Markdown recognises: between spaces or punctuation that cannot be part of it. */
function loud(phrase: Phrase): string {
  const parts = phrase.map((part) => ({ text: inline(part), emphatic: isEmphatic(part) })).filter(({ text }) => text !== "");
  return parts.reduce((before, { text, emphatic }, index) => {
    const free = /(?:^|[\s(])$/.test(before) && /^(?:$|[\s.,;:)’])/.test(parts[index + 1]?.text ?? "");
    return joined(before, emphatic && free ? strong(text) : text);
  }, "");
}

function isEmphatic(part: Inline): boolean {
  return typeof part !== "string" && (part.kind === "name" || part.kind === "emphasis");
}

/** Names and words without emphasis, for places that stand out already. */
function plain(phrase: Phrase, write: (part: Inline) => string = inline): string {
  return phrase.reduce<string>((before, part) => joined(before, write(part)), "");
}

/** Keeps two spans of code separate. Without it they would become one. */
function joined(before: string, text: string): string {
  return before.endsWith("`") && text.startsWith("`") ? `${before} ${text}` : `${before}${text}`;
}

function inline(part: Inline): string {
  if (typeof part === "string") return escapeWords(part);
  switch (part.kind) {
    case "name":
      return escapeMarkdown(part.name);
    case "code":
      return codeSpan(part.code);
    case "emphasis":
      return escapeWords(part.words).trim();
    case "link":
      // A closing bracket would end the link.
      return `[${escapeMarkdown(part.words)}](${part.file})`;
  }
}

/** Backslashes have no meaning inside. The fence is longer than any run of backticks inside. */
function codeSpan(code: string): string {
  const text = inOrder(code);
  if (text === "") return "";
  const fence = fenceFor(text, 1);
  const air = /^[` ]|[` ]$/.test(text) ? " " : "";
  return `${fence}${air}${text}${air}${fence}`;
}

/** The lines of the other forms, with hard line breaks between them. */
function definitionLines({ term, formula, definition }: DefinedTerm): string {
  const lines = [strong(escapeWords(term)), codeSpan(formula), guardStart(escapeWords(definition))];
  return `- ${lines.filter((line) => line !== "").join("\\\n  ")}`;
}

function strong(text: string): string {
  const words = text.trim();
  return words === "" ? "" : `**${words}**`;
}

export function markdownTable({ columns, rows }: PageTable): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    row(columns.map(({ title }) => inTable(title))),
    row(columns.map(({ numeric }) => (numeric ? "---:" : "---"))),
    ...rows.map((cells) => row(cells.map(markdownCell))),
  ].join("\n");
}

function markdownCell({ text, detail, tone }: PageCell): string {
  const words = inTable(text);
  const shown = tone === undefined ? words : strong(words);
  return detail === undefined ? shown : `${shown} ${escapeWords(detail)}`;
}

function inTable(phrase: Phrase): string {
  return plain(phrase, (part) => (typeof part !== "string" && part.kind === "code" ? codeInTable(part.code) : inline(part))).trim();
}

/**
 * A Markdown table finds the pipes of its cells first, even inside code. Markdown parsers disagree about a pipe after an escaped backslash,
 * so code that has both becomes text.
 */
function codeInTable(code: string): string {
  return code.includes("\\|") ? escapeMarkdown(code) : codeSpan(code).replaceAll("|", "\\|");
}

/** A picture and its caption. */
function figureLines({ number, drawing, file, caption }: FigureBlock): readonly string[] {
  const alternative = escapeMarkdown(`${drawing.title}. ${drawing.description}`);
  return [`![${alternative}](${file})`, `**Figure ${number}.** ${loud(caption)}`];
}

function fenced({ language, lines }: Code): string {
  const text = lines.map(inOrder).join("\n");
  const fence = fenceFor(text, 3);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** Longer than any run of backticks inside. */
function fenceFor(text: string, least: number): string {
  const runs = text.match(/`+/g) ?? [];
  return "`".repeat(runs.reduce((longest, run) => Math.max(longest, run.length + 1), least));
}
