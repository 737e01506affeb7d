/** A study in a folder, as a server serves it. The folder also has a file with the name of the study, because its own name is a hash. */
import { Buffer } from "node:buffer";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { CaviarError, ConfigError, type Event, JournalError, type Json, type OnNotice, StateError, startStudy } from "@caviar-hpo/core";
import { type Decoder, object } from "@caviar-hpo/core/read";
import { cut, show } from "@caviar-hpo/core/text";
import { parseWire, setupChanges, stringifyWire } from "@caviar-hpo/core/wire";
import { corrupt, type Era, fileRoot, firstEra, lostWith, withEntry } from "@caviar-hpo/tune/stored";
import { checkedDisk } from "../log/checkedDisk.ts";
import type { Disk } from "../log/disk.ts";
import { readLog } from "../log/events.ts";
import { type Head, headOf, readHead } from "../log/head.ts";
import type { Machine } from "../log/machine.ts";
import { openCore } from "../log/openCore.ts";
import { readStudyOn, type StoredStudy } from "../log/readStudy.ts";
import { replaceFile } from "../log/replaceFile.ts";
import { answerTooLong } from "./answer.ts";
import { decodeOptions } from "./params.ts";
import type { Registry } from "./registry.ts";
import { type Definition, type Served, type ServedLog, strategyOf } from "./served.ts";
import { type StudyFolder, type StudyFolders, studyFolder } from "./studyFolders.ts";
import { decodeStudyName, folderNameOf } from "./studyName.ts";

/** `room` is the number of UTF-16 units that an event may have: an answer is never longer than its event. */
export type StoredServed = Served & { room: number; close(): void };

/** What stored studies need. */
export type OwnStore = {
  readonly machine: Machine;
  readonly registry: Registry;
  readonly onNotice: OnNotice;
};

/** Where studies with a name are stored, and what else they need. */
export type Store = OwnStore & { readonly folders: StudyFolders };

/**
 * Opens the study with a name.
 *
 * @param wanted what it must be made of, or is made of if there is none. null opens an existing one, whatever it is.
 * @throws StateError "noStudy", "locked"; ConfigError "otherStudy", "nameTaken"; and as `openStudy`.
 */
export function openStored(store: Store, name: string, wanted: Definition | null): StoredServed {
  if (wanted !== null) tryOut(store.registry, wanted);
  const folder = store.folders.use(folderNameOf(name), wanted !== null);
  if (folder === null) return noStudy(name);
  return openIn(store, folder, {
    takeOver: false,
    extend: false,
    define: (disk, head) => {
      claim(disk, folder.path, name);
      const definition = wanted ?? (head === null ? noStudy(name) : definitionIn(head));
      if (head !== null) checkSame(name, head, headOfDefinition(store.registry, definition));
      return definition;
    },
  });
}

/** The folder of the study without a name, and whether it is taken over from the process that has it open. */
export type OwnFolder = { readonly path: string; readonly takeOver: boolean };

/**
 * Opens the study in a folder, as `openStudy` does.
 *
 * @param wanted as in `openStored`. @param extend whether the study is extended if its space is smaller than the wanted one.
 * @throws StateError "noStudy", "locked"; and as `openStudy`.
 */
export function openOwnFolder(store: OwnStore, { path, takeOver }: OwnFolder, wanted: Definition | null, extend: boolean): StoredServed {
  if (wanted !== null) tryOut(store.registry, wanted);
  else if (!existsSync(path)) noStudyIn(path);
  return openIn(store, studyFolder(path), {
    takeOver,
    extend,
    define: (_disk, head) => wanted ?? (head === null ? noStudyIn(path) : definitionIn(head)),
  });
}

/** What is wrong with a definition is found before there is a folder. */
function tryOut(registry: Registry, definition: Definition): void {
  const { problem, seed } = definition;
  startStudy({ problem, seed, strategy: strategyOf(registry, definition).strategy });
}

/** How a study is opened. `define` says of what it is made, given the head of the folder if there is one. */
type Opening = { readonly takeOver: boolean; readonly extend: boolean; readonly define: (disk: Disk, head: Head | null) => Definition };

/** Closes the folder if the study cannot be opened. */
function openIn(store: OwnStore, folder: StudyFolder, opening: Opening): StoredServed {
  try {
    return openHere(store, folder, opening);
  } catch (error) {
    folder.close();
    throw error;
  }
}

function openHere({ machine, registry, onNotice }: OwnStore, folder: StudyFolder, { takeOver, extend, define }: Opening): StoredServed {
  const disk = checkedDisk(folder.disk);
  let made: (ReturnType<typeof strategyOf> & Pick<Definition, "choice">) | null = null;
  const stored = openCore(
    { disk, machine },
    folder.path,
    (head) => {
      const definition = define(disk, head);
      const { problem, choice, seed } = definition;
      made = { choice, ...strategyOf(registry, definition) };
      return { definition: { problem, seed, strategy: made.strategy }, options: choice.options };
    },
    {
      takeOver,
      extend,
      onNotice,
      onStore: (event) => {
        if (stringifyWire(event as Json).length > served.room) throw answerTooLong();
      },
    },
  );
  const { card, strategy, choice } = made!;
  const served: StoredServed = {
    card,
    strategy,
    choice,
    study: stored.study,
    log: () => logIn(disk, folder.path),
    jobNow: stored.jobNow,
    trials: stored.trials,
    annotations: stored.annotations,
    annotate: stored.annotate,
    end: stored.end,
    folder: folder.path,
    room: Infinity,
    close: () => {
      try {
        stored.close();
      } finally {
        folder.close();
      }
    },
  };
  return served;
}

function definitionIn({ problem, seed, strategy: { name, options } }: Head): Definition {
  return { problem, seed, choice: { name, options: decodeOptions(options, fileRoot("head.json")) } };
}

export function headOfDefinition(registry: Registry, definition: Definition): Head {
  const { strategy } = strategyOf(registry, definition);
  return headOf({ ...definition, strategy }, definition.choice.options);
}

/** The log of the study as it is now. That of a study that was extended begins with the trials that it had before. */
function logIn(disk: Disk, folder: string): ServedLog {
  const head = readHead(disk, folder)!;
  let era = firstEra(head);
  let all: readonly Event[] = [];
  readLog(disk, folder, head, (_record, entry) => {
    if (entry === null) return;
    const next = withEntry(era, entry, head.seed);
    // Where an earlier version has extended a study, one id can be that of several jobs.
    if (next !== era) all = next.firstJob === 0 ? [] : [...all, ...asked(era), ...lostWith(era)];
    era = next;
  });
  const { seed, firstJob, events } = era;
  return { seed, firstJob, events, all: [...all, ...asked(era)] };
}

/** The events of an era, of those that were carried over only the ones of trials that run. */
function asked({ events, carried }: Era): readonly Event[] {
  return events.filter((event, index) => index >= carried || (event.kind === "observed" && event.job !== undefined));
}

/** The study with a name, as it is stored at this moment. @throws StateError "noStudy", and as `readStudy`. */
export function readStored({ folders }: Store, name: string): StoredStudy {
  const folder = folders.use(folderNameOf(name), false);
  if (folder === null) return noStudy(name);
  try {
    const disk = checkedDisk(folder.disk);
    if ((nameIn(disk, folder.path) ?? name) !== name || readHead(disk, folder.path) === null) noStudy(name);
    return readStudyOn(disk, folder.path);
  } finally {
    folder.close();
  }
}

/** The names of all stored studies, in the order of their folders. */
export function storedNames({ folders }: Store): readonly string[] {
  return folders.list().flatMap((folderName) => {
    const folder = folders.use(folderName, false);
    if (folder === null) return [];
    try {
      return nameIn(checkedDisk(folder.disk), folder.path) ?? [];
    } finally {
      folder.close();
    }
  });
}

/** @throws ConfigError for a definition that is not that of the study. */
export function checkSame(name: string, head: Head, wanted: Head): void {
  const changes = setupChanges(head, wanted);
  if (changes === null) return;
  throw new ConfigError({
    code: "otherStudy",
    what: `study ${show(name)}`,
    ...changes,
    remedy: "Open it by its name alone, or with what it was made with. For another study, choose another name.",
  });
}

/** @throws StateError, always. */
export function noStudy(name: string): never {
  throw new StateError({
    code: "noStudy",
    what: `study ${show(name)}`,
    expected: "a study with this name",
    got: "none",
    remedy: "Correct the name, or make the study: pass problem, strategy and seed to open.",
  });
}

function noStudyIn(folder: string): never {
  throw new StateError({
    code: "noStudy",
    what: `folder ${folder}`,
    expected: "a study",
    got: "none",
    remedy: "Correct the path, or make the study: pass problem, strategy and seed to open.",
  });
}

const nameFile = "name.json";
const mostBytes = 8192;
const decodeName: Decoder<{ readonly name: string }> = object({ name: decodeStudyName });

/** Two names may have the same hash. The folder belongs to the one that came first. */
function claim(disk: Disk, folder: string, name: string): void {
  const found = nameIn(disk, folder);
  if (found === null) replaceFile(disk, join(folder, nameFile), Buffer.from(`${stringifyWire({ name })}\n`));
  else if (found !== name)
    throw new ConfigError({
      code: "nameTaken",
      what: `study ${show(name)}`,
      expected: "a name whose folder is free",
      got: `the folder of study ${show(cut(found, 60))}`,
      remedy: "Choose another name.",
    });
}

function nameIn(disk: Disk, folder: string): string | null {
  const path = join(folder, nameFile);
  if (disk.size(path) === null) return null;
  try {
    return decodeName(parseWire(Buffer.from(disk.read(path, 0, mostBytes)).toString()), fileRoot(path)).name;
  } catch (error) {
    if (error instanceof JournalError || !(error instanceof CaviarError)) throw error;
    return corrupt(path, error.expected, error.got, "Restore a copy of the file. It never changes.");
  }
}
