/**
 * A folder as bytes, so that a command's checkpoint folder is stored like any other checkpoint: a line of JSON with the path and the size
 * of each file, then the contents one after another. Only files and folders are kept.
 */
import { Buffer } from "node:buffer";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ProtocolError } from "@caviar-hpo/core";
import { array, string, tuple, whole } from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";

/** null if the folder has no file. */
export function packFolder(folder: string): Uint8Array | null {
  const paths = filesBelow(folder, "");
  if (paths.length === 0) return null;
  const contents = paths.map((path) => readFileSync(join(folder, path)));
  const head = paths.map((path, index) => [path, contents[index]!.length]);
  return new Uint8Array(Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...contents]));
}

/** Paths with `/`, in the order of their names. */
function filesBelow(folder: string, below: string): readonly string[] {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) return filesBelow(folder, path);
      return entry.isFile() ? [path] : [];
    });
}

/** @throws ProtocolError for bytes that `packFolder` did not make. */
export function unpackFolder(bytes: Uint8Array, folder: string): void {
  const lineEnd = bytes.indexOf(0x0a);
  let at = lineEnd + 1;
  for (const [path, size] of headIn(Buffer.from(bytes.subarray(0, Math.max(0, lineEnd))).toString())) {
    if (!isInside(path) || at + size > bytes.length) notAFolder(show(path));
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes.subarray(at, at + size));
    at += size;
  }
  if (at !== bytes.length) notAFolder(`${bytes.length - at} bytes too many`);
}

const decodeHead = array(tuple(string, whole(0, Number.MAX_SAFE_INTEGER)), Number.MAX_SAFE_INTEGER);

function headIn(line: string): ReturnType<typeof decodeHead> {
  try {
    return decodeHead(JSON.parse(line), "checkpoint");
  } catch {
    return notAFolder("other bytes");
  }
}

const separators = process.platform === "win32" ? /[\\:\0]/ : /\0/;

/** Whether a path leads to a place inside its folder. */
function isInside(path: string): boolean {
  return path.split("/").every((name) => name !== "" && name !== "." && name !== ".." && !separators.test(name));
}

function notAFolder(got: string): never {
  throw new ProtocolError({
    code: "badCheckpoint",
    what: "checkpoint of a command",
    expected: "a packed folder",
    got,
    remedy: "Use another study folder for a command than for an objective in JavaScript.",
  });
}
