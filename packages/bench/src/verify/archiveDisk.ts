/** The archive of a campaign as a part of the disk: everything that reads run files finds those of the archive in `runs/`. */
import { join } from "node:path";
import { ProtocolError } from "@caviar-hpo/core";
import { number, object, oneOf, string } from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";
import { parseWire } from "@caviar-hpo/core/wire";
import type { Disk } from "@caviar-hpo/runtime/disk";
import { damaged } from "../record/damage.ts";
import { type RunHead, recordPath } from "../record/record.ts";
import { archiveName, unpackRuns } from "./archive.ts";

/**
 * The same disk if the folder has no archive. A file that lies in `runs/` itself hides the one of the archive. A removed file is hidden
 * until the disk is made again; the archive stays as it is.
 *
 * @param disk a checked one.
 * @throws JournalError for an archive that is damaged, or that has a run twice.
 */
export function withArchive(disk: Disk, folder: string): Disk {
  const path = join(folder, archiveName);
  const size = disk.size(path);
  if (size === null) return disk;
  const files = archivedFiles(disk.read(path, 0, size), path, folder);
  const archived = (file: string): Buffer | undefined => (disk.size(file) === null ? files.get(file) : undefined);
  return {
    ...disk,
    list: (above) => [...new Set([...disk.list(above), ...namesBelow(files, above)])],
    size: (file) => disk.size(file) ?? files.get(file)?.length ?? null,
    read: (file, offset, length) => archived(file)?.subarray(offset, offset + length) ?? disk.read(file, offset, length),
    remove: (file) => {
      disk.remove(file);
      files.delete(file);
    },
  };
}

const decodeHead = object(
  { problem: string, strategy: string, seed: number, kind: oneOf("run"), format: number, plan: string },
  { chain: string },
);

/** By the paths that the files would have. */
function archivedFiles(bytes: Uint8Array, path: string, folder: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const file of unpackRuns(bytes, path)) {
    const line = file.subarray(0, file.indexOf(0x0a)).toString();
    const name = recordPath(folder, headIn(line, path));
    if (files.has(name)) damaged(path, "each run once", `${show(line)} twice`, remedy);
    files.set(name, file);
  }
  return files;
}

const remedy = "Restore the file from a copy.";

function headIn(line: string, path: string): RunHead {
  try {
    return decodeHead(parseWire(line), path);
  } catch (error) {
    if (error instanceof ProtocolError) return damaged(path, "runs that begin with their heads", show(line), remedy);
    throw error;
  }
}

function namesBelow(files: ReadonlyMap<string, Buffer>, above: string): readonly string[] {
  const start = join(above, "/");
  return [...files.keys()].filter((path) => path.startsWith(start)).map((path) => path.slice(start.length).split(/[\\/]/)[0]!);
}
