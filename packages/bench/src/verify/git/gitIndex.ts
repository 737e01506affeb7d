/** The index of a Git repository: its tracked files, each with the id of its content and what the disk said of it (gitformat-index). */
import { createHash } from "node:crypto";
import { type BigIntStats, lstatSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

export type GitIndex = {
  readonly entries: readonly IndexEntry[];
  readonly hash: "sha1" | "sha256";
  /** When the index was written, in nanoseconds. A file that changed later in the same moment may have kept its times and its size. */
  readonly writtenNs: bigint;
};

export type IndexEntry = {
  readonly path: Buffer;
  /** The type and the permissions, as in trees: 0o100644, 0o100755, 0o120000 for a link, 0o160000 for a submodule. */
  readonly mode: number;
  readonly id: Buffer;
  /** 0, unless the file is in conflict. */
  readonly stage: number;
  /** Whether the file does not need to be on the disk, or as it is in the index. */
  readonly unwatched: boolean;
  readonly size: number;
  /** When the inode and the content changed last, in nanoseconds. */
  readonly inodeNs: bigint;
  readonly contentNs: bigint;
};

/**
 * @param idBytes 20 for SHA-1, 32 for SHA-256.
 * @throws Error for a form that is not known.
 */
export function readIndex(path: string, idBytes: number): GitIndex {
  const bytes = readFileSync(path);
  const version = bytes.readUInt32BE(4);
  if (bytes.toString("latin1", 0, 4) !== "DIRC" || version < 2 || version > 4) throw new Error("unknown form of index");
  const entries: IndexEntry[] = [];
  let at = 12;
  for (let left = bytes.readUInt32BE(8); left > 0; left--) {
    const { entry, end } = readEntry(bytes, at, { idBytes, version, before: entries.at(-1)?.path ?? Buffer.alloc(0) });
    entries.push(entry);
    at = end;
  }
  // A split index has the rest of its entries in another file.
  if (bytes.toString("latin1", at, at + 4) === "link") throw new Error("split index");
  return { entries, hash: idBytes === 20 ? "sha1" : "sha256", writtenNs: lstatSync(path, { bigint: true }).mtimeNs };
}

type IndexForm = { readonly idBytes: number; readonly version: number; readonly before: Buffer };

const extended = 0x4000;
const assumeValid = 0x8000;
const skipWorktree = 0x4000;

function readEntry(
  bytes: Buffer,
  at: number,
  { idBytes, version, before }: IndexForm,
): { readonly entry: IndexEntry; readonly end: number } {
  const idAt = at + 40;
  const flags = bytes.readUInt16BE(idAt + idBytes);
  const more = version >= 3 && (flags & extended) !== 0;
  const nameAt = idAt + idBytes + (more ? 4 : 2);
  const { kept, from } = version === 4 ? sharedPrefix(bytes, nameAt, before) : { kept: before.subarray(0, 0), from: nameAt };
  const nameEnd = bytes.indexOf(0, from);
  const entry: IndexEntry = {
    path: Buffer.concat([kept, bytes.subarray(from, nameEnd)]),
    mode: bytes.readUInt32BE(at + 24),
    id: bytes.subarray(idAt, idAt + idBytes),
    stage: (flags >> 12) & 3,
    unwatched: (flags & assumeValid) !== 0 || (more && (bytes.readUInt16BE(idAt + idBytes + 2) & skipWorktree) !== 0),
    size: bytes.readUInt32BE(at + 36),
    inodeNs: timeAt(bytes, at),
    contentNs: timeAt(bytes, at + 8),
  };
  // Up to version 3, one to eight zeros fill the entry to a multiple of eight bytes.
  return { entry, end: version === 4 ? nameEnd + 1 : at + 8 * (Math.floor((nameEnd - at) / 8) + 1) };
}

/** Seconds and nanoseconds. */
function timeAt(bytes: Buffer, at: number): bigint {
  return BigInt(bytes.readUInt32BE(at)) * 1_000_000_000n + BigInt(bytes.readUInt32BE(at + 4));
}

/** In version 4, a name says how many bytes to drop from the end of the one before (the offset encoding of gitformat-pack). */
function sharedPrefix(bytes: Buffer, at: number, before: Buffer): { readonly kept: Buffer; readonly from: number } {
  let byte = bytes[at]!;
  let dropped = byte & 127;
  let from = at + 1;
  while ((byte & 128) !== 0) {
    byte = bytes[from]!;
    from++;
    dropped = (dropped + 1) * 128 + (byte & 127);
  }
  return { kept: before.subarray(0, before.length - dropped), from };
}

const treeMode = 0o40000;
const linkMode = 0o120000;
const submoduleMode = 0o160000;

/** The id of the tree that a commit of the index would have, in hexadecimal digits; null where files are in conflict. */
export function treeOf({ entries, hash }: GitIndex): string | null {
  if (entries.some(({ stage }) => stage !== 0)) return null;
  return treeId(
    entries.map(({ path, mode, id }) => ({ name: path.toString("latin1"), mode, id })),
    hash,
  ).toString("hex");
}

type TreeEntry = { readonly name: string; readonly mode: number; readonly id: Buffer };

/** The index has its names in the order in which trees have them. */
function treeId(leaves: readonly TreeEntry[], hash: GitIndex["hash"]): Buffer {
  const members: TreeEntry[] = [];
  for (let at = 0; at < leaves.length; ) {
    const slash = leaves[at]!.name.indexOf("/");
    const prefix = leaves[at]!.name.slice(0, slash + 1);
    let end = at + 1;
    if (slash < 0) members.push(leaves[at]!);
    else {
      while (end < leaves.length && leaves[end]!.name.startsWith(prefix)) end++;
      const below = leaves.slice(at, end).map((leaf) => ({ ...leaf, name: leaf.name.slice(prefix.length) }));
      // A sparse index has a whole folder as one entry whose name ends with a slash.
      const id = below[0]!.name === "" ? below[0]!.id : treeId(below, hash);
      members.push({ name: prefix.slice(0, -1), mode: treeMode, id });
    }
    at = end;
  }
  const lines = members.map(({ name, mode, id }) => Buffer.concat([Buffer.from(`${mode.toString(8)} ${name}\0`, "latin1"), id]));
  return objectId("tree", Buffer.concat(lines), hash);
}

function objectId(kind: string, content: Buffer, hash: GitIndex["hash"]): Buffer {
  return createHash(hash).update(`${kind} ${content.length}\0`).update(content).digest();
}

/** Whether the file on the disk is the one of the index. As Git does, it reads the content only if the size or a time differs. */
export function isUnchanged(top: string, entry: IndexEntry, { hash, writtenNs }: GitIndex): boolean {
  const { mode, id, size, inodeNs, contentNs } = entry;
  if (entry.unwatched || mode === treeMode || mode === submoduleMode) return true;
  const path = join(top, entry.path.toString());
  const found = entryAt(path);
  if (found === null || found.isSymbolicLink() !== (mode === linkMode) || !(found.isFile() || mode === linkMode)) return false;
  if (process.platform !== "win32" && found.isFile() && ((Number(found.mode) ^ mode) & 0o100) !== 0) return false;
  const isOld = found.ctimeNs === inodeNs && found.mtimeNs === contentNs && contentNs < writtenNs;
  if (isOld && Number(found.size) % 2 ** 32 === size) return true;
  const content = mode === linkMode ? readlinkSync(path, { encoding: "buffer" }) : readFileSync(path);
  return objectId("blob", content, hash).equals(id);
}

/** null where there is none, also because a folder above it is a file now. */
function entryAt(path: string): BigIntStats | null {
  try {
    return lstatSync(path, { bigint: true });
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  }
}
