import { renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { nodeDisk } from "@caviar-hpo/runtime/disk";

/** Writes a file completely or not at all, and makes the folders above it. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  nodeDisk.makeFolder(dirname(path));
  writeFileSync(`${path}.part`, content);
  renameSync(`${path}.part`, path);
}
