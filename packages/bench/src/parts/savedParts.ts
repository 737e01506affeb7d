/**
 * `parts.json` in the folder of a campaign: what the parts of its plan from outside were when the campaign began. The campaign continues
 * only with the same parts. A report is made from this file, because it loads no code.
 */
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { ConfigError, type Json, type Problem } from "@caviar-hpo/core";
import {
  array,
  between,
  type Decoder,
  finite,
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
import { decodeProblem, parseWire } from "@caviar-hpo/core/wire";
import type { ProblemFacts, StrategyCard } from "@caviar-hpo/report";
import { type Disk, replaceFile } from "@caviar-hpo/runtime/disk";
import { canonicalJson } from "../record/canonical.ts";
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
  readonly strategies: { readonly [label: string]: SavedStrategy };
  readonly problems: { readonly [label: string]: SavedProblem };
};

/** null if there is no such file. @param disk a checked one. @throws JournalError "corrupt". */
export function readSavedParts(disk: Disk, folder: string): SavedParts | null {
  const path = join(folder, partsName);
  const size = disk.size(path);
  if (size === null) return null;
  const remedy = "Restore the file from a copy. Or delete it and run caviar bench again: the campaign then writes it again.";
  let value: unknown;
  try {
    value = parseWire(Buffer.from(disk.read(path, 0, size)).toString());
  } catch {
    return damaged(path, "the parts of a campaign", `${size} bytes that are no JSON`, remedy);
  }
  return decodeSaved(value, lineRoot(path, 1));
}

/**
 * Writes the file if there is none.
 *
 * @param disk a checked one.
 * @throws ConfigError if the folder was made with other parts.
 */
export function keepSavedParts(disk: Disk, folder: string, parts: SavedParts): void {
  const saved = readSavedParts(disk, folder);
  if (saved === null) replaceFile(disk, join(folder, partsName), Buffer.from(`${JSON.stringify(parts, null, 2)}\n`));
  else {
    for (const kind of ["strategies", "problems"] as const) checkSame(folder, kind, saved[kind], parts[kind]);
  }
}

type ByLabel = { readonly [label: string]: SavedStrategy | SavedProblem };

function checkSame(folder: string, kind: keyof SavedParts, saved: ByLabel, parts: ByLabel): void {
  const other = Object.keys(parts).find((label) => canonicalJson(saved[label] ?? null) !== canonicalJson(parts[label]));
  if (other === undefined) return;
  throw new ConfigError({
    code: "otherParts",
    what: `campaign ${folder}, ${kind === "strategies" ? "strategy" : "problem"} ${show(other)}`,
    expected: `what it was when the campaign began: ${wordsOf(saved[other])}`,
    got: wordsOf(parts[other]),
    remedy: "Run the plan with --fresh, or into another folder. Or bring back the old files and versions.",
  });
}

function wordsOf(part: SavedStrategy | SavedProblem | undefined): string {
  if (part === undefined) return "none";
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
const decodeSaved: Decoder<SavedParts> = object({
  strategies: named(object({ name: string, version, digest }), 100_000),
  problems: named(object({ facts, problem, digest }), 100_000),
});
