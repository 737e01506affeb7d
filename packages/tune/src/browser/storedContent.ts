/**
 * What the database of a study holds. The store `study` has the head, which is written once, the number of the writer, and a snapshot: the
 * state of the strategy after some record of the log. The snapshot only makes the start faster. It is written with the records before it,
 * so it always fits the log.
 */
import { CaviarError, JournalError, type Json, logFormat, type Problem, type StudyDefinition } from "@caviar-hpo/core";
import { finite, json, map, object, oneOf, type Path, reject, string, typed, union, whole } from "@caviar-hpo/core/read";
import { decodeProblem, encodeSetup, parseWire, type StoredStrategy, type StudySetup, stringifyWire } from "@caviar-hpo/core/wire";
import { encodeEntry, entryReader, type LogEntry } from "../stored/index.ts";
import { completionOf, type Database, databaseFailed, laterFormat, type ObjectStore, resultOf, stores } from "./indexedDb.ts";

/** The state of the strategy after so many records. */
export type StoredSnapshot = { readonly records: number; readonly state: Json };

/** What is stored, as it is read. */
export type StoredContent = {
  /** null if nothing is stored yet. */
  readonly head: StudySetup | null;
  /** The records of the log. */
  readonly entries: readonly LogEntry[];
  readonly snapshot: StoredSnapshot | null;
  readonly checkpoints: ReadonlyMap<string, Uint8Array>;
  /** How many times the study was opened for writing. */
  readonly writer: number;
};

/**
 * Reads what is stored.
 *
 * @param claim whether the study is opened for writing. Its number of the writer then grows by one, so that earlier writers stop.
 * @throws JournalError "corrupt", "laterFormat" or "diskFailed".
 */
export async function readStored(database: Database, name: string, claim: boolean): Promise<StoredContent> {
  const found = await readAll(database, claim).catch((error) => Promise.reject(databaseFailed(name, error)));
  const path: Path = { name: `study ${name}`, style: "data", error: JournalError, codes };
  try {
    const head = found.head === undefined ? null : readHead(name, parseWire(string(found.head, path)), path);
    const entries = head === null ? [] : readEntries(head.problem, found.keys, found.records, path);
    const snapshot = found.snapshot === undefined ? null : decodeSnapshot(parseWire(string(found.snapshot, path)), path);
    const checkpoints = new Map(found.names.map((key, index) => [key as string, found.checkpoints[index] as Uint8Array]));
    return { head, entries, snapshot, checkpoints, writer: found.writer };
  } catch (error) {
    if (error instanceof JournalError || !(error instanceof CaviarError)) throw error;
    const { what, expected, got } = error;
    throw new JournalError({ code: "corrupt", what: `study ${name}, ${what}`, expected, got, remedy: "Delete the study." });
  }
}

const codes = { wrongValue: "corrupt", missingKey: "corrupt", unknownKey: "corrupt", tooMany: "corrupt" };

async function readAll(database: Database, claim: boolean) {
  const transaction = database.transaction(stores, claim ? "readwrite" : "readonly");
  const done = completionOf(transaction);
  const [study, log, checkpoints] = stores.map((store) => transaction.objectStore(store)) as [ObjectStore, ObjectStore, ObjectStore];
  const reads = [
    study.get("head"),
    study.get("snapshot"),
    study.get("writer"),
    log.getAllKeys(),
    log.getAll(),
    checkpoints.getAllKeys(),
    checkpoints.getAll(),
  ].map((request) => resultOf<unknown>(request));
  const [head, snapshot, before = 0, keys, records, names, contents] = await Promise.all(reads);
  const writer = (before as number) + (claim ? 1 : 0);
  if (claim) study.put(writer, "writer");
  await done;
  type List = readonly unknown[];
  return { head, snapshot, writer, keys: keys as List, records: records as List, names: names as List, checkpoints: contents as List };
}

/** The version of the layout of the database. In the logs of version 1, all records are events of the study. */
const databaseFormat = 2;

const decodeHead = object({
  format: whole(1, databaseFormat),
  kind: oneOf("study"),
  log: whole(logFormat, logFormat),
  problem: json,
  seed: union("a string or a number", typed("string", string), typed("number", finite)),
  strategy: object({ name: string, version: whole(0, Number.MAX_SAFE_INTEGER), options: json }),
});

function readHead(name: string, wire: Json, path: Path): StudySetup {
  const { format, log } = wire as { readonly format?: unknown; readonly log?: unknown };
  if ((format as number) > databaseFormat || (log as number) > logFormat) throw laterFormat(name);
  const { problem, seed, strategy } = decodeHead(wire, path);
  return { problem: decodeProblem(problem), seed, strategy };
}

export function headText(definition: StudySetup): string {
  return stringifyWire({ format: databaseFormat, kind: "study", log: logFormat, ...encodeSetup(definition) });
}

/** @param options those that the strategy was given. */
export function setupOf(definition: StudyDefinition, options: Json): StudySetup {
  const { problem, seed, strategy } = definition as StudyDefinition & { readonly problem: Problem };
  const stored: StoredStrategy = { name: strategy.name, version: strategy.version, options };
  return { problem, seed, strategy: stored };
}

function readEntries(problem: Problem, keys: readonly unknown[], texts: readonly unknown[], path: Path): readonly LogEntry[] {
  const readEntry = entryReader(problem);
  return texts.map((text, index) => {
    if (keys[index] !== index) throw gap(path, index, keys[index]);
    return readEntry(parseWire(string(text, path)), path);
  });
}

/** The text of a record of the log. */
export function entryText(entry: LogEntry): string {
  return stringifyWire(encodeEntry(entry));
}

function gap(path: Path, index: number, key: unknown): JournalError {
  const what = `log of ${(path as { readonly name: string }).name}`;
  const remedy = "The database was changed. Delete the study.";
  return new JournalError({ code: "corrupt", what, expected: `record ${index}`, got: `record ${key}`, remedy });
}

/** Before databases of version 2, all records were events. */
const decodeSnapshot = map(
  object({ state: json }, { records: whole(0, Number.MAX_SAFE_INTEGER), events: whole(0, Number.MAX_SAFE_INTEGER) }),
  ({ records, events, state }, path) => ({ state, records: records ?? events ?? reject(path, "a number of records", "none") }),
);

export function snapshotText(snapshot: StoredSnapshot): string {
  return stringifyWire(snapshot);
}
