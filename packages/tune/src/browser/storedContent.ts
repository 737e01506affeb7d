/**
 * What the database of a study holds. The store `study` has the head, which is written once, the number of the writer, and a snapshot: the
 * state of the strategy after some event. The snapshot only makes the start faster. It is written with the events before it, so it always
 * fits the log.
 */
import { CaviarError, type Event, JournalError, type Json, logFormat, type Problem, type StudyDefinition } from "@caviar-hpo/core";
import type { SavedState } from "@caviar-hpo/core/contract";
import { finite, json, object, oneOf, type Path, string, typed, union, whole } from "@caviar-hpo/core/read";
import {
  decodeProblem,
  encodeSetup,
  eventDecoder,
  parseWire,
  type StoredStrategy,
  type StudySetup,
  stringifyWire,
} from "@caviar-hpo/core/wire";
import { completionOf, type Database, databaseFailed, laterFormat, type ObjectStore, resultOf, stores } from "./indexedDb.ts";

/** What is stored, as it is read. */
export type StoredContent = {
  /** null if nothing is stored yet. */
  readonly head: StudySetup | null;
  readonly events: readonly Event[];
  readonly snapshot: SavedState | null;
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
    const events = head === null ? [] : readEvents(head.problem, found.keys, found.events, path);
    const snapshot = found.snapshot === undefined ? null : decodeSnapshot(parseWire(string(found.snapshot, path)), path);
    const checkpoints = new Map(found.names.map((key, index) => [key as string, found.checkpoints[index] as Uint8Array]));
    return { head, events, snapshot, checkpoints, writer: found.writer };
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
  const [head, snapshot, before = 0, keys, events, names, contents] = await Promise.all(reads);
  const writer = (before as number) + (claim ? 1 : 0);
  if (claim) study.put(writer, "writer");
  await done;
  type List = readonly unknown[];
  return { head, snapshot, writer, keys: keys as List, events: events as List, names: names as List, checkpoints: contents as List };
}

/** The version of the layout of the database. */
const databaseFormat = 1;

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

function readEvents(problem: Problem, keys: readonly unknown[], texts: readonly unknown[], path: Path): readonly Event[] {
  const decode = eventDecoder(problem);
  return texts.map((text, index) => {
    if (keys[index] !== index) throw gap(path, index, keys[index]);
    return decode(parseWire(string(text, path)), path);
  });
}

function gap(path: Path, index: number, key: unknown): JournalError {
  const what = `log of ${(path as { readonly name: string }).name}`;
  const remedy = "The database was changed. Delete the study.";
  return new JournalError({ code: "corrupt", what, expected: `event ${index}`, got: `event ${key}`, remedy });
}

const decodeSnapshot = object({ events: whole(0, Number.MAX_SAFE_INTEGER), state: json });

export function snapshotText(saved: SavedState): string {
  return stringifyWire(saved);
}
