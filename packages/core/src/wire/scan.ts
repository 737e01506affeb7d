/**
 * One pass over JSON text (RFC 8259) before `JSON.parse`: it finds the first wrong character, which `JSON.parse` reports differently on
 * every engine or not at all, bounds the nesting, so that a line of brackets cannot overflow the stack, and counts the members, so that a
 * repeated key shows as a difference. It accepts exactly the texts that `JSON.parse` accepts.
 */
import { LimitError, ProtocolError } from "../contract/errors.ts";
import { limits } from "../contract/limits.ts";

/** One level more in the text, for a `{"$num": …}` that stands for a number at the deepest level. */
const mostLevels = limits.depth + 1;

/**
 * The number of `key: value` members in `text`, of all objects together.
 *
 * @throws ProtocolError with the offset (in UTF-16 units) of the first character that is not JSON; LimitError below `limits.depth` levels.
 */
export function scanJson(text: string): number {
  const closers: number[] = [];
  let members = 0;
  let at = skipSpace(text, 0);
  for (;;) {
    const first = text.charCodeAt(at);
    if (first === openBrace || first === openBracket) {
      if (closers.length === mostLevels) failDeep(at);
      const closer = first + 2;
      at = skipSpace(text, at + 1);
      if (text.charCodeAt(at) !== closer) {
        closers.push(closer);
        if (closer === closeBrace) {
          at = skipKey(text, at);
          members++;
        }
        continue;
      }
      at++;
    } else at = skipScalar(text, at, first);

    at = skipSpace(text, at);
    while (closers.length > 0 && text.charCodeAt(at) === closers[closers.length - 1]) {
      closers.pop();
      at = skipSpace(text, at + 1);
    }
    if (closers.length === 0) {
      if (at < text.length) failSyntax(text, at, "the end of the text");
      return members;
    }
    const inObject = closers[closers.length - 1] === closeBrace;
    if (text.charCodeAt(at) !== comma) failSyntax(text, at, inObject ? '"," or "}"' : '"," or "]"');
    at = skipSpace(text, at + 1);
    if (inObject) {
      at = skipKey(text, at);
      members++;
    }
  }
}

const quote = 0x22;
const comma = 0x2c;
const minus = 0x2d;
const dot = 0x2e;
const zero = 0x30;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
/** The closing characters stand two places after the opening ones. */
const openBrace = 0x7b;
const closeBrace = 0x7d;

function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
    at++;
  }
}

function skipKey(text: string, from: number): number {
  if (text.charCodeAt(from) !== quote) failSyntax(text, from, "a key in double quotes");
  const at = skipSpace(text, skipString(text, from));
  if (text.charCodeAt(at) !== colon) failSyntax(text, at, '":"');
  return skipSpace(text, at + 1);
}

function skipScalar(text: string, at: number, first: number): number {
  if (first === quote) return skipString(text, at);
  if (first === minus || isDigit(first)) return skipNumber(text, at);
  for (const word of ["true", "false", "null"]) if (text.startsWith(word, at)) return at + word.length;
  return failSyntax(text, at, "a value");
}

function skipString(text: string, from: number): number {
  let at = from + 1;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    // A comparison with NaN is false, so that the end of the text arrives here too.
    if (!(code >= 0x20)) failSyntax(text, at, at < text.length ? "control characters escaped" : "a closing quote");
    at = code === backslash ? skipEscape(text, at + 1) : at + 1;
  }
}

function skipEscape(text: string, at: number): number {
  const kind = text.charAt(at);
  if (kind === "u" && /^[0-9a-fA-F]{4}$/.test(text.slice(at + 1, at + 5))) return at + 5;
  if (kind === "" || !'"\\/bfnrt'.includes(kind)) failSyntax(text, at, 'one of "\\/bfnrt, or u and four hexadecimal digits');
  return at + 1;
}

function skipNumber(text: string, from: number): number {
  let at = text.charCodeAt(from) === minus ? from + 1 : from;
  at = text.charCodeAt(at) === zero ? at + 1 : skipDigits(text, at);
  if (text.charCodeAt(at) === dot) at = skipDigits(text, at + 1);
  if (text[at] === "e" || text[at] === "E") {
    at += text[at + 1] === "+" || text[at + 1] === "-" ? 2 : 1;
    at = skipDigits(text, at);
  }
  return at;
}

function skipDigits(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at))) at++;
  if (at === from) failSyntax(text, at, "a digit");
  return at;
}

function isDigit(code: number): boolean {
  return code >= zero && code <= 0x39;
}

function failDeep(at: number): never {
  throw new LimitError({
    code: "tooDeep",
    what: `message at offset ${at}`,
    expected: `at most ${limits.depth} levels of nesting`,
    got: "one more",
    remedy: "Flatten the data.",
  });
}

function failSyntax(text: string, at: number, expected: string): never {
  throw new ProtocolError({
    code: "malformedJson",
    what: `message at offset ${at}`,
    expected,
    got: at < text.length ? excerpt(text, at) : "the end of the text",
    remedy: "Send one JSON value a line, in UTF-8 without a byte order mark.",
  });
}

/** A few characters in quotes; all but printable ASCII is escaped, since what goes wrong most often cannot be seen. */
function excerpt(text: string, at: number): string {
  const visible = text
    .slice(at, at + 16)
    .replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return `"${visible}"`;
}
