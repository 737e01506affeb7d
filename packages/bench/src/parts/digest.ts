/** The digest of a part's files: those that the plan names, and not those that they import. */
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { ProblemPart, StrategyPart } from "./part.ts";
import { peerFiles } from "./peerFiles.generated.ts";

/** SHA-256 in hexadecimal; null if a command names no file. */
export function digestOf(part: StrategyPart | ProblemPart): string | null {
  const contents = contentsOf(part);
  if (contents.length === 0) return null;
  const hash = createHash("sha256");
  for (const content of contents) hash.update(`${content.length}\n`).update(content);
  return hash.digest("hex");
}

function contentsOf(part: StrategyPart | ProblemPart): readonly (Uint8Array | string)[] {
  switch (part.kind) {
    case "module":
      return [readFileSync(fileURLToPath(part.url))];
    case "command":
      // The program itself is often an interpreter that the system updates.
      return part.command.slice(part.command[0]!.includes("/") ? 0 : 1).flatMap((word) => fileContents(resolve(part.cwd, word)));
    case "peer":
      return Object.values(peerFiles);
    case "closed":
      return [];
  }
}

function fileContents(path: string): readonly Uint8Array[] {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true ? [readFileSync(path)] : [];
}
