/**
 * Durable studies: a study in a folder. Every event is in the log of the folder before the call that made it returns, so the study
 * continues after a crash with the bits that it would have had.
 *
 * | file | content |
 * |---|---|
 * | `head.json` | problem, seed and strategy (`head.ts`) |
 * | `log` | the events (`record.ts`, `events.ts`) |
 * | `snapshot-<events>.json` | the strategy's state, a cache (`snapshots.ts`) |
 * | `checkpoints/<trial>@<fidelity>` | what the objective saved (`checkpointFiles.ts`) |
 * | `lock-<owner>` | who writes (`lock.ts`) |
 */
import { resolve } from "node:path";
import type { ConfigOf, OnNotice, Shape, TrialId } from "@caviar-hpo/core";
import { onceEach } from "@caviar-hpo/core/contract";
import { anything, between, boolean, func, oneOf, optionReader, whole } from "@caviar-hpo/core/read";
import { type Best, chosenOptions, continuedStrategy, createStudyOver, type Study, type StudyOptions } from "@caviar-hpo/tune";
import type { Attributes, StoredTrial } from "@caviar-hpo/tune/stored";
import type { DurableOptimizeOptions, WorkerObjective } from "../workers/optimize.ts";
import { checkedDisk } from "./checkedDisk.ts";
import { checkpointFiles } from "./checkpointFiles.ts";
import type { Disk } from "./disk.ts";
import { readHead } from "./head.ts";
import { locked, waitForLock } from "./lock.ts";
import type { SyncPolicy } from "./logFile.ts";
import { type Machine, thisMachine } from "./machine.ts";
import { nodeDisk } from "./nodeDisk.ts";
import { optimizeStored } from "./optimizeStored.ts";
import { type Site, type Stored, storedCore, takenOver } from "./storedCore.ts";

/** The options of `createStudy` of @caviar-hpo/tune, except `events` and `checkpoints`, which are in the folder. */
export type OpenStudyOptions<S extends Shape> = Omit<StudyOptions<S, Uint8Array>, "events" | "checkpoints"> & {
  /**
   * When an event is safe from a power loss. "event": before the call that made it returns. "group": after the turn of the event loop in
   * which it was made, with one sync for all events of the turn. "close": after `close`. "event" by default.
   */
  readonly sync?: SyncPolicy;
  /**
   * The smallest number of events between two snapshots: at least 1; 100 by default. In a long study, it is at least an eighth of all
   * events. Infinity means no snapshots.
   */
  readonly snapshotEvery?: number;
  /**
   * Whether a study whose space is smaller than `space` is extended to it: `space` has the same parameters, and at least the same values of
   * each. The strategy then starts again, and sees the trials so far as observed ones. false by default.
   */
  readonly extend?: boolean;
  /** How many seconds to wait while another process has the study open. 0 by default. */
  readonly waitSeconds?: number;
  /**
   * Takes the study over from the process that has it open, even if that process still runs. That process then cannot write any more. Use
   * it for the lock of another machine: this machine cannot find out whether the process there still runs. false by default.
   */
  readonly takeOver?: boolean;
};

/** A study in a folder. Its checkpoints are bytes. */
export type DurableStudy<C> = Omit<Study<C, Uint8Array>, "optimize" | "trials"> & {
  /**
   * As `optimize` of `createStudy`, and the objective can also be the URL of a module, which runs in threads or processes, or a command.
   */
  optimize(objective: WorkerObjective<C>, options: DurableOptimizeOptions<C>): Promise<Best<C>>;
  /** The absolute path of the folder. */
  readonly folder: string;
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
  /** Writes a snapshot, so that the study opens fast the next time, and releases the lock. The study then takes no more events. */
  close(): void;
};

/** What a durable study stands on. Tests replace it. */
export type Seams = { readonly disk: Disk; readonly machine: Machine };

/**
 * Opens the study in a folder. Makes the folder and the study if there is none.
 *
 * @throws StateError "locked" if another process has it open; ConfigError "otherStudy" if the folder holds a study of another space, goal,
 * seed or strategy; JournalError "corrupt" for damage, "diverged" if the strategy's code has changed, "laterFormat" for a folder of a later
 * version, "diskFailed" for errors of the disk; and what `createStudy` throws.
 */
export function openStudy<const S extends Shape>(folder: string, options: OpenStudyOptions<S>): Promise<DurableStudy<ConfigOf<S>>> {
  return openStudyOn({ disk: nodeDisk, machine: thisMachine() }, folder, options);
}

/** As `openStudy`, on another disk or machine. */
export async function openStudyOn<const S extends Shape>(
  seams: Seams,
  path: string,
  given: OpenStudyOptions<S>,
): Promise<DurableStudy<ConfigOf<S>>> {
  const folder = resolve(path);
  const options = readOpenOptions(given as OpenStudyOptions<Shape>) as OpenStudyOptions<S>;
  const disk = checkedDisk(seams.disk);
  disk.makeFolder(folder);
  const { waitSeconds = 0, takeOver = false } = options;
  const lock = await waitForLock(disk, folder, seams.machine, { waitSeconds, takeOver });
  if (!("held" in lock)) throw locked(folder, seams.machine, lock);
  try {
    return openLocked({ disk, folder, lock, nowMs: seams.machine.nowMs }, options);
  } catch (error) {
    lock.release();
    throw error;
  }
}

const readOpenOptions = optionReader<OpenStudyOptions<Shape>>("openStudy", {
  space: anything,
  where: anything,
  beliefs: anything,
  goal: anything,
  objectives: anything,
  constraints: anything,
  fidelity: anything,
  resumable: boolean,
  seed: anything,
  strategy: anything,
  warmStart: anything,
  onEvent: func,
  onNotice: func,
  sync: oneOf("event", "group", "close"),
  snapshotEvery: (value, path) => (value === Infinity ? Infinity : whole(1, Number.MAX_SAFE_INTEGER)(value, path)),
  extend: boolean,
  waitSeconds: between(0, 1e9),
  takeOver: boolean,
});

function openLocked<const S extends Shape>(
  place: Pick<Site, "disk" | "folder" | "lock" | "nowMs">,
  options: OpenStudyOptions<S>,
): DurableStudy<ConfigOf<S>> {
  const { disk, folder, lock } = place;
  const { sync = "event", snapshotEvery = 100, extend = false, waitSeconds: _waited, takeOver = false, ...rest } = options;
  const strategy = continuedStrategy(options.strategy, readHead(disk, folder)?.strategy ?? null);
  const onNotice: OnNotice = onceEach(options.onNotice);
  const checkpoints = checkpointFiles(disk, folder, lock, onNotice);
  if (takeOver) takenOver(disk, folder);
  let stored: Stored | null = null;
  const settings = { ...rest, strategy, resumable: options.resumable ?? false, checkpoints };
  const study = createStudyOver<S, Uint8Array>(settings, (definition, onEvent) => {
    const site = { ...place, checkpoints, sync, snapshotEvery, extend, onNotice, onEvent };
    stored = storedCore(site, definition, chosenOptions(strategy));
    return stored.study;
  });
  const durable: DurableStudy<ConfigOf<S>> = {
    ...study,
    optimize: (objective, given) => optimizeStored({ study, stored: stored!, folder }, objective, given as DurableOptimizeOptions),
    folder,
    trials: () => stored!.trials(),
    annotations: () => stored!.annotations(),
    annotate: (trial: number | null, attributes: Attributes) => stored!.annotate(trial as TrialId | null, attributes),
    close: () => stored!.close(),
  };
  stores.set(durable, stored!);
  return durable;
}

const stores = new WeakMap<object, Stored>();

/** What an open durable study is stored in. The tests of this package add records to its log with it. */
export function storedOf(study: object): Stored {
  return stores.get(study)!;
}
