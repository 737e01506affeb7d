/**
 * `parts.json` in the folder of a campaign: which versions of Caviar's strategies made its runs, and what the parts of its plan from
 * outside were. Missing runs are made only with the same versions and parts. A report is made from this file, because it loads no code and
 * may be written by a later version.
 */
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { ConfigError, type Json, type Problem } from "@caviar-hpo/core";
import {
  array,
  between,
  type Decoder,
  finite,
  hasKey,
  json,
  map,
  named,
  nullable,
  number,
  object,
  oneOf,
  string,
  text,
  typed,
  union,
  whole,
} from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";
import { decodeProblem, parseWire, stringifyWire } from "@caviar-hpo/core/wire";
import type { ProblemFacts, StrategyCard } from "@caviar-hpo/report";
import { type Disk, replaceFile } from "@caviar-hpo/runtime/disk";
import { canonicalJson, canonicalWire, sha256 } from "../record/canonical.ts";
import { damaged, lineRoot } from "../record/damage.ts";

export const partsName = "parts.json";

/** What a strategy was. `digest` is the SHA-256 of its files, as far as the plan names them. */
export type SavedStrategy = Pick<StrategyCard, "name" | "version"> & { readonly digest: string | null };

/** What the report says of a problem from outside. */
export type OwnFacts = Pick<ProblemFacts, "title" | "dimensions" | "optimum" | "tolerance" | "measure" | "tags" | "source">;

/** What a problem was, with its wire form. */
export type SavedProblem = { readonly facts: OwnFacts; readonly problem: Json; readonly digest: string | null };

/** By the labels of the plan. */
export type SavedParts = {
  /** Of the strategies that Caviar has. */
  readonly versions: SavedVersions;
  readonly strategies: { readonly [label: string]: SavedStrategy };
  readonly problems: { readonly [label: string]: SavedProblem };
};

export type SavedVersions = { readonly [label: string]: number | string };

/** null if there is no such file. @param disk a checked one. @throws JournalError "corrupt". */
export function readSavedParts(disk: Disk, folder: string): SavedParts | null {
  const path = join(folder, partsName);
  const size = disk.size(path);
  if (size === null) return null;
  const remedy = "Restore the file from a copy. Or delete it and run caviar bench again: the campaign then writes it again.";
  const content = Buffer.from(disk.read(path, 0, size)).toString();
  let value: unknown;
  try {
    value = parseWire(content);
  } catch {
    return damaged(path, "the parts of a campaign", `${size} bytes that are no JSON`, remedy);
  }
  // The checksum is one of values. It does not see a lost space between them.
  if (content !== laidOut(content)) damaged(path, "JSON as caviar bench lays it out", "other spaces or keys", remedy);
  const { sha256: claimed, ...parts } = decodeSaved(value, lineRoot(path, 1));
  if (sha256(canonicalWire(parts)) !== claimed) damaged(path, `parts with the SHA-256 ${claimed.slice(0, 8)}`, "other ones", remedy);
  return parts;
}

/**
 * Writes the file if there is none. A finished campaign of strategies of Caviar alone stays without it: which versions made its runs is not
 * known.
 *
 * @param disk a checked one.
 * @param isWork whether runs are missing.
 * @throws ConfigError if the folder was made with other parts, or if runs are missing and the others were made by another version.
 */
export function keepSavedParts(disk: Disk, folder: string, parts: SavedParts, isWork: boolean): void {
  const saved = readSavedParts(disk, folder);
  if (saved === null) {
    const hasOutside = Object.keys(parts.strategies).length + Object.keys(parts.problems).length > 0;
    if (isWork || hasOutside) replaceFile(disk, join(folder, partsName), Buffer.from(textOf(parts)));
  } else {
    for (const kind of isWork ? kinds : kinds.filter((kind) => kind !== "versions")) checkSame(folder, kind, saved[kind], parts[kind]);
  }
}

/** The last member is the SHA-256 of the others as canonical JSON. */
function textOf(parts: SavedParts): string {
  const sealed = { ...parts, sha256: sha256(canonicalWire(parts)) };
  return laidOut(stringifyWire(sealed));
}

function laidOut(wire: string): string {
  return `${JSON.stringify(JSON.parse(wire), null, 2)}\n`;
}

const kinds = ["versions", "strategies", "problems"] as const satisfies readonly (keyof SavedParts)[];

type SavedPart = SavedVersions[string] | SavedStrategy | SavedProblem;
type ByLabel = { readonly [label: string]: SavedPart };

function checkSame(folder: string, kind: keyof SavedParts, saved: ByLabel, parts: ByLabel): void {
  const savedPart = (label: string): SavedPart | undefined => (hasKey(saved, label) ? saved[label] : undefined);
  const other = Object.keys(parts).find((label) => canonicalJson(savedPart(label) ?? null) !== canonicalJson(parts[label]));
  if (other === undefined) return;
  throw new ConfigError({
    code: "otherParts",
    what: `campaign ${folder}, ${kind === "problems" ? "problem" : "strategy"} ${show(other)}`,
    expected: `what it was when the campaign began: ${wordsOf(savedPart(other))}`,
    got: wordsOf(parts[other]),
    remedy: "Run the plan with --fresh, or into another folder. Or bring back the old files and versions.",
  });
}

function wordsOf(part: SavedPart | undefined): string {
  if (part === undefined) return "none";
  if (typeof part !== "object") return `version ${part}`;
  const version = "version" in part ? `version ${part.version}, ` : "";
  return `${version}${part.digest === null ? "no known files" : `files with the digest ${part.digest.slice(0, 8)}`}`;
}

/** The contract of a saved problem. */
export function problemOf({ problem }: SavedProblem): Problem {
  return decodeProblem(problem, partsName);
}

const digest = nullable(string);
const word = text(1000);
const version: Decoder<number | string> = union("a number or a text", typed("number", number), typed("string", word));
const facts: Decoder<OwnFacts> = object(
  {
    title: word,
    dimensions: whole(1, 100_000),
    optimum: finite,
    tolerance: between(0, Number.MAX_VALUE),
    tags: array(word, 100),
    source: string,
  },
  { measure: oneOf("value", "distance to the bound") },
);
const problem: Decoder<Json> = map(json, (value, path) => {
  decodeProblem(value, path);
  return value;
});
const decodeSaved: Decoder<SavedParts & { readonly sha256: string }> = object({
  sha256: string,
  versions: named(version, 100_000),
  strategies: named(object({ name: string, version, digest }), 100_000),
  problems: named(object({ facts, problem, digest }), 100_000),
});
