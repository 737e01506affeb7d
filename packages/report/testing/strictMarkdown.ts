/**
 * A reader for a strict subset of GitHub Markdown: headings, paragraphs, one-level lists, quotes, tables, pictures and fenced code, with
 * bold, code and links into `fig/` inside. Every other character that could act has to be escaped; whatever it accepts, GitHub shows as
 * the same text, and whatever a name could smuggle in, it refuses.
 */

/** What a reader is shown, one entry per paragraph, cell, item, picture or block of code. */
export function readMarkdown(markdown: string): readonly string[] {
  const lines = markdown.split("\n");
  if (lines.pop() !== "") throw new Error("the last line has no end");
  const shown: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at]!;
    const fence = /^(`{3,})(?:sh|text)$/.exec(line)?.[1];
    if (fence !== undefined) {
      const end = lines.indexOf(fence, at + 1);
      if (end < 0) throw new Error(`${fence} is not closed`);
      shown.push(lines.slice(at + 1, end).join("\n"));
      at = end + 1;
    } else if (line.startsWith("|")) {
      const [head, rule, ...rows] = lines.slice(at, endOfTable(lines, at));
      const widths = [head!, ...rows].map((row) => cellsOf(row).length);
      if (!/^\|(?: -{3}:? \|)+$/.test(rule ?? "")) throw new Error(`no rule below ${head}`);
      if (new Set([...widths, rule!.split("|").length - 2]).size !== 1) throw new Error(`a row of another width below ${head}`);
      shown.push(...[head!, ...rows].flatMap(cellsOf).map((cell) => readInline(cell, true)));
      at += 2 + rows.length;
    } else {
      let end = at + 1;
      while (lines[end - 1]!.endsWith("\\") && lines[end]?.startsWith("  ")) end++;
      shown.push(...readBlock(lines.slice(at, end)));
      at = end;
    }
  }
  return shown;
}

function endOfTable(lines: readonly string[], from: number): number {
  let end = from;
  while (lines[end]?.startsWith("|")) end++;
  return end;
}

/**
 * A pipe after a backslash ends no cell, and the table takes the backslash away before anything else is read. After two of them, cmark-gfm
 * reads a pipe in the cell and micromark the end of the cell.
 */
function cellsOf(row: string): readonly string[] {
  if (/(?<!\\)(?:\\\\)+\|/.test(row)) throw new Error(`a pipe that readers disagree about: ${row}`);
  if (!row.startsWith("| ") || !row.endsWith(" |")) throw new Error(`no row: ${row}`);
  return row
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.replaceAll("\\|", "|"));
}

function readBlock(lines: readonly string[]): readonly string[] {
  const [first, ...rest] = lines.map((line) => line.replace(/^ {2}/, ""));
  if (first === "" || first === "---") return [];
  const picture = /^!\[((?:\\.|[^\]\\])*)\]\(fig\/[a-z0-9-]+\.svg\)$/.exec(first!);
  if (picture !== null) return [readInline(picture[1]!)];
  const heading = /^#{1,3} (.*)$/.exec(first!);
  if (heading !== null) return [readInline(heading[1]!)];
  const text = first!.replace(/^(?:>|[-*]) /, "");
  const broken = [text, ...rest].map((line, index) => (index < rest.length ? line.slice(0, -1) : line));
  return [broken.map((line) => readInline(requireText(line))).join("")];
}

/** Neither list, rule, heading, quote nor indented code. */
function requireText(line: string): string {
  if (/^(?:[-+=>#|\s]|\*(?!\*)|\d{1,9}[.)])/.test(line)) throw new Error(`a line that begins something: ${line.slice(0, 60)}`);
  return line;
}

const token =
  /\\([!-/:-@[-`{-~])|(&#64;)|\*\*((?:\\.|(?<!`)(`+)(?!`).*?(?<!`)\4(?!`)|[^*\\`])+)\*\*|(?<!`)(`+)(?!`)(.*?)(?<!`)\5(?!`)|\[((?:\\.|[^\]\\])*)\]\(fig\/[a-z0-9-]+\.csv\)|([^\\`*_[<>|~$&#@]+)|(\|)/y;

function readInline(text: string, inCell = false): string {
  let shown = "";
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (match === null) throw new Error(`not strict at ${at}: ${text.slice(at, at + 60)}`);
    const next = token.lastIndex;
    const [, escaped, sign, bold, , , code, link, plain, pipe] = match;
    if (pipe !== undefined && !inCell) throw new Error(`a pipe in ${text.slice(0, 60)}`);
    if (plain !== undefined && /:\/\/|www\./i.test(plain)) throw new Error(`an address: ${plain}`);
    if (link !== undefined && text[at - 1] === "!" && text[at - 2] !== "\\") throw new Error(`a picture: ${text.slice(at - 1, next)}`);
    if (bold !== undefined && !standsAlone(text.slice(0, at), bold, text.slice(next)))
      throw new Error(`no emphasis: ${text.slice(at, next)}`);
    shown += escaped ?? (sign === undefined ? undefined : "@") ?? code ?? plain ?? pipe ?? readInline(bold ?? link!, inCell);
    token.lastIndex = next;
  }
  return shown;
}

/** CommonMark sees emphasis between these for certain (its rules of flanking runs). */
function standsAlone(before: string, bold: string, after: string): boolean {
  return /(?:^|[\s(])$/.test(before) && /^(?:$|[\s.,;:)’])/.test(after) && bold.trim() === bold;
}
