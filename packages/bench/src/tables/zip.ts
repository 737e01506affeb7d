/**
 * Reads files out of a ZIP archive that is in memory: stored or deflated, without encryption and below 4 GiB. The names and sizes are those
 * of the central directory at the end (PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16).
 */
import { crc32, inflateRawSync } from "node:zlib";
import { ExternalError } from "@caviar-hpo/core";

const signatures = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 };
const endLength = 22;

/** @throws ExternalError for an archive that is damaged, or that has no file of this name. */
export function readZipEntry(archive: Uint8Array, name: string): Uint8Array {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  try {
    const entry = entryNamed(view, name);
    if (entry === null) return damaged(`a file ${name}`, "none");
    return contents(archive, view, entry);
  } catch (thrown) {
    if (thrown instanceof ExternalError) throw thrown;
    // An offset outside the archive, or data that cannot be inflated.
    return damaged("a whole archive", thrown instanceof Error ? thrown.message : String(thrown));
  }
}

type ZipEntry = { readonly method: number; readonly crc: number; readonly packed: number; readonly size: number; readonly offset: number };

function entryNamed(view: DataView, name: string): ZipEntry | null {
  const end = endOfDirectory(view);
  const entries = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  for (let k = 0; k < entries; k++) {
    if (view.getUint32(at, true) !== signatures.central) damaged("an entry of the directory", "other bytes");
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [
      number,
      number,
      number,
    ];
    const named = Buffer.from(view.buffer, view.byteOffset + at + 46, nameLength).toString("utf8");
    if (named === name) {
      const [crc, packed, size, offset] = [16, 20, 24, 42].map((field) => view.getUint32(at + field, true)) as [
        number,
        number,
        number,
        number,
      ];
      return { method: view.getUint16(at + 10, true), crc, packed, size, offset };
    }
    at += 46 + nameLength + extraLength + commentLength;
  }
  return null;
}

/** The end record is the last thing in the archive, apart from a comment of up to 65,535 bytes. */
function endOfDirectory(view: DataView): number {
  for (let at = view.byteLength - endLength; at >= Math.max(0, view.byteLength - endLength - 0xffff); at--) {
    if (view.getUint32(at, true) === signatures.end) return at;
  }
  return damaged("an archive with a directory at its end", "none");
}

function contents(archive: Uint8Array, view: DataView, { method, crc, packed, size, offset }: ZipEntry): Uint8Array {
  if (view.getUint32(offset, true) !== signatures.local) damaged("the head of a file", "other bytes");
  const from = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  const data = archive.subarray(from, from + packed);
  if (method !== 0 && method !== 8) damaged("a stored or deflated file", `compression method ${method}`);
  const bytes = method === 0 ? data : inflateRawSync(data, { maxOutputLength: Math.max(1, size) });
  if (bytes.length !== size || crc32(bytes) !== crc) damaged(`${size} bytes with the checksum of the directory`, `${bytes.length} others`);
  return bytes;
}

function damaged(expected: string, got: string): never {
  throw new ExternalError({ code: "badArchive", what: "a ZIP archive", expected, got, remedy: "Download it again." });
}
