/** Where a value stands in a JSON text, so that a message can name the line. Lines and columns count from 1. */

export type JsonPlace = { readonly line: number; readonly column: number };

export function placeText({ line, column }: JsonPlace): string {
  return `line ${line}, column ${column}`;
}

/** @param offset in UTF-16 units. */
export function placeAt(text: string, offset: number): JsonPlace {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

/**
 * The place of the value at `keys`, or of the deepest value on the way to it that there is.
 *
 * @param text JSON that has been parsed without an error.
 */
export function placeOf(text: string, keys: readonly (string | number)[]): JsonPlace {
  let at = skipSpace(text, 0);
  for (const key of keys) {
    const next = memberOf(text, at, key);
    if (next === null) break;
    at = next;
  }
  return placeAt(text, at);
}

/** The offset of a member of the object or list at `at`; null if there is none. */
function memberOf(text: string, at: number, key: string | number): number | null {
  const isList = text[at] === "[";
  if (!isList && text[at] !== "{") return null;
  let next = skipSpace(text, at + 1);
  for (let index = 0; text[next] !== "]" && text[next] !== "}"; index++) {
    const keyEnd = endOf(text, next);
    const value = isList ? next : skipSpace(text, skipSpace(text, keyEnd) + 1);
    if (key === (isList ? index : JSON.parse(text.slice(next, keyEnd)))) return value;
    next = skipSpace(text, endOf(text, value));
    if (text[next] === ",") next = skipSpace(text, next + 1);
  }
  return null;
}

/** The offset after the value at `at`. */
function endOf(text: string, at: number): number {
  if (text[at] !== "{" && text[at] !== "[") return endOfScalar(text, at);
  let next = skipSpace(text, at + 1);
  while (text[next] !== "]" && text[next] !== "}")
    next = skipSpace(text, text[next] === "," || text[next] === ":" ? next + 1 : endOf(text, next));
  return next + 1;
}

function endOfScalar(text: string, at: number): number {
  const scalar = /"(?:[^"\\]|\\.)*"|[^\s,:\]}]+/y;
  scalar.lastIndex = at;
  return at + scalar.exec(text)![0].length;
}

function skipSpace(text: string, at: number): number {
  let next = at;
  while (next < text.length && " \t\r\n".includes(text[next]!)) next++;
  return next;
}
