/**
 * Durable studies in a browser: a study in a database of IndexedDB. It survives the end of the page, and continues with the trials that it
 * would have tried without the interruption, to the bit. Changes are stored shortly after they happen, in their order. What was not stored
 * yet when the page ended did not happen: its jobs run again.
 */
import {
  ConfigError,
  type ConfigOf,
  type Event,
  replay,
  type Shape,
  StateError,
  type Study,
  type StudyDefinition,
  type TrialId,
} from "@caviar-hpo/core";
import { restore } from "@caviar-hpo/core/contract";
import { anything, boolean, configRoot, func, name as nameDecoder, optionReader } from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";
import { type StudySetup, setupChanges, stringifyWire } from "@caviar-hpo/core/wire";
import type { Checkpoints } from "../checkpoints.ts";
import type { FullStudy } from "../fullStudy.ts";
import { chosenOptions, continuedStrategy, createStudyOver, type StudyOptions } from "../studyByName.ts";
import { type Database, type DatabaseFactory, databasesHere, openDatabase } from "./indexedDb.ts";
import { headText, readStored, type StoredContent, setupOf, snapshotText } from "./storedContent.ts";
import { type LockManager, locksHere, takeLock } from "./webLock.ts";
import { takenOver, type WriteQueue, writeQueue } from "./writeQueue.ts";

/** The options of `createStudy`, except `events` and `checkpoints`, which are in the database. */
export type BrowserStudyOptions<S extends Shape> = Omit<StudyOptions<S, Uint8Array>, "events" | "checkpoints"> & {
  /** Takes the study over from the tab that has it open. That tab can then no longer write. false by default. */
  readonly takeOver?: boolean;
};

/** A study in a browser. Its checkpoints are bytes. */
export type BrowserStudy<C> = FullStudy<C, Uint8Array> & {
  readonly name: string;
  /**
   * Resolves once everything that has happened so far is stored. `optimize` waits for it at its end. Rejects with JournalError "diskFailed"
   * if the browser could not store it, and with StateError "takenOver" if another tab has the study.
   */
  saved(): Promise<void>;
  /** Stores everything, and lets other tabs open the study. The study then takes no more events. */
  close(): Promise<void>;
};

/** What a study in a browser stands on. Tests replace it. `locks` is null where there are no Web Locks. */
export type BrowserSeams = { readonly databases: DatabaseFactory; readonly locks: LockManager | null };

/**
 * Opens the study of this name. Makes it if there is none.
 *
 * @throws StateError "locked" if another tab has it open; "noDatabase" without IndexedDB; ConfigError "otherStudy" if the study has another
 * space, goal, seed or strategy; JournalError "diverged" if the strategy's code has changed, "corrupt", "laterFormat" and "diskFailed" for
 * databases that cannot be used; and what `createStudy` throws.
 */
export async function openBrowserStudy<const S extends Shape>(
  name: string,
  options: BrowserStudyOptions<S>,
): Promise<BrowserStudy<ConfigOf<S>>> {
  return openBrowserStudyOn({ databases: databasesHere(), locks: locksHere() }, name, options);
}

/** As `openBrowserStudy`, on other databases and locks. */
export async function openBrowserStudyOn<const S extends Shape>(
  { databases, locks }: BrowserSeams,
  givenName: string,
  given: BrowserStudyOptions<S>,
): Promise<BrowserStudy<ConfigOf<S>>> {
  const name = nameDecoder(givenName, configRoot("name of the study", "badName"));
  const { takeOver = false, ...options } = readOptions(given as BrowserStudyOptions<Shape>) as BrowserStudyOptions<S>;
  let onLost = (): void => {};
  const release = await takeLock(locks, name, takeOver, () => onLost());
  let database: Database | null = null;
  try {
    database = (await openDatabase(databases, name, true))!;
    const stored = await readStored(database, name, true);
    const queue = writeQueue(database, name, stored.writer);
    onLost = () => queue.fail(takenOver(name));
    const study = studyIn({ name, database, queue, stored, release }, options);
    await queue.saved();
    return study;
  } catch (error) {
    database?.close();
    await release();
    throw error;
  }
}

const readOptions = optionReader<BrowserStudyOptions<Shape>>("openBrowserStudy", {
  space: anything,
  where: anything,
  warmStart: anything,
  goal: anything,
  objectives: anything,
  constraints: anything,
  fidelity: anything,
  resumable: boolean,
  seed: anything,
  strategy: anything,
  onEvent: func,
  onNotice: func,
  takeOver: boolean,
});

type Opened = {
  readonly name: string;
  readonly database: Database;
  readonly queue: WriteQueue;
  readonly stored: StoredContent;
  readonly release: () => Promise<void>;
};

/** How many events the log has, and how many it had at the last snapshot. */
type LogLength = { events: number; atSnapshot: number };

function studyIn<const S extends Shape>(opened: Opened, options: BrowserStudyOptions<S>): BrowserStudy<ConfigOf<S>> {
  const { name, database, queue, stored, release } = opened;
  const length: LogLength = { events: stored.events.length, atSnapshot: stored.snapshot?.events ?? 0 };
  const checkpoints = storedCheckpoints(queue, new Map(stored.checkpoints));
  const strategy = continuedStrategy(options.strategy, stored.head?.strategy ?? null);
  const settings = { ...options, strategy, resumable: options.resumable ?? false, checkpoints };
  const study = createStudyOver<S, Uint8Array>(settings, (definition, onEvent) =>
    startStored(opened, length, setupOf(definition, chosenOptions(strategy)), { definition, onEvent }),
  );
  sweep(checkpoints, [...stored.checkpoints.keys()], stored.events, study.core);
  // Another tab deletes the study: the deletion waits until this connection is closed.
  database.onversionchange = () => {
    queue.fail(takenOver(name));
    database.close();
  };
  const { optimize } = study;
  return Object.assign(study, {
    name,
    optimize: (async (objective, limits) => {
      try {
        return await optimize(objective, limits);
      } finally {
        await queue.saved();
      }
    }) as typeof optimize,
    saved: () => queue.saved(),
    close: async () => {
      try {
        if (!study.core.closed && length.events > length.atSnapshot) saveSnapshot(queue, study.core, length);
        await queue.saved();
      } finally {
        queue.fail(closedStudy(name));
        database.close();
        await release();
      }
    },
  });
}

/** The ask-and-tell study of what is stored. Its new events go to the queue. */
function startStored(
  { name, queue, stored }: Opened,
  length: LogLength,
  given: StudySetup,
  { definition, onEvent }: { readonly definition: StudyDefinition; readonly onEvent: (event: Event) => void },
): Study {
  const changes = stored.head === null ? null : setupChanges(stored.head, given);
  if (changes !== null) throw new ConfigError({ code: "otherStudy", what: `study ${name}`, ...changes, remedy: otherName });
  if (stored.head === null) queue.add({ store: "study", key: "head", value: headText(given) });
  const store = (event: Event): void => {
    queue.add({ store: "log", key: length.events, value: stringifyWire(event) });
    length.events++;
    onEvent(event);
    if (length.events - length.atSnapshot >= Math.max(snapshotEvery, length.atSnapshot / 8)) saveSnapshot(queue, study, length);
  };
  const { events, snapshot } = stored;
  const study: Study = snapshot === null ? replay(definition, events, store) : restore(definition, events, snapshot, store);
  return study;
}

const otherName =
  "Open it with what it was made with. To change it, open another name, and adopt(study.core, old.history) of readBrowserStudy.";

/** The smallest number of events between two snapshots. In a long study, it is an eighth of all events. */
const snapshotEvery = 100;

function saveSnapshot(queue: WriteQueue, { state }: Study, length: LogLength): void {
  length.atSnapshot = length.events;
  queue.add({ store: "study", key: "snapshot", value: snapshotText({ events: length.events, state }) });
}

/** Checkpoints are read at once and written later, so all of them are in memory, too. */
function storedCheckpoints(queue: WriteQueue, kept: Map<string, Uint8Array>): Checkpoints<Uint8Array> {
  return {
    get: (name) => kept.get(name)?.slice(),
    set: (name, checkpoint) => {
      if (!(checkpoint instanceof Uint8Array)) throw badCheckpoint(checkpoint);
      const bytes = checkpoint.slice();
      queue.add({ store: "checkpoints", key: name, value: bytes });
      kept.set(name, bytes);
    },
    delete: (name) => {
      if (kept.delete(name)) queue.add({ store: "checkpoints", key: name });
    },
  };
}

/** Deletes the checkpoints of trials that were given up, but those from which a running job starts. */
function sweep(checkpoints: Checkpoints<Uint8Array>, names: readonly string[], events: readonly Event[], { history }: Study): void {
  const needed = new Set(history.running.map((job) => job.from?.trial));
  const givenUp = new Set<TrialId>();
  for (const event of events) {
    if (event.kind === "enqueued") continue;
    for (const directive of event.directives) if (directive.kind === "discard") givenUp.add(directive.trial);
  }
  for (const name of names) {
    const trial = Number(name.split("@")[0]) as TrialId;
    if (givenUp.has(trial) && !needed.has(trial)) checkpoints.delete(name);
  }
}

function badCheckpoint(checkpoint: unknown): ConfigError {
  return new ConfigError({
    code: "badCheckpoint",
    what: "checkpoint of save",
    expected: "bytes (a Uint8Array)",
    got: show(checkpoint),
    remedy: "Turn the model into bytes.",
  });
}

function closedStudy(name: string): StateError {
  return new StateError({
    code: "closedStudy",
    what: `study ${name}`,
    expected: "an open study",
    got: "one that was closed",
    remedy: "Open it again.",
  });
}
