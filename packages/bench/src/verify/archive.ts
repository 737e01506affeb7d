/**
 * All run files of a campaign in one file, `runs.jsonl.gz`: one after the other in the order of the cells, compressed with gzip at its
 * highest level. The bytes depend on the runs and on the version of zlib in Node, and not on the time or the machine. Every program that
 * reads gzip and JSON lines reads it: `zcat runs.jsonl.gz`, or `pandas.read_json(path, lines=True)`. A run begins with its head line.
 */
import { gunzipSync, gzipSync } from "node:zlib";
import { JournalError } from "@caviar-hpo/core";

export const archiveName = "runs.jsonl.gz";

/** @param files the contents of run files. */
export function packRuns(files: readonly Uint8Array[]): Buffer {
  const bytes = gzipSync(Buffer.concat(files), { level: 9 });
  // The byte that names the operating system (RFC 1952, section 2.3.1): 255 stands for none.
  bytes[9] = 255;
  return bytes;
}

/**
 * The contents of the run files.
 *
 * @param what names the archive in an error.
 * @throws JournalError for bytes that are no such archive, or of more than 2 GiB of runs.
 */
export function unpackRuns(bytes: Uint8Array, what: string): readonly Buffer[] {
  const text = unzipped(bytes, what);
  const starts: number[] = [];
  for (let at = 0; at >= 0 && at < text.length; at = nextHead(text, at)) starts.push(at);
  return starts.map((start, index) => text.subarray(start, starts[index + 1]));
}

/** The keys of a line are sorted, and only those of a head begin with this one. */
const headStart = '{"format":';

function nextHead(text: Buffer, from: number): number {
  const newline = text.indexOf(`\n${headStart}`, from);
  return newline < 0 ? newline : newline + 1;
}

function unzipped(bytes: Uint8Array, what: string): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: 2 ** 31 - 1 });
  } catch (error) {
    throw new JournalError({
      code: "corrupt",
      what,
      expected: "runs that are compressed with gzip",
      got: (error as Error).message,
      remedy: "Restore the file.",
    });
  }
}
