/** Canonical JSON (RFC 8785 for the values used here: keys sorted by UTF-16 units, shortest numbers) and SHA-256. */
import { createHash } from "node:crypto";
import type { Json } from "@caviar-hpo/core";
import { stringifyWire } from "@caviar-hpo/core/wire";

export function canonicalJson(value: unknown): string {
  return textOf(value, JSON.stringify, (key) => key);
}

/**
 * The same, and numbers that JSON does not have keep their values: NaN, the infinities and -0 are written as in docs/wire-format.md.
 * `parseWire` of core reads it.
 */
export function canonicalWire(value: unknown): string {
  return textOf(value, wireScalar, wireKey);
}

/** 64 hexadecimal digits. */
export function sha256(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}

function textOf(value: unknown, scalar: (value: unknown) => string, keyOf: (key: string) => string): string {
  if (Array.isArray(value)) return `[${value.map((element) => textOf(element, scalar, keyOf)).join(",")}]`;
  if (typeof value !== "object" || value === null) return scalar(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(keyOf(key))}:${textOf(member, scalar, keyOf)}`).join(",")}}`;
}

function wireScalar(value: unknown): string {
  return stringifyWire(value as Json);
}

/** A key that would be read as the mark of a number gets one more dollar sign, which the reader takes away. */
function wireKey(key: string): string {
  return /^\$+num$/.test(key) ? `$${key}` : key;
}
