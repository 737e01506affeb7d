/** Reading and deleting the studies of a browser. Reading needs no strategy, and works while another tab writes. */
import { type Config, type History, JournalError, type Problem } from "@caviar-hpo/core";
import type { StoredStrategy } from "@caviar-hpo/core/wire";
import { type Best, bestIn } from "../best.ts";
import { type Attributes, allTrials, historyOf, readLog, type StoredTrial, type StudyEnd } from "../stored/index.ts";
import { databaseFailed, databaseName, databasesHere, openDatabase, resultOf } from "./indexedDb.ts";
import type { BrowserSeams } from "./openBrowserStudy.ts";
import { readStored } from "./storedContent.ts";
import { locksHere, takeLock } from "./webLock.ts";

/** A study as it is stored in a browser. All values are as they were measured. */
export type StoredBrowserStudy = {
  readonly name: string;
  readonly problem: Problem;
  readonly seed: string | number;
  readonly strategy: StoredStrategy;
  readonly history: History;
  readonly trials: readonly StoredTrial[];
  /** What `annotate` noted of the study itself. */
  readonly annotations: Attributes;
  /** How the last call of `optimize` ended; null if none has, or if jobs were handed out since. */
  readonly ended: StudyEnd | null;
  /** The trials that no other trial beats. */
  best(): readonly Best<Config>[];
};

/**
 * The study of this name, at this moment.
 *
 * @throws JournalError "noStudy" if there is none; "corrupt", "laterFormat" and "diskFailed" as `openBrowserStudy` does.
 */
export async function readBrowserStudy(name: string): Promise<StoredBrowserStudy> {
  return readBrowserStudyOn(databasesHere(), name);
}

/** As `readBrowserStudy`, on other databases. */
export async function readBrowserStudyOn(databases: BrowserSeams["databases"], name: string): Promise<StoredBrowserStudy> {
  const database = await openDatabase(databases, name, false);
  if (database === null) throw noStudy(name);
  try {
    const { head, entries } = await readStored(database, name, false);
    if (head === null) throw noStudy(name);
    const { era, book } = readLog(head, entries);
    const { problem } = era;
    const history = historyOf(era);
    const trials = book.describe(allTrials(era.earlier, history.trials));
    const { annotations, ended } = book;
    return { name, ...head, problem, history, trials, annotations, ended, best: () => bestIn(problem, history) };
  } finally {
    database.close();
  }
}

/**
 * Deletes the study of this name, if there is one.
 *
 * @throws StateError "locked" if a tab has it open; JournalError "diskFailed".
 */
export async function deleteBrowserStudy(name: string): Promise<void> {
  await deleteBrowserStudyOn({ databases: databasesHere(), locks: locksHere() }, name);
}

/** As `deleteBrowserStudy`, on other databases and locks. */
export async function deleteBrowserStudyOn({ databases, locks }: BrowserSeams, name: string): Promise<void> {
  const release = await takeLock(locks, name, false, () => {});
  try {
    await resultOf(databases.deleteDatabase(databaseName(name)));
  } catch (error) {
    throw databaseFailed(name, error);
  } finally {
    await release();
  }
}

function noStudy(name: string): JournalError {
  return new JournalError({
    code: "noStudy",
    what: `study ${name}`,
    expected: "a study of this name",
    got: "none",
    remedy: "Correct the name. openBrowserStudy makes a study.",
  });
}
