/** A study in a folder, as a server serves it. The folder also has a file with the name of the study, because its own name is a hash. */
import { Buffer } from "node:buffer";
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
import type { StudyFolder, StudyFolders } from "./studyFolders.ts";
import { decodeStudyName, folderNameOf } from "./studyName.ts";

/** `room` is the number of UTF-16 units that an event may have: an answer is never longer than its event. */
export type StoredServed = Served & { room: number; close(): void };

/** Where studies are stored, and what else they need. */
export type Store = {
  readonly folders: StudyFolders;
  readonly machine: Machine;
  readonly registry: Registry;
  readonly onNotice: OnNotice;
};

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
  try {
    return openIn(store, folder, name, wanted);
  } catch (error) {
    folder.close();
    throw error;
  }
}

/** What is wrong with a definition is found before there is a folder. */
function tryOut(registry: Registry, definition: Definition): void {
  const { problem, seed } = definition;
  startStudy({ problem, seed, strategy: strategyOf(registry, definition).strategy });
}

function openIn({ machine, registry, onNotice }: Store, folder: StudyFolder, name: string, wanted: Definition | null): StoredServed {
  const disk = checkedDisk(folder.disk);
  let made: (ReturnType<typeof strategyOf> & Pick<Definition, "choice">) | null = null;
  const stored = openCore(
    { disk, machine },
    folder.path,
    (head) => {
      claim(disk, folder.path, name);
      const definition = wanted ?? (head === null ? noStudy(name) : definitionIn(head));
      const { problem, choice, seed } = definition;
      made = { choice, ...strategyOf(registry, definition) };
      const current = { problem, seed, strategy: made.strategy };
      if (head !== null) checkSame(name, head, headOf(current, choice.options));
      return { definition: current, options: choice.options };
    },
    {
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
    trials: stored.trials,
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
  const { seed, firstJob, events, renumbered } = era;
  return { seed, firstJob, events, renumbered, all: [...all, ...asked(era)] };
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
