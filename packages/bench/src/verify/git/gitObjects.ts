/** The objects of a Git repository: each in a file of its own, or many in a pack with an index (gitformat-pack). */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";

/**
 * The content of an object.
 *
 * @param id in hexadecimal digits.
 * @throws Error if the object is not there.
 */
export function readObject(gitFolder: string, id: string): Buffer {
  const loose = join(gitFolder, "objects", id.slice(0, 2), id.slice(2));
  if (!existsSync(loose)) return readPacked(join(gitFolder, "objects", "pack"), Buffer.from(id, "hex"));
  const object = inflateSync(readFileSync(loose));
  return object.subarray(object.indexOf(0) + 1);
}

function readPacked(folder: string, id: Buffer): Buffer {
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".idx"))) {
    const index = readFileSync(join(folder, name));
    const offset = offsetIn(index, id);
    if (offset !== null)
      return objectAt({ bytes: readFileSync(join(folder, name.replace(/idx$/, "pack"))), index, idBytes: id.length }, offset);
  }
  throw new Error("no such object");
}

/** The offset of an object in the pack of an index of version 2. */
function offsetIn(index: Buffer, id: Buffer): number | null {
  if (index.readUInt32BE(0) !== 0xff744f63 || index.readUInt32BE(4) !== 2) throw new Error("unknown form of pack index");
  const fanOut = (first: number): number => index.readUInt32BE(8 + 4 * first);
  const count = fanOut(255);
  const idsAt = 8 + 4 * 256;
  const offsetsAt = idsAt + (id.length + 4) * count;
  for (let at = id[0] === 0 ? 0 : fanOut(id[0]! - 1); at < fanOut(id[0]!); at++) {
    if (id.compare(index, idsAt + id.length * at, idsAt + id.length * (at + 1)) !== 0) continue;
    const offset = index.readUInt32BE(offsetsAt + 4 * at);
    // Offsets beyond 2 GiB stand in a table of their own.
    return offset < 2 ** 31 ? offset : Number(index.readBigUInt64BE(offsetsAt + 4 * count + 8 * (offset - 2 ** 31)));
  }
  return null;
}

type Pack = { readonly bytes: Buffer; readonly index: Buffer; readonly idBytes: number };

const deltaByOffset = 6;
const deltaById = 7;

function objectAt(pack: Pack, start: number): Buffer {
  const { bytes, index, idBytes } = pack;
  const kind = (bytes[start]! >> 4) & 7;
  const at = endOfNumber(bytes, start);
  if (kind === deltaByOffset) {
    const base = readOffset(bytes, at);
    return applied(inflateSync(bytes.subarray(base.end)), objectAt(pack, start - base.value));
  }
  if (kind !== deltaById) return inflateSync(bytes.subarray(at));
  const base = offsetIn(index, bytes.subarray(at, at + idBytes));
  if (base === null) throw new Error("no such object");
  return applied(inflateSync(bytes.subarray(at + idBytes)), objectAt(pack, base));
}

/** The offset after a number whose bytes, but for the last, have the highest bit set. */
function endOfNumber(bytes: Buffer, start: number): number {
  let at = start;
  while ((bytes[at]! & 128) !== 0) at++;
  return at + 1;
}

function readOffset(bytes: Buffer, start: number): { readonly value: number; readonly end: number } {
  const end = endOfNumber(bytes, start);
  const value = bytes.subarray(start, end).reduce((sum, byte, index) => (sum + (index > 0 ? 1 : 0)) * 128 + (byte & 127), 0);
  return { value, end };
}

/** A delta copies parts of its base, and adds bytes of its own. */
function applied(delta: Buffer, base: Buffer): Buffer {
  const parts: Buffer[] = [];
  let at = endOfNumber(delta, endOfNumber(delta, 0));
  while (at < delta.length) {
    const command = delta[at]!;
    at++;
    if ((command & 128) === 0) {
      parts.push(delta.subarray(at, at + command));
      at += command;
      continue;
    }
    const [from = 0, length = 0] = [4, 3].map((width, part) => {
      let value = 0;
      for (let place = 0; place < width; place++) {
        if ((command & (1 << (4 * part + place))) === 0) continue;
        value += delta[at]! * 256 ** place;
        at++;
      }
      return value;
    });
    parts.push(base.subarray(from, from + (length === 0 ? 0x10000 : length)));
  }
  return Buffer.concat(parts);
}
