/**
 * JSON as Python writes and reads it: ASCII only, and with the words NaN, Infinity and -Infinity for the numbers that JSON lacks.
 */
import type { Json } from "@caviar-hpo/core";
import { parseWire } from "@caviar-hpo/core/wire";

/** The value as text without line ends. */
export function writePythonJson(value: Json): string {
  if (typeof value === "number") return writeNumber(value);
  if (typeof value === "string") return writeText(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(writePythonJson).join(",")}]`;
  const members = Object.entries(value).map(([key, member]) => `${writeText(key)}:${writePythonJson(member)}`);
  return `{${members.join(",")}}`;
}

/**
 * -0 is written as -0.0, because Python would read -0 as a whole number without a sign. Whole numbers beyond 2^53 get a point, too: Python
 * would read them as whole numbers of any length, which NumPy does not compare.
 */
function writeNumber(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  const text = String(value);
  return Number.isInteger(value) && !Number.isSafeInteger(value) && !text.includes("e") ? `${text}.0` : text;
}

function writeText(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * The value of a text that Python wrote.
 *
 * @throws ProtocolError or LimitError as `parseWire` does.
 */
export function readPythonJson(text: string): Json {
  return parseWire(foreign.test(text) ? inWireForm(text) : text);
}

const foreign = /NaN|Infinity|\$num/;

/**
 * The text with numbers as the wire writes them, and with its own keys `$num` kept apart from those. Takes time in proportion to the text.
 */
function inWireForm(text: string): string {
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const quote = text.indexOf('"', at);
    const outside = quote === -1 ? text.slice(at) : text.slice(at, quote);
    parts.push(outside.replace(/-?Infinity|NaN/g, (word) => `{"$num":"${word}"}`));
    if (quote === -1) break;
    at = quote + 1;
    while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    at++;
    const quoted = text.slice(quote, at);
    parts.push(/^"\$+num"$/.test(quoted) && isKey(text, at) ? `"$${quoted.slice(1)}` : quoted);
  }
  return parts.join("");
}

function isKey(text: string, end: number): boolean {
  let at = end;
  while (text[at] === " " || text[at] === "\t") at++;
  return text[at] === ":";
}
