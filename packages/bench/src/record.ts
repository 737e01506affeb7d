/**
 * The record of a run: an append-only file of JSON lines. A head (which cell of which plan), one line a measurement, then one a
 * recommendation where resource is counted, and an end line with
 * the SHA-256 of everything above it. A file without its end is a run that was interrupted: its whole lines are good, a torn last line is
 * cut off. A file with an end that does not match was changed by somebody.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { JournalError, show } from "@caviar-hpo/core";
import { canonicalJson, sha256 } from "./canonical.ts";
import type { Cell } from "./cells.ts";
import type { Line } from "./run.ts";

export type RunRecord = {
  readonly lines: readonly Line[];
  /** SHA-256 of head and lines; null for a run that has not ended. */
  readonly hash: string | null;
};

/** Where a cell's record lies below the campaign's folder; names become safe slugs with a hash, so that no name is a path. */
export function recordPath(folder: string, cell: Cell): string {
  return join(folder, "runs", slug(cell.problem), slug(cell.strategy.label), `${cell.seed}.jsonl`);
}

/** null where there is none. @throws JournalError for a record of another plan or cell, or one that was changed. */
export function readRecord(path: string, head: RunHead): RunRecord | null {
  if (!existsSync(path)) return null;
  const text = readFileSync(path, "utf8");
  const lines = text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .slice(0, -1);
  if (lines.length === 0) return null;
  if (lines[0] !== headLine(head))
    damaged(path, "the head of this plan's run", show(lines[0]), "Run with --fresh, or into another folder.");
  const parsed = lines.slice(1).map((line, index) => parseLine(path, line, index + 2));
  const end = parsed.findIndex((line) => "sha256" in line);
  const body = parsed.slice(0, end < 0 ? undefined : end) as readonly Line[];
  if (end < 0) return { lines: body, hash: null };
  const hash = sha256(
    lines
      .slice(0, end + 1)
      .map((line) => `${line}\n`)
      .join(""),
  );
  if (end !== parsed.length - 1 || (parsed[end] as End).sha256 !== hash) {
    damaged(path, "an end line with the hash of what is above it", show(lines[end + 1]), "Restore the file, or run with --fresh.");
  }
  return { lines: body, hash };
}

/** Writes a record as the run goes, at least every half second; `end` closes it and gives its hash. */
export type Recorder = { add(line: Line): void; end(): string };

const flushEveryMs = 500;

/** Starts the file anew with what an interrupted run had: the torn tail goes, the whole lines stay. */
export function createRecorder(path: string, head: RunHead, kept: readonly Line[]): Recorder {
  mkdirSync(dirname(path), { recursive: true });
  const line = (value: unknown): string => `${canonicalJson(value)}\n`;
  let written = `${headLine(head)}\n${kept.map(line).join("")}`;
  let buffer = "";
  let started = false;
  let flushedMs = Number.NEGATIVE_INFINITY;
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

export function headOf(planHash: string, { problem, strategy, seed }: Cell): RunHead {
  return { plan: planHash, problem, strategy: strategy.label, seed };
}

function headLine(head: RunHead): string {
  return canonicalJson({ format: 1, kind: "run", ...head });
}

type End = { readonly sha256: string };

function parseLine(path: string, line: string, number: number): Line | End {
  try {
    const parsed = JSON.parse(line) as Parsed;
    if (typeof parsed.sha256 === "string") return { sha256: parsed.sha256 };
    if (isEvaluation(parsed) || isMeasurement(parsed) || isRecommendation(parsed)) return parsed as Line;
  } catch {
    // Not JSON at all: refused below with every other line that is none of a run's.
  }
  return damaged(path, `a line of a run, line ${number}`, show(line), "Restore the file, or run with --fresh.");
}

type Parsed = { readonly [name: string]: unknown };

function isEvaluation({ x, value, told = null }: Parsed): boolean {
  return Array.isArray(x) && x.every(Number.isFinite) && isValue(value) && isValue(told);
}

function isMeasurement({ trial, config, fidelity, resource, told }: Parsed): boolean {
  return [trial, fidelity, resource].every(Number.isFinite) && typeof config === "object" && config !== null && isValue(told);
}

function isRecommendation({ from, trial, fidelity, value }: Parsed): boolean {
  return [from, trial, fidelity].every(Number.isFinite) && isValue(value);
}

function isValue(value: unknown): boolean {
  return typeof value === "number" || value === null;
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
