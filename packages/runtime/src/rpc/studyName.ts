/**
 * Names of studies, and the folders that belong to them. A name is any printable text. It is never a path: its folder is
 * `<slug>-<hash8>`, where the slug shows what is left of the name in a-z, 0-9 and "-", and the hash tells names with one slug apart.
 */
import { checksum } from "../checksum.ts";

export { name as decodeStudyName } from "@caviar-hpo/core/read";

/** Matches the folders of studies. */
export const folderPattern: RegExp = /^[a-z0-9-]{1,64}-[0-9a-f]{8}$/;

/** The folder of a study, a single name that every file system accepts. */
export function folderNameOf(name: string): string {
  return `${slugOf(name)}-${checksum(name).slice(0, 8)}`;
}

function slugOf(name: string): string {
  const words = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return words?.join("-").slice(0, 64) ?? "study";
}
