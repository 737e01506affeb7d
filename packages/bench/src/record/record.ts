/**
 * The record of a run: an append-only file of JSON lines. First comes a head (which cell of which plan), then one line per measurement,
 * then, where resource is counted, one line per recommendation, and last an end line with the SHA-256 of everything above it. A file
 * without its end is a run that was interrupted: its whole lines are good, a torn last line is cut off. A file whose end does not match was
 * changed.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { JournalError, limits } from "@caviar-hpo/core";
import { array, type Decoder, finite, named, nullable, object, scalar, string, union, whole } from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";
import type { EvaluationLine, TrainingLine } from "../arena/arena.ts";
import type { CellName } from "../plan/cells.ts";
import type { RecommendationLine, RecordLine } from "../run/transcript.ts";
import { canonicalJson, sha256 } from "./canonical.ts";

export type RunRecord = {
  readonly lines: readonly RecordLine[];
  /** SHA-256 of head and lines; null for a run that has not ended. */
  readonly hash: string | null;
};

/** The file of a cell's record below the campaign's folder; names become safe slugs with a hash, so that no name is a path. */
export function recordPath(folder: string, { problem, strategy, seed }: CellName): string {
  return join(folder, "runs", slug(problem), slug(strategy), `${seed}.jsonl`);
}

/**
 * null where there is no record, or none with a whole line.
 *
 * @param onTorn called where the last line is not whole; the record is read without it.
 * @throws JournalError for a record of another plan or cell, or one that was changed.
 */
export function readRecord(path: string, head: RunHead, onTorn: () => void = () => {}): RunRecord | null {
  if (!existsSync(path)) return null;
  const text = readFileSync(path, "utf8");
  if (text !== "" && !text.endsWith("\n")) onTorn();
  const lines = text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .slice(0, -1);
  if (lines.length === 0) return null;
  if (lines[0] !== headLine(head))
    damaged(path, "the head of this plan's run", show(lines[0]), "Run with --fresh, or into another folder.");
  const parsed = lines.slice(1).map((line, index) => parseLine(path, line, index + 2));
  const end = parsed.findIndex((line) => "sha256" in line);
  const body = parsed.slice(0, end < 0 ? undefined : end) as readonly RecordLine[];
  if (end < 0) return { lines: body, hash: null };
  const hash = sha256(
    lines
      .slice(0, end + 1)
      .map((line) => `${line}\n`)
      .join(""),
  );
  if (end !== parsed.length - 1 || (parsed[end] as EndLine).sha256 !== hash) {
    damaged(path, "an end line with the hash of what is above it", show(lines[end + 1]), "Restore the file, or run with --fresh.");
  }
  return { lines: body, hash };
}

/** Writes a record while the run takes its course, at least every half second; `end` closes the record and gives its hash. */
export type Recorder = { add(line: RecordLine): void; end(): string };

const flushEveryMs = 500;

/** Writes the file again with what an interrupted run had: the torn tail is dropped, the whole lines stay. */
export function createRecorder(path: string, head: RunHead, kept: readonly RecordLine[]): Recorder {
  mkdirSync(dirname(path), { recursive: true });
  const line = (value: unknown): string => `${canonicalJson(value)}\n`;
  let written = `${headLine(head)}\n${kept.map(line).join("")}`;
  let buffer = "";
  let started = false;
  let flushedMs = -Infinity;
  const flush = (): void => {
    if (started) appendFileSync(path, buffer);
    else writeFileSync(path, written);
    started = true;
    buffer = "";
    flushedMs = performance.now();
  };
  const add = (text: string): void => {
    written += text;
    buffer += text;
    if (performance.now() - flushedMs > flushEveryMs) flush();
  };
  flush();
  return {
    add: (added) => add(line(added)),
    end: () => {
      const hash = sha256(written);
      add(line({ sha256: hash }));
      flush();
      return hash;
    },
  };
}

export type RunHead = { readonly plan: string; readonly problem: string; readonly strategy: string; readonly seed: number };

export function headOf(planHash: string, { problem, strategy, seed }: CellName): RunHead {
  return { plan: planHash, problem, strategy, seed };
}

function headLine(head: RunHead): string {
  return canonicalJson({ format: 1, kind: "run", ...head });
}

type EndLine = { readonly sha256: string };

function parseLine(path: string, line: string, number: number): RecordLine | EndLine {
  const root = { name: `${path}, line ${number}`, style: "data", error: JournalError, codes: corrupt } as const;
  try {
    return decodeLine(JSON.parse(line) as unknown, root);
  } catch (error) {
    const got = error instanceof JournalError ? `${show(line)} (${error.message})` : show(line);
    return damaged(path, `a line of a run, line ${number}`, got, "Restore the file, or run with --fresh.");
  }
}

const corrupt = { wrongValue: "corrupt", missingKey: "corrupt", unknownKey: "corrupt", tooMany: "corrupt" };
const told = nullable(finite);
const count = whole(0, Number.MAX_SAFE_INTEGER);
const evaluation: Decoder<EvaluationLine> = object(
  { x: array(nullable(scalar), limits.params), value: told },
  { told, constraints: array(finite, limits.constraints), recommended: told },
);
const measurement: Decoder<TrainingLine> = object({
  trial: count,
  config: named(scalar, limits.params),
  fidelity: finite,
  resource: finite,
  told,
});
const recommendation: Decoder<RecommendationLine> = object({ from: finite, trial: count, fidelity: finite, value: told });
const end: Decoder<EndLine> = object({ sha256: string });

/** A line is known by a key that no other kind has. */
const decodeLine: Decoder<RecordLine | EndLine> = union(
  "a line of a run",
  { is: hasKey("sha256"), read: end },
  { is: hasKey("x"), read: evaluation },
  { is: hasKey("config"), read: measurement },
  { is: hasKey("from"), read: recommendation },
);

function hasKey(key: string): (value: unknown) => boolean {
  return (value) => typeof value === "object" && value !== null && Object.hasOwn(value, key);
}

function damaged(path: string, expected: string, got: string, remedy: string): never {
  throw new JournalError({ code: "corrupt", what: path, expected, got, remedy });
}

function slug(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 48);
  return plain === name ? plain : `${plain}-${sha256(name).slice(0, 8)}`;
}
