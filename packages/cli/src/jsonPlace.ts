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
    if (next === undefined) break;
    at = next.value;
  }
  return placeAt(text, at);
}

/**
 * The first key that its object has already.
 *
 * @param text JSON that has been parsed without an error.
 */
export function repeatedKey(text: string): { readonly key: string; readonly place: JsonPlace } | null {
  const found = repetitionIn(text, skipSpace(text, 0));
  return found === null ? null : { key: String(found.key), place: placeAt(text, found.at) };
}

function repetitionIn(text: string, at: number): JsonMember | null {
  const keys = new Set<string | number>();
  for (const member of membersOf(text, at)) {
    if (keys.has(member.key)) return member;
    keys.add(member.key);
    const below = repetitionIn(text, member.value);
    if (below !== null) return below;
  }
  return null;
}

/** A member of an object or list: where it begins, its key or index, and where its value begins. */
type JsonMember = { readonly at: number; readonly key: string | number; readonly value: number };

/** The members of the object or list at `at`; none of anything else. */
function* membersOf(text: string, at: number): Generator<JsonMember, void, undefined> {
  const isList = text[at] === "[";
  if (!isList && text[at] !== "{") return;
  let next = skipSpace(text, at + 1);
  for (let index = 0; text[next] !== "]" && text[next] !== "}"; index++) {
    const keyEnd = endOf(text, next);
    const value = isList ? next : skipSpace(text, skipSpace(text, keyEnd) + 1);
    yield { at: next, key: isList ? index : (JSON.parse(text.slice(next, keyEnd)) as string), value };
    next = skipSpace(text, endOf(text, value));
    if (text[next] === ",") next = skipSpace(text, next + 1);
  }
}

function memberOf(text: string, at: number, key: string | number): JsonMember | undefined {
  for (const member of membersOf(text, at)) if (member.key === key) return member;
  return undefined;
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
