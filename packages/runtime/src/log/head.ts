/**
 * The head of a study's folder, `head.json`: everything that decides the future of the study, but its events. It is written once, when the
 * log exists already, so a folder with a head has a log.
 */
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { CaviarError, JournalError, type Json, logFormat, type Problem, type Strategy } from "@caviar-hpo/core";
import { finite, json, object, oneOf, string, typed, union, whole } from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";
import { decodeProblem, encodeSetup, parseWire, type StoredStrategy, stringifyWire } from "@caviar-hpo/core/wire";
import { checkSameSetup, corrupt, fileRoot, type StudyPlace } from "@caviar-hpo/tune/stored";
import { checksum } from "../checksum.ts";
import type { Disk } from "./disk.ts";
import { recordBytes } from "./record.ts";
import { replaceFile } from "./replaceFile.ts";

export type Head = {
  /** The versions of the layout of the folder and of the log, at the time when the study was made. */
  readonly formats: { readonly folder: number; readonly log: number };
  readonly problem: Problem;
  readonly seed: string | number;
  readonly strategy: StoredStrategy;
  /** SHA-256 of the head. The first record of the log repeats it, so no log is read with the head of another. */
  readonly checksum: string;
};

/** What a head says about a study, as the study or its definition has it. */
type DefinedStudy = Pick<Head, "problem" | "seed"> & { readonly strategy: Pick<Strategy, "name" | "version"> };

/** The version of the layout of the folder. In the logs of version 1, all records but the first are events of the study. */
const folderFormat = 2;

/** The head of a new study. @param options those that the strategy was given. */
export function headOf({ problem, seed, strategy }: DefinedStudy, options: Json): Head {
  const formats = { folder: folderFormat, log: logFormat };
  const head = { formats, problem, seed, strategy: { name: strategy.name, version: strategy.version, options } };
  return { ...head, checksum: checksum(bodyOf(head)) };
}

function bodyOf({ formats, ...head }: Omit<Head, "checksum">): { readonly [key: string]: Json } {
  return { format: formats.folder, kind: "study", log: formats.log, ...encodeSetup(head) };
}

export function writeHead(disk: Disk, folder: string, head: Head): void {
  replaceFile(disk, headPath(folder), Buffer.from(asLine({ ...bodyOf(head), checksum: head.checksum })));
}

function asLine(head: Json): string {
  return `${stringifyWire(head)}\n`;
}

/** null where there is none. @throws JournalError for a head that is damaged, or of a later version of Caviar. */
export function readHead(disk: Disk, folder: string): Head | null {
  const path = headPath(folder);
  const size = disk.size(path);
  if (size === null) return null;
  const text = size > recordBytes ? "" : Buffer.from(disk.read(path, 0, size)).toString();
  const stored = parsed(text);
  if (stored === null) return corrupt(path, "the head of a study", `${size} bytes of something else`, restoreIt);
  checkFormat(path, stored);
  const { format, log, problem, seed, strategy, checksum: claimed } = decodeHead(stored, fileRoot(path));
  const { checksum: _claimed, ...body } = stored as { readonly [key: string]: Json };
  // The checksum is one of values. It does not see a lost line break.
  if (checksum(body) !== claimed || text !== asLine(stored)) corrupt(path, "a head as it was written", "one that was changed", restoreIt);
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

/** How errors name a study in a folder. */
export function placeOf(folder: string): StudyPlace {
  return { what: `study ${folder}`, another: "open another folder", warmStart: "readStudy(oldFolder)" };
}

/**
 * @throws ConfigError that lists what differs, if something but the space does. @param stored the head in the folder. @param given that of
 * the options.
 */
export function checkSameStudy(folder: string, stored: Head, given: Head): void {
  if (stored.checksum !== given.checksum) checkSameSetup(placeOf(folder), stored, given);
}
