/**
 * A table as LaTeX with the rules of booktabs, for \input. It needs `\usepackage{booktabs}` and no other package. pdfLaTeX, XeLaTeX and
 * LuaLaTeX compile it. pdfLaTeX shows a character that its fonts lack as its code, such as <U+6F22>.
 */
import type { PageCell, PageTable } from "../page/pageTable.ts";
import { type Phrase, phraseText } from "../page/phrase.ts";
import { escapeTerminal } from "./terminal.ts";

export function latexTable({ columns, rows }: PageTable): string {
  const alignment = columns.map(({ numeric }) => (numeric ? "r" : "l")).join("");
  const lines = [
    "% Needs \\usepackage{booktabs}.",
    glyphs,
    `\\begin{tabular}{${alignment}}`,
    "\\toprule",
    row(columns.map(({ title }) => phrase(title))),
    "\\midrule",
    ...rows.map((cells) => row(cells.map(latexCell))),
    "\\bottomrule",
    "\\end{tabular}",
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** Shows a character with XeTeX and LuaTeX, which have Unicode fonts, and its code with pdfTeX. */
const glyphs = "\\providecommand*{\\caviarglyph}[2]{\\ifdefined\\Umathchar#1\\else\\textless{}U+#2\\textgreater{}\\fi}";

/** The braces at the start keep a bracket or an asterisk from becoming an argument of the row before. */
function row(cells: readonly string[]): string {
  return `{}${cells.join(" & ")} \\\\`;
}

function latexCell({ text, detail, tone }: PageCell): string {
  const words = phrase(text);
  const shown = tone === "best" || tone === "strong" ? `\\textbf{${words}}` : words;
  return detail === undefined ? shown : `${shown} ${escapeLatex(detail)}`;
}

function phrase(text: Phrase): string {
  return escapeLatex(phraseText(text));
}

/** Text that LaTeX prints as it is: no command, no comment, no ligature. */
export function escapeLatex(text: string): string {
  return escapeTerminal(text).replace(/[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|[₀₁₂₃₄₅₆₇₈₉]+|./gu, (part, at: number, whole: string) =>
    ligates(part, whole[at + 1]) ? `${escapePart(part)}{}` : escapePart(part),
  );
}

/** One character, or a run of raised or lowered digits. */
function escapePart(part: string): string {
  const [first] = part;
  if (superscripts.includes(first!)) return `$^{${digitsOf(part, superscripts)}}$`;
  if (subscripts.includes(first!)) return `$_{${digitsOf(part, subscripts)}}$`;
  return commands.get(part) ?? (/^[ -~à-ïñ-öø-ýÿÀ-ÏÑ-ÖØ-Ýß]$/.test(part) ? part : glyph(part));
}

function glyph(character: string): string {
  return `\\caviarglyph{${character}}{${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}}`;
}

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻";
const subscripts = "₀₁₂₃₄₅₆₇₈₉";

function digitsOf(run: string, alphabet: string): string {
  return [...run].map((character) => "0123456789-"[alphabet.indexOf(character)]!).join("");
}

/** Characters that TeX fonts join: hyphens to a dash, apostrophes and commas to quotation marks, and marks before a grave accent. */
function ligates(part: string, next: string | undefined): boolean {
  return next !== undefined && "-'`,!?".includes(part) && "-'`,".includes(next);
}

const commands: ReadonlyMap<string, string> = new Map([
  ["\\", "\\textbackslash{}"],
  ...[..."{}$&#%_"].map((character): [string, string] => [character, `\\${character}`]),
  ["~", "\\textasciitilde{}"],
  ["^", "\\textasciicircum{}"],
  ["<", "\\textless{}"],
  [">", "\\textgreater{}"],
  ["|", "\\textbar{}"],
  ['"', "{\\char34}"],
  ["[", "{[}"],
  ["]", "{]}"],
  ["\u00a0", "~"],
  ["\u2009", "\\,"],
  ["–", "{--}"],
  ["—", "{---}"],
  ["‘", "{`}"],
  ["’", "{'}"],
  ["“", "{``}"],
  ["”", "{''}"],
  ["…", "\\dots{}"],
  ["·", "$\\cdot$"],
  ["×", "$\\times$"],
  ["−", "$-$"],
  ["±", "$\\pm$"],
  ["≤", "$\\leq$"],
  ["≥", "$\\geq$"],
  ["∞", "$\\infty$"],
]);
