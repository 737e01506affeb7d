/**
 * A disk in memory that fails as a plan says. It keeps what programs see, and what survives a power loss, apart:
 *
 * - Appended bytes survive once their file is synced. Before, any first part of them may.
 * - A new name, a rename and a deletion survive once their folder is synced. Before, each of them may or may not, in any combination.
 *
 * This is the model of Pillai et al. 2014 (OSDI, "All file systems are not created equal") with appends that do not overtake each other.
 */
import { dirname } from "node:path";
import type { Disk, DiskFile } from "../log/disk.ts";

/** A call that changes the disk. */
export type DiskOperation = {
  readonly kind: "create" | "append" | "sync" | "truncate" | "rename" | "remove" | "syncFolder";
  readonly path: string;
  /** What is appended; empty for other kinds. */
  readonly bytes: Uint8Array;
};

/** What becomes of an operation. Without a fault it succeeds. */
export type DiskFault =
  /** The process or the machine stops before the operation, or after it; an append may happen in part, up to `bytes`. */
  | { readonly kind: "crash"; readonly when: "before" | "after" }
  | { readonly kind: "crash"; readonly when: "during"; readonly bytes: number }
  /** An append of `bytes` bytes that succeeds. */
  | { readonly kind: "short"; readonly bytes: number }
  /** An append that writes `bytes` bytes and fails, or another operation that fails. A failed sync loses what it should have kept. */
  | { readonly kind: "error"; readonly code: string; readonly bytes?: number };

/** What a crashed disk throws from then on. */
export class Crash extends Error {}

type FileNames = ReadonlyMap<string, number>;
type FileContents = ReadonlyMap<number, Buffer>;

/** A change that a power loss may undo. */
type PendingChange =
  | { readonly kind: "append"; readonly file: number; readonly bytes: Buffer }
  | { readonly kind: "name"; readonly folder: string; readonly change: (names: Map<string, number>) => void };

/** A disk at a moment. Never changes. */
export type DiskState = {
  readonly seen: { readonly names: FileNames; readonly contents: FileContents };
  readonly kept: { readonly names: FileNames; readonly contents: FileContents };
  readonly pending: readonly PendingChange[];
};

export const emptyDisk: DiskState = {
  seen: { names: new Map(), contents: new Map() },
  kept: { names: new Map(), contents: new Map() },
  pending: [],
};

export type FaultyDisk = Disk & { state(): DiskState };

const none = new Uint8Array(0);

type DiskPlan = (operation: DiskOperation, index: number, state: DiskState) => DiskFault | null;

/** The state of a disk, and its operations as the plan lets them happen. */
function plannedDisk(start: DiskState, plan: DiskPlan) {
  let operations = 0;
  let crashed = false;
  const disk = {
    state: start,
    alive: (): void => {
      if (crashed) throw new Crash("the disk is off");
    },
    /** Performs an operation, or as much of it as the plan says. `act` gets how many bytes an append may write. */
    perform: (operation: DiskOperation, act: (most: number) => void, lost: () => void = () => {}): number => {
      disk.alive();
      const fault = plan(operation, operations++, disk.state);
      const all = operation.bytes.length;
      if (fault === null) act(all);
      else if (fault.kind === "short") act(fault.bytes);
      else if (fault.kind === "error") {
        if (fault.bytes !== undefined && fault.bytes > 0) act(fault.bytes);
        lost();
        throw Object.assign(new Error(`${fault.code}: planned, ${operation.kind}`), { code: fault.code });
      } else {
        if (fault.when === "after") act(all);
        else if (fault.when === "during") act(fault.bytes);
        crashed = true;
        throw new Crash(`the disk goes off ${fault.when} ${operation.kind} ${operation.path}`);
      }
      return fault?.kind === "short" ? fault.bytes : all;
    },
  };
  return disk;
}

/** @param plan called before each operation, which are numbered from 0. */
export function faultyDisk(start: DiskState, plan: DiskPlan = () => null): FaultyDisk {
  const disk = plannedDisk(start, plan);
  const { alive, perform } = disk;
  let files = Math.max(-1, ...start.seen.contents.keys(), ...start.kept.contents.keys()) + 1;
  const fileAt = (path: string): number => {
    const file = disk.state.seen.names.get(path);
    if (file === undefined) throw Object.assign(new Error(`ENOENT: no such file, ${path}`), { code: "ENOENT" });
    return file;
  };
  const named = (path: string, change: (names: Map<string, number>) => void): void => {
    disk.state = withName(disk.state, dirname(path), change);
  };
  return {
    state: () => disk.state,
    makeFolder: alive,
    list: (folder) => {
      alive();
      return [...disk.state.seen.names.keys()].filter((path) => dirname(path) === folder).map((path) => path.slice(folder.length + 1));
    },
    size: (path) => {
      alive();
      const file = disk.state.seen.names.get(path);
      return file === undefined ? null : disk.state.seen.contents.get(file)!.length;
    },
    read: (path, offset, length) => {
      alive();
      return disk.state.seen.contents.get(fileAt(path))!.subarray(offset, offset + length);
    },
    open: (path) => {
      alive();
      if (!disk.state.seen.names.has(path))
        perform({ kind: "create", path, bytes: none }, () => {
          const file = files++;
          disk.state = withContent(disk.state, file, Buffer.alloc(0), "both");
          named(path, (names) => names.set(path, file));
        });
      return openFile(disk, path, fileAt(path));
    },
    truncate: (path, size) => {
      const file = fileAt(path);
      perform({ kind: "truncate", path, bytes: none }, () => {
        disk.state = synced(withContent(disk.state, file, disk.state.seen.contents.get(file)!.subarray(0, size), "seen"), file);
      });
    },
    rename: (from, to) => {
      const file = fileAt(from);
      perform({ kind: "rename", path: to, bytes: none }, () =>
        named(to, (names) => {
          if (names.get(from) === file) names.delete(from);
          names.set(to, file);
        }),
      );
    },
    remove: (path) => {
      if (!disk.state.seen.names.has(path)) return alive();
      perform({ kind: "remove", path, bytes: none }, () => named(path, (names) => names.delete(path)));
    },
    removeFolder: (folder) => {
      alive();
      for (const path of [...disk.state.seen.names.keys()].filter((one) => one.startsWith(`${folder}/`)))
        perform({ kind: "remove", path, bytes: none }, () => named(path, (names) => names.delete(path)));
    },
    syncFolder: (folder) => {
      perform({ kind: "syncFolder", path: folder, bytes: none }, () => {
        const names = new Map(disk.state.kept.names);
        for (const one of disk.state.pending) if (one.kind === "name" && one.folder === folder) one.change(names);
        disk.state = {
          ...disk.state,
          kept: { ...disk.state.kept, names },
          pending: disk.state.pending.filter((one) => one.kind !== "name" || one.folder !== folder),
        };
      });
    },
  };
}

function openFile(disk: ReturnType<typeof plannedDisk>, path: string, file: number): DiskFile {
  let closed = false;
  const checkOpen = (): void => {
    if (closed) throw Object.assign(new Error(`EBADF: the file was closed, ${path}`), { code: "EBADF" });
  };
  return {
    append: (bytes) => {
      checkOpen();
      return disk.perform({ kind: "append", path, bytes }, (most) => {
        disk.state = appended(disk.state, file, bytes.subarray(0, most));
      });
    },
    sync: () => {
      checkOpen();
      disk.perform(
        { kind: "sync", path, bytes: none },
        () => {
          disk.state = synced(disk.state, file);
        },
        () => {
          disk.state = unsynced(disk.state, file);
        },
      );
    },
    close: () => {
      disk.alive();
      checkOpen();
      closed = true;
    },
  };
}

function withName(state: DiskState, folder: string, change: (names: Map<string, number>) => void): DiskState {
  const names = new Map(state.seen.names);
  change(names);
  return { ...state, seen: { ...state.seen, names }, pending: [...state.pending, { kind: "name", folder, change }] };
}

function withContent(state: DiskState, file: number, content: Buffer, where: "seen" | "both"): DiskState {
  const seen = { ...state.seen, contents: new Map(state.seen.contents).set(file, content) };
  return where === "seen"
    ? { ...state, seen }
    : { ...state, seen, kept: { ...state.kept, contents: new Map(state.kept.contents).set(file, content) } };
}

function appended(state: DiskState, file: number, bytes: Uint8Array): DiskState {
  const next = withContent(state, file, Buffer.concat([state.seen.contents.get(file)!, bytes]), "seen");
  return { ...next, pending: [...next.pending, { kind: "append", file, bytes: Buffer.from(bytes) }] };
}

function withoutAppends(state: DiskState, file: number): readonly PendingChange[] {
  return state.pending.filter((one) => one.kind !== "append" || one.file !== file);
}

function synced(state: DiskState, file: number): DiskState {
  const contents = new Map(state.kept.contents).set(file, state.seen.contents.get(file)!);
  return { ...state, kept: { ...state.kept, contents }, pending: withoutAppends(state, file) };
}

/** A failed sync: what was to be kept is gone. */
function unsynced(state: DiskState, file: number): DiskState {
  return { ...withContent(state, file, state.kept.contents.get(file)!, "seen"), pending: withoutAppends(state, file) };
}

/** The disk after its process was killed: nothing is lost. */
export function afterKill(state: DiskState): DiskState {
  return { seen: state.seen, kept: state.seen, pending: [] };
}

/** The number of changes that a power loss may undo one by one. */
export function pendingChanges(state: DiskState): number {
  return state.pending.length;
}

/**
 * The disk after a power loss. `survives` says how much of each pending change survives, from 0 to 1: of bytes that first part, and a
 * change of names as a whole if it is at least a half. What was appended later to a file survives only if all of what came before it does.
 */
export function afterPowerLoss(state: DiskState, survives: (change: number) => number): DiskState {
  const names = new Map(state.kept.names);
  const contents = new Map(state.kept.contents);
  const cut = new Set<number>();
  state.pending.forEach((one, change) => {
    const part = survives(change);
    if (one.kind === "name") {
      if (part >= 0.5) one.change(names);
    } else if (!cut.has(one.file)) {
      contents.set(one.file, Buffer.concat([contents.get(one.file)!, one.bytes.subarray(0, Math.floor(part * one.bytes.length))]));
      if (part < 1) cut.add(one.file);
    }
  });
  const image = { names, contents };
  return { seen: image, kept: image, pending: [] };
}

/** The same disk with some files changed; null deletes a file. */
export function withFiles(state: DiskState, files: { readonly [path: string]: Uint8Array | null }): DiskState {
  const names = new Map(state.seen.names);
  const contents = new Map(state.seen.contents);
  for (const [path, content] of Object.entries(files)) {
    names.delete(path);
    if (content === null) continue;
    const file = Math.max(-1, ...contents.keys()) + 1;
    names.set(path, file);
    contents.set(file, Buffer.from(content));
  }
  const image = { names, contents };
  return { seen: image, kept: image, pending: [] };
}

/** The files that programs see, by path. */
export function filesOf(state: DiskState): { readonly [path: string]: Buffer } {
  return Object.fromEntries([...state.seen.names].map(([path, file]) => [path, state.seen.contents.get(file)!]));
}
