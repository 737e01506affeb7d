/**
 * Durable studies in a browser: a study in a database of IndexedDB. It survives the end of the page, and continues with the trials that it
 * would have tried without the interruption, to the bit. Changes are stored shortly after they happen, in their order. What was not stored
 * yet when the page ended did not happen: its jobs run again.
 */
import {
  ConfigError,
  type ConfigOf,
  type Event,
  type Json,
  type Shape,
  StateError,
  type Strategy,
  type Study,
  type StudyDefinition,
  type TrialId,
} from "@caviar-hpo/core";
import type { SavedState } from "@caviar-hpo/core/contract";
import { anything, boolean, configRoot, type Decoder, func, name as nameDecoder, optionReader } from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";
import type { StudySetup } from "@caviar-hpo/core/wire";
import type { Checkpoints } from "../checkpoints.ts";
import type { Ending } from "../ending.ts";
import type { FullStudy } from "../fullStudy.ts";
import {
  type Attributes,
  checkSameSetup,
  isOwn,
  isToBeExtended,
  type LogEntry,
  nextEra,
  notesOf,
  readLog,
  type StoredTrial,
  type StudyNotes,
  studyOf,
} from "../stored/index.ts";
import { chosenOptions, continuedStrategy, createStudyOver, type StudyOptions } from "../studyByName.ts";
import { type Database, type DatabaseFactory, databasesHere, openDatabase } from "./indexedDb.ts";
import { entryText, headText, readStored, type StoredContent, setupOf, snapshotText } from "./storedContent.ts";
import { type LockManager, locksHere, takeLock } from "./webLock.ts";
import { takenOver, type WriteQueue, writeQueue } from "./writeQueue.ts";

/** The options of `createStudy`, except `events` and `checkpoints`, which are in the database. */
export type BrowserStudyOptions<S extends Shape> = Omit<StudyOptions<S, Uint8Array>, "events" | "checkpoints"> & {
  /** Takes the study over from the tab that has it open. That tab can then no longer write. false by default. */
  readonly takeOver?: boolean;
  /**
   * Whether a study whose space is smaller than `space` is extended to it: `space` has the same parameters, and at least the same values of
   * each. The strategy then starts again, and sees the trials so far as observed ones. false by default.
   */
  readonly extend?: boolean;
  /** Gives the times in the log, in milliseconds since 1970: pass `Date.now`. By default trials have no times. */
  readonly nowMs?: () => number;
};

/** A study in a browser. Its checkpoints are bytes. */
export type BrowserStudy<C> = Omit<FullStudy<C, Uint8Array>, "trials"> & {
  readonly name: string;
  /** All trials so far, in the order in which they began, with what the log knows of each. */
  trials(): readonly StoredTrial[];
  /** What `annotate` noted of the study itself. */
  annotations(): Attributes;
  /**
   * Notes attributes of a trial, or of the study if `trial` is null: plain data by name, which replaces what was noted under the same name.
   * The strategy does not see them.
   *
   * @throws ConfigError "unknownTrial", or "badAttributes" for what is no plain data, for more than 1,000 names, or for more than 2^20
   * characters of JSON.
   */
  annotate(trial: number | null, attributes: Attributes): void;
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
  const {
    takeOver = false,
    extend = false,
    nowMs = () => 0,
    ...options
  } = readOptions(given as BrowserStudyOptions<Shape>) as BrowserStudyOptions<S>;
  let onLost = (): void => {};
  const release = await takeLock(locks, name, takeOver, () => onLost());
  let database: Database | null = null;
  try {
    database = (await openDatabase(databases, name, true))!;
    const stored = await readStored(database, name, true);
    const queue = writeQueue(database, name, stored.writer);
    onLost = () => queue.fail(takenOver(name));
    const study = studyIn({ name, database, queue, stored, extend, nowMs, release }, options);
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
  beliefs: anything,
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
  extend: boolean,
  nowMs: func as Decoder<() => number>,
});

type Opened = {
  readonly name: string;
  readonly database: Database;
  readonly queue: WriteQueue;
  readonly stored: StoredContent;
  readonly extend: boolean;
  readonly nowMs: () => number;
  readonly release: () => Promise<void>;
};

/** How many records the log has, and how many it had at the last snapshot. */
type LogLength = { records: number; atSnapshot: number };

function studyIn<const S extends Shape>(opened: Opened, options: BrowserStudyOptions<S>): BrowserStudy<ConfigOf<S>> {
  const { name, database, queue, stored, release } = opened;
  const length: LogLength = { records: stored.entries.length, atSnapshot: stored.snapshot?.records ?? 0 };
  const checkpoints = storedCheckpoints(queue, new Map(stored.checkpoints));
  const strategy = continuedStrategy(options.strategy, stored.head?.strategy ?? null);
  const settings = { ...options, strategy, resumable: options.resumable ?? false, checkpoints };
  let notes: StudyNotes | null = null;
  const study = createStudyOver<S, Uint8Array>(settings, (definition, onEvent) => {
    const started = startStored(opened, length, { definition, options: chosenOptions(strategy), onEvent });
    notes = started.notes;
    return started.study;
  });
  sweep(checkpoints, [...stored.checkpoints.keys()], stored.entries, study.core);
  // Another tab deletes the study: the deletion waits until this connection is closed.
  database.onversionchange = () => {
    queue.fail(takenOver(name));
    database.close();
  };
  return {
    ...study,
    name,
    optimize: optimizing(study, queue, notes!),
    trials: () => notes!.trials(),
    annotations: () => notes!.annotations(),
    annotate: (trial, attributes) => notes!.annotate(trial as TrialId | null, attributes),
    saved: () => queue.saved(),
    close: async () => {
      try {
        if (!study.core.closed && length.records > length.atSnapshot) saveSnapshot(queue, study.core, length);
        await queue.saved();
      } finally {
        queue.fail(closedStudy(name));
        database.close();
        await release();
      }
    },
  };
}

/** `optimize` that notes how it ended, and ends once everything is stored. */
function optimizing<C>({ optimize }: FullStudy<C, Uint8Array>, queue: WriteQueue, notes: StudyNotes): FullStudy<C, Uint8Array>["optimize"] {
  return async (objective, options) => {
    const onEnd = (ending: Ending): void => {
      notes.end(ending.rule, ending.reason);
      options.onEnd?.(ending);
    };
    try {
      return await optimize(objective, typeof options === "object" && options !== null ? { ...options, onEnd } : options);
    } finally {
      await queue.saved();
    }
  };
}

type Starting = {
  readonly definition: StudyDefinition;
  /** Those that the strategy was given. */
  readonly options: Json;
  readonly onEvent: (event: Event) => void;
};

/** The ask-and-tell study of what is stored, extended if that is to be. Its new records go to the queue. */
function startStored(opened: Opened, length: LogLength, { definition, options, onEvent }: Starting) {
  const { queue, nowMs } = opened;
  const given = setupOf(definition, options);
  if (opened.stored.head === null) queue.add({ store: "study", key: "head", value: headText(given) });
  const { era, book, snapshot, extended } = load(opened, given, definition.strategy);
  const append = (entry: LogEntry): void => {
    queue.add({ store: "log", key: length.records, value: entryText(entry) });
    length.records++;
    book.enter(entry);
  };
  const store = (event: Event): void => {
    const stamped = { ...event, atMs: nowMs() };
    append(stamped);
    onEvent(stamped);
    if (length.records - length.atSnapshot >= Math.max(snapshotEvery, length.atSnapshot / 8)) saveSnapshot(queue, study, length);
  };
  const study = studyOf(era, definition, snapshot, store);
  if (extended) append({ kind: "extended", space: era.problem.space, firstJob: era.firstJob, atMs: nowMs() });
  return { study, notes: notesOf(study, era, { book, append, nowMs }) };
}

/** What is stored, and the study as it is to be now. `snapshot` counts the events of the era. */
function load({ name, stored, extend }: Opened, given: StudySetup, strategy: Strategy) {
  const { head, entries, snapshot: stateAfter } = stored;
  const place = { what: `study ${name}`, another: "open another name", warmStart: "await readBrowserStudy(oldName)" };
  if (head !== null) checkSameSetup(place, head, given);
  let records = 0;
  let snapshot = null as SavedState | null;
  const { era, book } = readLog(head ?? given, entries, ({ events }, { kind }) => {
    records++;
    if (kind === "extended") snapshot = null;
    if (records === stateAfter?.records) snapshot = { state: stateAfter.state, events: events.length };
  });
  const extended = isToBeExtended(place, era.problem, given, { strategy, extend });
  return extended
    ? { era: nextEra(era, given.problem.space, given.seed), book, snapshot: null, extended }
    : { era, book, snapshot, extended };
}

/** The smallest number of records between two snapshots. In a long study, it is an eighth of all records. */
const snapshotEvery = 100;

function saveSnapshot(queue: WriteQueue, { state }: Study, length: LogLength): void {
  length.atSnapshot = length.records;
  queue.add({ store: "study", key: "snapshot", value: snapshotText({ records: length.records, state }) });
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
function sweep(checkpoints: Checkpoints<Uint8Array>, names: readonly string[], entries: readonly LogEntry[], { history }: Study): void {
  const needed = new Set(history.running.map((job) => job.from?.trial));
  const givenUp = new Set<TrialId>();
  for (const entry of entries) {
    if (isOwn(entry) || entry.kind === "enqueued") continue;
    for (const directive of entry.directives) if (directive.kind === "discard") givenUp.add(directive.trial);
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
