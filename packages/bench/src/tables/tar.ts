/**
 * Reads one file out of a compressed tar archive that is in memory, in the form that POSIX calls ustar: a header of 512 bytes in front of
 * each file, whose numbers are octal. Nothing behind the file is decompressed.
 */
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { ExternalError } from "@caviar-hpo/core";

const block = 512;

/** @param most bytes that the file may have. @throws ExternalError for an archive that is damaged, or that has no file of this name. */
export async function readTarEntry(archive: Uint8Array, name: string, most: number): Promise<Uint8Array> {
  const chunks: AsyncIterable<Uint8Array> = Readable.from(pieces(archive)).pipe(createGunzip());
  const source = bytesOf(chunks);
  try {
    for (;;) {
      const header = await source.take(block);
      if (header.every((byte) => byte === 0)) return damaged(`a file ${name}`, "none");
      checkHeader(header);
      const size = octal(header, 124, 12);
      if (textAt(header, 0, 100) !== name) await source.skip(padded(size));
      else if (size <= most) return await source.take(size);
      else return damaged(`a file of at most ${most} bytes`, `${size} bytes`);
    }
  } catch (thrown) {
    if (thrown instanceof ExternalError) throw thrown;
    return damaged("a whole archive", thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function* pieces(archive: Uint8Array): Iterable<Uint8Array> {
  for (let at = 0; at < archive.length; at += 1 << 16) yield archive.subarray(at, at + (1 << 16));
}

type Source = { take(count: number): Promise<Uint8Array>; skip(count: number): Promise<void> };

function bytesOf(chunks: AsyncIterable<Uint8Array>): Source {
  const iterator = chunks[Symbol.asyncIterator]();
  let chunk: Uint8Array = new Uint8Array();
  /** Hands the next `count` bytes to `use`, piece by piece. */
  const read = async (count: number, use: (piece: Uint8Array, at: number) => void): Promise<void> => {
    for (let done = 0; done < count; ) {
      if (chunk.length === 0) {
        const next = await iterator.next();
        if (next.done === true) damaged("a whole archive", "its end");
        chunk = next.value;
      }
      const piece = chunk.subarray(0, count - done);
      use(piece, done);
      done += piece.length;
      chunk = chunk.subarray(piece.length);
    }
  };
  return {
    take: async (count) => {
      const bytes = new Uint8Array(count);
      await read(count, (piece, at) => bytes.set(piece, at));
      return bytes;
    },
    skip: (count) => read(count, () => {}),
  };
}

/** The checksum of a header counts its own eight bytes as spaces. */
function checkHeader(header: Uint8Array): void {
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
  if (sum !== octal(header, 148, 8)) damaged("the header of a file", "other bytes");
}

function octal(header: Uint8Array, from: number, length: number): number {
  const digits = textAt(header, from, length).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : damaged("an octal number", JSON.stringify(digits));
}

function textAt(header: Uint8Array, from: number, length: number): string {
  const field = header.subarray(from, from + length);
  const end = field.indexOf(0);
  return Buffer.from(end < 0 ? field : field.subarray(0, end)).toString("utf8");
}

function padded(size: number): number {
  return Math.ceil(size / block) * block;
}

function damaged(expected: string, got: string): never {
  throw new ExternalError({ code: "badArchive", what: "a tar archive", expected, got, remedy: "Download it again." });
}
