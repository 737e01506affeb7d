/**
 * The lock of a folder: at most one process writes there. Each process that wants it puts down a file under a name that no other has, and
 * looks at the files of the others afterwards. Of two that come at the same time, at least the second one sees the other and gives way. A
 * file whose process has ended counts for nothing, so `kill -9` leaves no lock behind. No clock decides anything, so a process that was
 * paused still has its lock when it wakes.
 *
 * A process on another machine cannot be judged, so its lock holds until a user takes it over. The owner then finds its file gone.
 */
import { Buffer } from "node:buffer";
import { randomBytes, randomInt } from "node:crypto";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { StateError } from "@caviar-hpo/core";
import { type Decoder, nullable, object, string, whole } from "@caviar-hpo/core/read";
import { parseWire, stringifyWire } from "@caviar-hpo/core/wire";
import type { Disk } from "./disk.ts";
import { type Identity, isRunning, type Machine } from "./machine.ts";
import { replaceFile, temporarySuffix } from "./replaceFile.ts";

export type Lock = {
  /** Of the lock's file. A thread of the same process shares the lock by it, see `lockAt`. */
  readonly path: string;
  /** False once another process has taken the lock over. */
  held(): boolean;
  release(): void;
};

/** Who has the lock; null for a lock file that cannot be read. `path` is that of the file. */
export type Holder = { readonly identity: Identity | null; readonly path: string };

const prefix = "lock-";

/**
 * The lock, or who has it. Nothing is left behind in the second case.
 *
 * @param takeOver removes the locks of other processes, whether or not they still run.
 */
export function tryLock(disk: Disk, folder: string, machine: Machine, takeOver: boolean): Lock | Holder {
  const before = holders(disk, folder, machine);
  if (before.length > 0 && !takeOver) return before[0]!;
  const name = `${prefix}${randomBytes(16).toString("hex")}`;
  const path = join(folder, name);
  replaceFile(disk, path, Buffer.from(`${stringifyWire(machine.self)}\n`));
  const known = new Set([name, ...before.map((other) => other.name)]);
  const newcomer = holders(disk, folder, machine).find((other) => !known.has(other.name));
  if (newcomer !== undefined) {
    disk.remove(path);
    return newcomer;
  }
  for (const other of disk.list(folder))
    if (other.startsWith(prefix) && other !== name && !mayBeInWriting(disk, folder, machine, other)) disk.remove(join(folder, other));
  return lockAt(disk, path);
}

/** Whether a process that runs may be about to give this file its name. Without the file it would fail, where it has to give way. */
function mayBeInWriting(disk: Disk, folder: string, machine: Machine, name: string): boolean {
  if (!name.endsWith(temporarySuffix)) return false;
  const identity = readIdentity(disk, join(folder, name));
  return identity === null || isRunning(machine, identity) !== false;
}

/** The lock that this process has already, by its file. */
export function lockAt(disk: Disk, path: string): Lock {
  return { path, held: () => disk.size(path) !== null, release: () => disk.remove(path) };
}

const pollMs = 100;
/** Two processes that come at the same time may both give way. Each of them tries again after a random pause. */
const triesAtOnce = 5;

/** As `tryLock`, several times: at once, and then for `waitSeconds`. */
export async function waitForLock(
  disk: Disk,
  folder: string,
  machine: Machine,
  { waitSeconds, takeOver }: { readonly waitSeconds: number; readonly takeOver: boolean },
): Promise<Lock | Holder> {
  const tries = triesAtOnce + Math.ceil((waitSeconds * 1000) / pollMs);
  for (let attempt = 1; ; attempt++) {
    const lock = tryLock(disk, folder, machine, takeOver);
    if ("held" in lock || attempt === tries) return lock;
    await delay(attempt < triesAtOnce ? randomInt(1, 20) : pollMs);
  }
}

/** Whether a process has the folder open, as far as this machine can find out. */
export function isLocked(disk: Disk, folder: string, machine: Machine): boolean {
  return holders(disk, folder, machine).length > 0;
}

/** Whether a process had the folder open, and ended without releasing its lock. */
export function isAbandoned(disk: Disk, folder: string, machine: Machine): boolean {
  return disk.list(folder).some(isLockFile) && !isLocked(disk, folder, machine);
}

/** How the errors of a lock speak of what is in the folder. */
export type LockWords = {
  readonly code: string;
  readonly kind: "study" | "campaign";
  /** What to do if this process has the lock, if another has it, and if it was lost. */
  readonly remedies: { readonly mine: string; readonly other: (lockFile: string) => string; readonly lost: string };
};

const studyWords: LockWords = {
  code: "locked",
  kind: "study",
  remedies: {
    mine: "Close it first.",
    other: () =>
      "End that process, or pass waitSeconds. If it is on another machine and has ended, pass takeOver: true. Reading needs no lock: use readStudy.",
    lost: "Leave the study to the other process. Its log has all events for which this process got an answer.",
  },
};

/** The error for a lock that another has. */
export function locked(folder: string, { self }: Machine, { identity, path }: Holder, words: LockWords = studyWords): StateError {
  const mine = identity !== null && identity.pid === self.pid && identity.host === self.host;
  const { code, kind, remedies } = words;
  return new StateError({
    code,
    what: `${kind} ${folder}`,
    expected: `a ${kind} that no process has open`,
    got:
      identity === null
        ? "a lock file that cannot be read"
        : mine
          ? "one that this process has open"
          : `one that process ${identity.pid} of ${identity.host} has open`,
    remedy: mine ? remedies.mine : remedies.other(path),
  });
}

/** @throws StateError if the lock's file is gone, because another process has taken the lock over or a user has deleted it. */
export function checkHeld(lock: Lock, folder: string, { kind, remedies }: LockWords = studyWords): void {
  if (lock.held()) return;
  throw new StateError({
    code: "takenOver",
    what: `${kind} ${folder}`,
    expected: "the lock of this process",
    got: "none, because its file was deleted, so another process may write",
    remedy: remedies.lost,
  });
}

/** The locks of processes that run, or of which this machine cannot find out whether they do. */
function holders(disk: Disk, folder: string, machine: Machine): readonly (Holder & { readonly name: string })[] {
  return disk
    .list(folder)
    .filter(isLockFile)
    .map((name) => ({ name, path: join(folder, name), identity: readIdentity(disk, join(folder, name)) }))
    .filter(({ path, identity }) => (identity === null ? disk.size(path) !== null : isRunning(machine, identity) !== false));
}

function isLockFile(name: string): boolean {
  return name.startsWith(prefix) && !name.endsWith(temporarySuffix);
}

const mostBytes = 4096;

const decodeIdentity: Decoder<Identity> = object({
  pid: whole(1, Number.MAX_SAFE_INTEGER),
  started: nullable(string),
  host: string,
  bootId: nullable(string),
  pidNamespace: nullable(string),
});

function readIdentity(disk: Disk, path: string): Identity | null {
  try {
    return decodeIdentity(parseWire(Buffer.from(disk.read(path, 0, mostBytes)).toString()), path);
  } catch {
    return null;
  }
}
