/**
 * The record of a run: an append-only file of JSON lines. First comes a head (which cell of which plan), then one line per measurement,
 * then, where resource is counted, one line per recommendation, and last an end line that says how the run ended. Each line is chained to
 * the one before (`chain.ts`). A file without its end line is a run that was interrupted. If its last line has no line end, a crash has
 * torn it, and it is cut off. Anything else that is wrong is damage and stops the reader.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { JournalError, ProtocolError } from "@caviar-hpo/core";
import { type Decoder, hasKey, number, object, oneOf, string, whole } from "@caviar-hpo/core/read";
import { show, slug } from "@caviar-hpo/core/text";
import { parseWire } from "@caviar-hpo/core/wire";
import type { RunCosts, RunFailure } from "@caviar-hpo/report";
import type { Disk } from "@caviar-hpo/runtime/disk";
import type { CellName } from "../plan/cells.ts";
import type { RecordLine } from "../run/transcript.ts";
import { canonicalWire, sha256 } from "./canonical.ts";
import { chainStart, unlinked, withHash } from "./chain.ts";
import { damaged, lineOf, lineRoot, restore } from "./damage.ts";
import { readFormat1 } from "./format1.ts";
import { decodeLine } from "./lines.ts";
import { textIn } from "./text.ts";

export type RunRecord = {
  readonly format: 1 | 2;
  readonly lines: readonly RecordLine[];
  /** null for a run that has not ended. */
  readonly end: RunEnd | null;
  /** Where the whole lines end, in bytes. */
  readonly size: number;
  /** Whether the start of another line follows them. */
  readonly torn: boolean;
  /** What the next line continues. */
  readonly chain: string;
};

/** How a run ended. */
export type RunEnd = {
  /** SHA-256 of everything above, with the status and the counts of the end line. */
  readonly hash: string;
  /** SHA-256 of the whole file. */
  readonly fileHash: string;
  /** Resource is in units of fidelity. null in format 1, which does not say it. */
  readonly spent: RunCosts | null;
  /** null for a run that did not fail. */
  readonly failed: RunFailure | null;
};

export type RunHead = { readonly plan: string; readonly problem: string; readonly strategy: string; readonly seed: number };

/** The version of the records that this code writes. */
const recordFormat = 2;

/** The file of a cell's record below the campaign's folder. */
export function recordPath(folder: string, cell: CellName): string {
  return `${cellPath(join(folder, "runs"), cell)}.jsonl`;
}

/** A path for a cell below a folder. Names become safe slugs with a hash, so that no name is a path. */
export function cellPath(folder: string, { problem, strategy, seed }: CellName): string {
  return join(folder, fileName(problem), fileName(strategy), `${seed}`);
}

export function headOf(planHash: string, { problem, strategy, seed }: CellName): RunHead {
  return { plan: planHash, problem, strategy, seed };
}

/** The body of the first line. */
export function headBody(head: RunHead, format: number = recordFormat): string {
  return canonicalWire({ format, kind: "run", ...head });
}

/**
 * null where there is no file.
 *
 * @param disk a checked one.
 * @throws JournalError "corrupt" for a record of another plan or cell, and for one that was changed; "laterFormat"; "diskFailed".
 */
export function readRecord(disk: Disk, path: string, head: RunHead): RunRecord | null {
  const size = disk.size(path);
  if (size === null) return null;
  const bytes = disk.read(path, 0, size);
  const whole = bytes.lastIndexOf(0x0a) + 1;
  const place = { size: whole, torn: whole < bytes.length };
  if (whole === 0) return { format: recordFormat, lines: [], end: null, chain: chainStart, ...place };
  const text = textIn(path, bytes.subarray(0, whole));
  const lines = text.slice(0, -1).split("\n");
  if (lines[0] === headBody(head, 1)) return { format: 1, chain: chainStart, ...place, ...readFormat1(path, lines, bytes) };
  const { content, chain } = unchained(path, lines);
  checkHead(path, content[0]!, head);
  const last = content.length - 1;
  const end = last > 0 && hasKey(content[last], "sha256") ? readEnd(path, content[last]!, { bytes, text, lines, number: last + 1 }) : null;
  if (end !== null && place.torn) damaged(lineOf(path, last + 2), "nothing after the end line", "the start of another line");
  const body = content.slice(1, end === null ? undefined : -1);
  return { format: recordFormat, lines: body.map((line, index) => decodeLine(line, lineRoot(path, index + 2))), end, chain, ...place };
}

/** What the lines hold, without their chains. */
function unchained(path: string, lines: readonly string[]): { readonly content: readonly unknown[]; readonly chain: string } {
  let chain = chainStart;
  const content = lines.map((line, index) => {
    const found = unlinked(chain, line) ?? notLinked(path, line, index + 1);
    chain = found.chain;
    return parsed(path, found.body, index + 1);
  });
  return { content, chain };
}

function notLinked(path: string, line: string, number: number): never {
  const { format } = /^\{"format":(?<format>\d+),/.exec(line)?.groups ?? {};
  if (number === 1 && Number(format) > recordFormat) laterFormat(path, format!);
  return damaged(lineOf(path, number), number === 1 ? "the head of a run" : "a line that continues the line above", show(line));
}

function laterFormat(path: string, format: string): never {
  throw new JournalError({
    code: "laterFormat",
    what: path,
    expected: `a record of format ${recordFormat} or earlier`,
    got: `format ${format}`,
    remedy: "A later version of Caviar has made the campaign. Update Caviar.",
  });
}

function parsed(path: string, body: string, number: number): unknown {
  try {
    return parseWire(body);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return damaged(lineOf(path, number), "a line of a run", `${show(body)} (${error.message})`);
  }
}

function checkHead(path: string, found: unknown, head: RunHead): void {
  const text = canonicalWire(found);
  if (text === headBody(head)) return;
  const { format } = found as { readonly format?: unknown };
  if (typeof format === "number" && format > recordFormat) laterFormat(path, `${format}`);
  damaged(lineOf(path, 1), "the head of this plan's run", show(text), "Run with --fresh, or into another folder.");
}

const count = whole(0, Number.MAX_SAFE_INTEGER);
const spent: Decoder<RunCosts> = object({ evaluations: count, resource: number, scratch: number, time: number });
const failed: Decoder<RunFailure> = object({ kind: oneOf("crashed", "timedOut", "refused"), message: string });
const decodeEnd = object({ lines: count, sha256: string, spent, status: oneOf("done", "failed") }, { failed });

/** The body of an end line without its hash. @param lines the number of lines between head and end. */
export function endBody(lines: number, { spent, failed }: Pick<RunEnd, "failed"> & { readonly spent: RunCosts }): string {
  return canonicalWire({ ...(failed === null ? { status: "done" } : { status: "failed", failed }), lines, spent });
}

type EndPlace = { readonly bytes: Uint8Array; readonly text: string; readonly lines: readonly string[]; readonly number: number };

/** Everything in front of the hash is hashed, and the line is as it would be written. */
function readEnd(path: string, line: unknown, { bytes, text, lines, number }: EndPlace): RunEnd {
  const { sha256: claimed, lines: counted, spent, failed = null } = decodeEnd(line, lineRoot(path, number));
  const above = text.length - lines[number - 1]!.length - 1;
  const body = endBody(number - 2, { spent, failed });
  const digest = createHash("sha256").update(text.slice(0, above)).update(body.slice(0, -1)).digest("hex");
  const place = lineOf(path, number);
  if (counted !== number - 2) damaged(place, `the end of a run of ${number - 2} lines`, `that of ${counted} lines`);
  if (claimed !== digest || !lines[number - 1]!.startsWith(withHash(body, digest).slice(0, -1)))
    damaged(place, "an end line with the hash of what is above it", show(lines[number - 1]!), restore);
  return { hash: digest, fileHash: sha256(bytes), spent, failed };
}

function fileName(name: string): string {
  const plain = slug(name).slice(0, 48);
  return plain === name ? plain : `${plain}-${sha256(name).slice(0, 8)}`;
}
