/**
 * The temporary folders in which commands find their configuration and their checkpoint. Those of one executor are in a folder that its
 * process locks. If the process is killed, it leaves the folder behind, and the next executor that needs such a folder removes it.
 */
import { lstatSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAbandoned, tryLock } from "../log/lock.ts";
import { type Machine, thisMachine } from "../log/machine.ts";
import { nodeDisk } from "../log/nodeDisk.ts";

export type JobFolders = {
  /** Makes a new folder for one job. */
  make(): string;
  /** Removes all of them. */
  close(): void;
};

const prefix = "caviar-jobs-";

/** @param parent where the folders are. */
export function jobFolders(parent: string = tmpdir()): JobFolders {
  const machine = thisMachine();
  let own: string | null = null;
  const open = (): string => {
    for (const name of readdirSync(parent)) if (name.startsWith(prefix)) removeAbandoned(join(parent, name), machine);
    const folder = mkdtempSync(join(parent, prefix));
    tryLock(nodeDisk, folder, machine, false);
    return folder;
  };
  return {
    make: () => {
      own ??= open();
      return mkdtempSync(join(own, "job-"));
    },
    close: () => {
      if (own !== null) rmSync(own, { recursive: true, force: true });
    },
  };
}

/** A folder that cannot be read or removed is left alone, as is one of another user. */
function removeAbandoned(folder: string, machine: Machine): void {
  try {
    const found = lstatSync(folder);
    const mine = found.isDirectory() && (process.getuid === undefined || found.uid === process.getuid());
    if (mine && isAbandoned(nodeDisk, folder, machine)) rmSync(folder, { recursive: true, force: true });
  } catch {
    // Another process may have removed it first.
  }
}
