/**
 * The head of a study's folder, `head.json`: everything that decides the future of the study, but its events. It is written once, when the
 * log exists already, so a folder with a head has a log.
 */
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { CaviarError, ConfigError, JournalError, type Json, logFormat, type Problem, type StudyDefinition } from "@caviar-hpo/core";
import { sameJson } from "@caviar-hpo/core/contract";
import { finite, json, object, oneOf, string, typed, union, whole } from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";
import { decodeProblem, encodeProblem, parseWire, stringifyWire } from "@caviar-hpo/core/wire";
import { checksum } from "../checksum.ts";
import type { Disk } from "./disk.ts";
import { corrupt, fileRoot } from "./journalFault.ts";
import { recordBytes } from "./record.ts";
import { replaceFile } from "./replaceFile.ts";
import { lackingIn } from "./widerSpace.ts";

/** The strategy that a study was made with: its name, its version, and the options that it was given. */
export type StoredStrategy = { readonly name: string; readonly version: number; readonly options: Json };

export type Head = {
  /** The versions of the layout of the folder and of the log, at the time when the study was made. */
  readonly formats: { readonly folder: number; readonly log: number };
  readonly problem: Problem;
  readonly seed: string | number;
  readonly strategy: StoredStrategy;
  /** SHA-256 of the head. The first record of the log repeats it, so no log is read with the head of another. */
  readonly checksum: string;
};

/** The version of the layout of the folder. In the logs of version 1, all records but the first are events of the study. */
const folderFormat = 2;

/** The head of a new study. @param options those that the strategy was given. */
export function headOf({ problem, seed, strategy }: StudyDefinition & { readonly problem: Problem }, options: Json): Head {
  const formats = { folder: folderFormat, log: logFormat };
  const head = { formats, problem, seed, strategy: { name: strategy.name, version: strategy.version, options } };
  return { ...head, checksum: checksum(bodyOf(head)) };
}

function bodyOf({ formats, ...head }: Omit<Head, "checksum">): { readonly [key: string]: Json } {
  return { format: formats.folder, kind: "study", log: formats.log, ...definitionOf(head) };
}

/** What decides the future of a study. */
function definitionOf({ problem, seed, strategy }: Pick<Head, "problem" | "seed" | "strategy">): { readonly [key: string]: Json } {
  return { problem: encodeProblem(problem), seed, strategy };
}

export function writeHead(disk: Disk, folder: string, head: Head): void {
  replaceFile(disk, headPath(folder), Buffer.from(`${stringifyWire({ ...bodyOf(head), checksum: head.checksum })}\n`));
}

/** null where there is none. @throws JournalError for a head that is damaged, or of a later version of Caviar. */
export function readHead(disk: Disk, folder: string): Head | null {
  const path = headPath(folder);
  const size = disk.size(path);
  if (size === null) return null;
  const stored = size > recordBytes ? null : parsed(Buffer.from(disk.read(path, 0, size)).toString());
  if (stored === null) return corrupt(path, "the head of a study", `${size} bytes of something else`, restoreIt);
  checkFormat(path, stored);
  const { format, log, problem, seed, strategy, checksum: claimed } = decodeHead(stored, fileRoot(path));
  const { checksum: _claimed, ...body } = stored as { readonly [key: string]: Json };
  if (checksum(body) !== claimed) corrupt(path, "a head as it was written", "one that was changed", restoreIt);
  return { formats: { folder: format, log }, problem: problemIn(path, problem), seed, strategy, checksum: claimed };
}

const restoreIt = "Restore a copy of the file. It never changes once the study is made.";

function headPath(folder: string): string {
  return join(folder, "head.json");
}

function parsed(text: string): Json {
  try {
    return parseWire(text);
  } catch {
    return null;
  }
}

function checkFormat(path: string, head: Json): void {
  const { format, log } = head as { readonly format?: unknown; readonly log?: unknown };
  const later = [format, log].find((version, index) => typeof version === "number" && version > [folderFormat, logFormat][index]!);
  if (later === undefined) return;
  throw new JournalError({
    code: "laterFormat",
    what: path,
    expected: `format ${folderFormat} with a log of format ${logFormat}, or earlier`,
    got: `format ${show(format)} with a log of format ${show(log)}`,
    remedy: "A later version of Caviar has made the study. Update Caviar.",
  });
}

/** There are no folders with logs of format 1. */
const firstLogFormat = 2;

const decodeHead = object({
  format: whole(1, folderFormat),
  kind: oneOf("study"),
  log: whole(firstLogFormat, logFormat),
  problem: json,
  seed: union("a string or a number", typed("string", string), typed("number", finite)),
  strategy: object({ name: string, version: whole(0, Number.MAX_SAFE_INTEGER), options: json }),
  checksum: string,
});

function problemIn(path: string, wire: Json): Problem {
  try {
    return decodeProblem(wire);
  } catch (error) {
    if (!(error instanceof CaviarError)) throw error;
    return corrupt(`${path}, ${error.what}`, error.expected, error.got, restoreIt);
  }
}

/**
 * @throws ConfigError that lists what differs, if something but the space does. @param stored the head in the folder. @param given that of
 * the options.
 */
export function checkSameStudy(folder: string, stored: Head, given: Head): void {
  if (stored.checksum === given.checksum) return;
  const found = differences(definitionOf(stored), definitionOf(given), "");
  if (found.every(({ at }) => isOfSpace(at))) return;
  // Another strategy has another version and other options: its name says enough.
  const changes =
    stored.strategy.name === given.strategy.name ? found : found.filter(({ at }) => !/^strategy\.(?:version|options)/.test(at));
  throw otherStudy(folder, changes, "Open it with what it was made with.");
}

/**
 * Whether the study is to be extended from one space to another.
 *
 * @param extend whether the user wants this.
 * @throws ConfigError "otherStudy" for another space if the user does not want that, or if the study cannot be extended to it.
 */
export function checkSpace(folder: string, stored: Problem, given: Problem, extend: boolean): boolean {
  if (sameJson(stored.space as Json, given.space as Json)) return false;
  const changes = differences(encodeProblem(stored), encodeProblem(given), "");
  const lacking = lackingIn(given.space, stored.space);
  if (lacking.length > 0)
    throw otherStudy(
      folder,
      changes,
      `A study can only be extended to a space that holds its own. The new space lacks ${lacking.join(", ")}.`,
    );
  if (!extend) throw otherStudy(folder, changes, "To extend the study to the larger space, pass extend: true.");
  return true;
}

function isOfSpace(at: string): boolean {
  return /^(?:space|where)\b/.test(at);
}

function otherStudy(folder: string, changes: readonly Difference[], remedy: string): ConfigError {
  return new ConfigError({
    code: "otherStudy",
    what: `study ${folder}`,
    expected: changes.map(({ at, stored: value }) => `${at} ${value}`).join(", "),
    got: changes.map(({ at, given: value }) => `${at} ${value}`).join(", "),
    remedy: `${remedy} For any other change, open another folder and take over the trials: adopt(study.core, readStudy(oldFolder).history).`,
  });
}

type Difference = { readonly at: string; readonly stored: string; readonly given: string };

function differences(stored: Json | undefined, given: Json | undefined, at: string): readonly Difference[] {
  if (stored !== undefined && given !== undefined && sameJson(stored, given)) return [];
  const [left, right] = [membersOf(stored), membersOf(given)];
  if (left === null || right === null) return [{ at, stored: shown(stored), given: shown(given) }];
  const found = [...new Set([...left.keys(), ...right.keys()])].flatMap((key) =>
    differences(left.get(key), right.get(key), at === "" || at === "problem" ? key : `${at}.${key}`),
  );
  return found.length > 0 ? found : [{ at, stored: `in the order ${[...left.keys()]}`, given: `in the order ${[...right.keys()]}` }];
}

/** The members of an object by key, or of a list by name; null where there are none. */
function membersOf(value: Json | undefined): ReadonlyMap<string, Json> | null {
  if (typeof value !== "object" || value === null) return null;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  return new Map(value.map((element, index) => [nameOf(element) ?? String(index), element] as const));
}

function nameOf(element: Json): string | null {
  if (typeof element !== "object" || element === null || Array.isArray(element)) return null;
  const { name } = element as { readonly name?: Json };
  return typeof name === "string" ? name : null;
}

function shown(value: Json | undefined): string {
  return value === undefined ? "none" : typeof value === "object" && value !== null ? stringifyWire(value).slice(0, 200) : show(value);
}
