/**
 * A training's state as bytes, little-endian whatever the machine: "CVTB", version, a checksum of all that follows, the fingerprints of
 * the network and of the settings, then counters in double precision and arrays in their own.
 *
 * | bytes | content |
 * |---|---|
 * | 0-3 | "CVTB" |
 * | 4-7 | version, 1 |
 * | 8-11 | checksum |
 * | 12-27 | fingerprint of the network: what the arrays mean |
 * | 28-43 | fingerprint of the settings: what the training is |
 * | 44- | counters, 8 bytes each; arrays, 4 or 8 bytes an element |
 */
import { ConfigError, type Key, ProtocolError } from "@caviar-hpo/core";
import type { Numbers } from "@caviar-hpo/numerics/network";

export type Fingerprints = { readonly network: Key; readonly settings: Key };

export type CheckpointContent = {
  readonly fingerprints: Fingerprints;
  readonly counters: Float64Array;
  readonly arrays: readonly Numbers[];
};

export function writeCheckpoint({ fingerprints, counters, arrays }: CheckpointContent): Uint8Array {
  const all = [counters, ...arrays];
  const bytes = new Uint8Array(header + bytesOf(all));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic, true);
  view.setUint32(4, version, true);
  [...fingerprints.network, ...fingerprints.settings].forEach((word, index) => {
    view.setUint32(12 + 4 * index, word, true);
  });
  let at = header;
  for (const array of all) {
    if (array instanceof Float32Array) for (let index = 0; index < array.length; index++, at += 4) view.setFloat32(at, array[index]!, true);
    else for (let index = 0; index < array.length; index++, at += 8) view.setFloat64(at, array[index]!, true);
  }
  view.setUint32(8, checksum(view), true);
  return bytes;
}

export type LoadedCheckpoint = {
  readonly counters: Float64Array;
  /** Whether it was written under the same settings. */
  readonly sameSettings: boolean;
  /** Fills the arrays it was written from, or others of the same shape. */
  restore(): void;
};

/**
 * What bytes hold, checked against where it is to go; nothing is touched before `restore`.
 *
 * @throws ProtocolError for bytes that are no checkpoint, cut short or changed; ConfigError for one of another network.
 */
export function readCheckpoint(bytes: Uint8Array, into: CheckpointContent): LoadedCheckpoint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < header || view.getUint32(0, true) !== magic)
    damaged("notACheckpoint", "bytes that begin with CVTB", `${bytes.length} bytes that do not`);
  if (view.getUint32(4, true) !== version) damaged("checkpointVersion", `version ${version}`, `version ${view.getUint32(4, true)}`);
  if (view.getUint32(8, true) !== checksum(view)) damaged("checkpointDamaged", "bytes as they were written", "changed ones or not all");
  const { fingerprints, counters, arrays } = into;
  if (!matches(view, 12, fingerprints.network)) {
    throw new ConfigError({
      code: "otherNetwork",
      what: "checkpoint",
      expected: "the same layers, batch norm, kind of optimiser and precision",
      got: "a checkpoint of another network",
      remedy: "Build the network that wrote the checkpoint.",
    });
  }
  const read = new Float64Array(counters.length);
  fill(view, header, [read]);
  return {
    counters: read,
    sameSettings: matches(view, 28, fingerprints.settings),
    restore: () => fill(view, header + counters.byteLength, arrays),
  };
}

function fill(view: DataView, from: number, arrays: readonly Numbers[]): void {
  let at = from;
  for (const array of arrays) {
    if (array instanceof Float32Array) for (let index = 0; index < array.length; index++, at += 4) array[index] = view.getFloat32(at, true);
    else for (let index = 0; index < array.length; index++, at += 8) array[index] = view.getFloat64(at, true);
  }
}

const magic = 0x42545643;
const version = 1;
const header = 44;

function bytesOf(arrays: readonly Numbers[]): number {
  return arrays.reduce((sum, array) => sum + array.byteLength, 0);
}

/** FNV-1a (Fowler, Noll & Vo) over 32-bit words: every word changes it, and so does a length that is no multiple of 4. */
function checksum(view: DataView): number {
  let hash = 0x811c9dc5 ^ view.byteLength;
  for (let at = 12; at + 4 <= view.byteLength; at += 4) {
    hash = Math.imul(hash ^ view.getInt32(at, true), 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}

function matches(view: DataView, at: number, fingerprint: Key): boolean {
  return fingerprint.every((word, index) => view.getUint32(at + 4 * index, true) === word);
}

function damaged(code: string, expected: string, got: string): never {
  throw new ProtocolError({ code, what: "checkpoint", expected, got, remedy: "Train from the start, or from an earlier checkpoint." });
}
