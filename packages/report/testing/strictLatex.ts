/**
 * Reads the tables that `latexTable` writes, and nothing else: one tabular with the rules of booktabs, whose cells hold plain characters
 * and the few commands below. A name that became a command, a comment, a ligature or a column is refused, or comes back as another text.
 */

/** The cells of the head and of each row, as the text that LaTeX prints. Characters outside of its fonts come back as themselves. */
export function readLatexTable(text: string): readonly (readonly string[])[] {
  const lines = text.split("\n");
  const [, definition, begin, top] = lines;
  if (!lines[0]!.startsWith("% ") || definition !== glyphs) throw new Error(`another head: ${lines[0]}`);
  const columns = /^\\begin\{tabular\}\{([lr]+)\}$/.exec(begin!)?.[1]?.length;
  const end = ["\\bottomrule", "\\end{tabular}", ""];
  if (columns === undefined || top !== "\\toprule" || lines[5] !== "\\midrule") throw new Error("no table of booktabs");
  if (lines.slice(-3).join("\n") !== end.join("\n")) throw new Error("the table does not end");
  return [lines[4]!, ...lines.slice(6, -3)].map((line) => {
    if (!line.startsWith("{}") || !line.endsWith(" \\\\")) throw new Error(`no row: ${line}`);
    const cells = line.slice(2, -3).split(" & ").map(readCell);
    if (cells.length !== columns) throw new Error(`${cells.length} cells in ${line}`);
    return cells;
  });
}

const glyphs = "\\providecommand*{\\caviarglyph}[2]{\\ifdefined\\Umathchar#1\\else\\textless{}U+#2\\textgreater{}\\fi}";

const printed: ReadonlyMap<string, string> = new Map([
  ["\\textbackslash{}", "\\"],
  ["\\textasciitilde{}", "~"],
  ["\\textasciicircum{}", "^"],
  ["\\textless{}", "<"],
  ["\\textgreater{}", ">"],
  ["\\textbar{}", "|"],
  ["\\dots{}", "…"],
  ["{\\char34}", '"'],
  ["{[}", "["],
  ["{]}", "]"],
  ["{--}", "–"],
  ["{---}", "—"],
  ["{`}", "‘"],
  ["{'}", "’"],
  ["{``}", "“"],
  ["{''}", "”"],
  ["\\,", "\u2009"],
  ["~", "\u00a0"],
  ["$\\cdot$", "·"],
  ["$\\times$", "×"],
  ["$-$", "−"],
  ["$\\pm$", "±"],
  ["$\\leq$", "≤"],
  ["$\\geq$", "≥"],
  ["$\\infty$", "∞"],
  ["{}", ""],
]);

const token =
  /\\caviarglyph\{(.)\}\{([0-9A-F]{4,6})\}|\\([{}$&#%_])|\$([_^])\{([-0-9]+)\}\$|(\\[a-z]+\{\}|\{\\char34\}|\{(?:\[|\]|--|---|`|``|'|'')\}|\\,|~|\$\\[a-z]+\$|\$-\$|\{\})|([^\\{}$&#%_^~[\]"|<>])/suy;

function readCell(cell: string): string {
  if (!cell.startsWith("\\textbf{")) return readText(cell);
  const start = "\\textbf{".length;
  const end = closingBrace(cell, start);
  return readText(cell.slice(start, end)) + readText(cell.slice(end + 1));
}

function closingBrace(cell: string, start: number): number {
  let open = 1;
  for (let at = start; at < cell.length; at++) {
    if (cell[at] === "\\") at++;
    else if (cell[at] === "{") open++;
    else if (cell[at] === "}" && --open === 0) return at;
  }
  throw new Error(`bold text without an end: ${cell}`);
}

function readText(text: string): string {
  // There are no ligatures in the mathematics of raised digits.
  const plain = text.replaceAll(/\$\^\{[-0-9]+\}\$/g, "²");
  if (/--(?!-?\})|''(?!\})|``(?!\})|,,|[!?]`/.test(plain)) throw new Error(`a ligature in ${text}`);
  let read = "";
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (match === null) throw new Error(`not strict at ${at}: ${text.slice(at, at + 60)}`);
    const [, glyph, code, escaped, script, digits, command, character] = match;
    if (glyph !== undefined && Number.parseInt(code!, 16) !== glyph.codePointAt(0)) throw new Error(`${glyph} is not U+${code}`);
    read += glyph ?? escaped ?? character ?? (digits === undefined ? known(command!) : scripted(digits, script === "^"));
  }
  return read;
}

function known(command: string): string {
  const text = printed.get(command);
  if (text === undefined) throw new Error(`an unknown command, ${command}`);
  return text;
}

function scripted(digits: string, raised: boolean): string {
  return [...digits].map((digit) => (raised ? "⁰¹²³⁴⁵⁶⁷⁸⁹⁻" : "₀₁₂₃₄₅₆₇₈₉")["0123456789-".indexOf(digit)]!).join("");
}
