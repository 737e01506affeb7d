/** Records of format 1: lines without chains, and an end line with the SHA-256 of everything above it. They are only read. */
import { JournalError } from "@caviar-hpo/core";
import { hasKey, object, string } from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";
import type { RecordLine } from "../run/transcript.ts";
import { sha256 } from "./canonical.ts";
import { damaged, lineRoot } from "./damage.ts";
import { decodeLineOfFormat1 } from "./lines.ts";
import type { RunRecord } from "./record.ts";

/**
 * @param lines whole ones; the first is the head of the run. @param bytes the file.
 * @throws JournalError for a record that was changed.
 */
export function readFormat1(path: string, lines: readonly string[], bytes: Uint8Array): Pick<RunRecord, "lines" | "end"> {
  const found = lines.slice(1).map((line, index) => parseLine(path, line, index + 2));
  const end = found.findIndex((line) => "sha256" in line);
  const body = found.slice(0, end < 0 ? undefined : end) as readonly RecordLine[];
  if (end < 0) return { lines: body, end: null };
  const above = lines.slice(0, end + 1).map((line) => `${line}\n`);
  const hash = sha256(above.join(""));
  if (end !== found.length - 1 || (found[end] as EndLine).sha256 !== hash)
    damaged(path, "an end line with the hash of what is above it", show(lines[end + 1]), "Restore the file, or run with --fresh.");
  return { lines: body, end: { hash, fileHash: sha256(bytes), spent: null, failed: null } };
}

type EndLine = { readonly sha256: string };
const decodeEnd = object({ sha256: string });

function parseLine(path: string, line: string, number: number): RecordLine | EndLine {
  const root = lineRoot(path, number);
  try {
    const value = JSON.parse(line) as unknown;
    return hasKey(value, "sha256") ? decodeEnd(value, root) : decodeLineOfFormat1(value, root);
  } catch (error) {
    const got = error instanceof JournalError ? `${show(line)} (${error.message})` : show(line);
    return damaged(path, `a line of a run, line ${number}`, got, "Restore the file, or run with --fresh.");
  }
}
