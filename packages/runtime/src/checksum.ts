/** SHA-256 over plain data, the same whatever the order of its keys: what another program read and wrote again still matches. */
import { createHash } from "node:crypto";
import type { Json } from "@caviar-hpo/core";
import { stringifyWire } from "@caviar-hpo/core/wire";

/** 64 hexadecimal digits. */
export function checksum(value: Json): string {
  return createHash("sha256")
    .update(stringifyWire(sorted(value)))
    .digest("hex");
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([key, member]) => [key, sorted(member)]));
}
