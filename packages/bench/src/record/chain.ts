/**
 * The lines of a record are chained: each ends with the key "chain", the first 16 hexadecimal digits of the SHA-256 of two things: the
 * chain of the line before, and the line itself without this key. The first line continues the empty text. So no line can be changed,
 * removed, added or moved without changing all lines after it. The end line also has the key "sha256": the SHA-256 of the whole file in
 * front of this key.
 */
import { hash } from "node:crypto";

/** What the first line continues. */
export const chainStart = "";

const key = ',"chain":"';
const digits = 16;
const tailLength = key.length + digits + '"}'.length;

/** The line of a JSON object, without its line end, and the chain that the next line continues. */
export function linked(previous: string, body: string): { readonly line: string; readonly chain: string } {
  const chain = chainOf(previous, body);
  return { line: `${body.slice(0, -1)}${key}${chain}"}`, chain };
}

/** The JSON object of a line, and its chain; null where the line does not continue the one before. @param line without its line end. */
export function unlinked(previous: string, line: string): { readonly body: string; readonly chain: string } | null {
  const body = `${line.slice(0, -tailLength)}}`;
  const next = linked(previous, body);
  return next.line === line ? { body, chain: next.chain } : null;
}

function chainOf(previous: string, body: string): string {
  return hash("sha256", previous + body, "hex").slice(0, digits);
}

const endKey = ',"sha256":"';

/** The body of an end line with its hash. @param above the digest of all lines above and of `body` without its last brace. */
export function withHash(body: string, digest: string): string {
  return `${body.slice(0, -1)}${endKey}${digest}"}`;
}
