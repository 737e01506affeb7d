/** The records that a bench has appended to a file, one per line. */
import { existsSync, readFileSync } from "node:fs";

/** Empty if there is no file. */
export function recordsIn(file) {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
}
