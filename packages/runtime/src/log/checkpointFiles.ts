/**
 * Checkpoints of trials as files, in the folder `checkpoints` of a study. A checkpoint is bytes, which only the objective understands. Its
 * file begins with a line of their checksum and length, and is replaced at once.
 */
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { Event, History, OnNotice, TrialId } from "@caviar-hpo/core";
import type { Checkpoints } from "@caviar-hpo/tune";
import { checkBytes } from "./checkBytes.ts";
import type { Disk } from "./disk.ts";
import { checkHeld, type Lock } from "./lock.ts";
import { checkpointDamaged } from "./notices.ts";
import { lineEnd } from "./record.ts";
import { replaceFile } from "./replaceFile.ts";

export type CheckpointFiles = Checkpoints<Uint8Array> & {
  /** Deletes the checkpoints of trials that were given up, but those from which a running job starts. */
  sweep(givenUp: ReadonlySet<TrialId>, history: History): void;
};

/**
 * The checkpoints of the study in a folder.
 *
 * @param lock without which no checkpoint is written.
 * @param onNotice hears of damaged checkpoints, which count as missing.
 */
export function checkpointFiles(disk: Disk, study: string, lock: Lock, onNotice: OnNotice): CheckpointFiles {
  const folder = join(study, "checkpoints");
  const pathOf = (name: string): string => join(folder, name);
  return {
    get: (name) => {
      const path = pathOf(name);
      const bytes = checkpointContent(disk, path);
      if (bytes === null) onNotice(checkpointDamaged(path));
      return bytes ?? undefined;
    },
    set: (name, checkpoint) => {
      checkBytes(checkpoint);
      checkHeld(lock, study);
      disk.makeFolder(folder);
      replaceFile(disk, pathOf(name), Buffer.concat([headOf(checkpoint), checkpoint]));
    },
    delete: (name) => disk.remove(pathOf(name)),
    sweep: (givenUp, history) => {
      if (givenUp.size === 0) return;
      const needed = new Set(history.running.map((job) => job.from?.trial));
      for (const name of disk.list(folder)) {
        const trial = Number(name.split("@")[0]) as TrialId;
        if (givenUp.has(trial) && !needed.has(trial)) disk.remove(pathOf(name));
      }
    },
  };
}

/** The trials whose checkpoints an event gives up are added to `givenUp`. */
export function addGivenUp(givenUp: Set<TrialId>, event: Event): void {
  if (event.kind === "enqueued") return;
  for (const directive of event.directives) if (directive.kind === "discard") givenUp.add(directive.trial);
}

function headOf(bytes: Uint8Array): Buffer {
  return Buffer.from(`${crc32(bytes).toString(16).padStart(8, "0")} ${bytes.length}\n`);
}

/** What a file of a checkpoint holds; null if it is damaged, undefined if there is no such file. */
export function checkpointContent(disk: Disk, path: string): Uint8Array | null | undefined {
  const size = disk.size(path);
  return size === null ? undefined : contentOf(disk.read(path, 0, size));
}

/** null where the bytes are not those that the first line tells of. */
function contentOf(file: Uint8Array): Uint8Array | null {
  const bytes = file.subarray(file.indexOf(lineEnd) + 1);
  const head = file.subarray(0, file.length - bytes.length);
  return headOf(bytes).equals(head) ? new Uint8Array(bytes) : null;
}
