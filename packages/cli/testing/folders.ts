/** Folders that tests write into, and what is in them. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const scratch = fileURLToPath(new URL("../../../.cache/tests/", import.meta.url));

export type Folders = { readonly next: () => string; readonly remove: () => void };

/** New folders one after another, and the end of them all. */
export function folders(prefix: string): Folders {
  mkdirSync(scratch, { recursive: true });
  const root = mkdtempSync(join(scratch, prefix));
  let made = 0;
  return {
    next: () => {
      made++;
      const folder = join(root, String(made));
      mkdirSync(folder);
      return folder;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** As `contentsOf`, without the times of the asks of campaigns, which are others for each attempt. */
export function lastingContentsOf(folder: string): { readonly [path: string]: string } {
  return Object.fromEntries(Object.entries(contentsOf(folder)).filter(([path]) => !/(?:^|\/)times\//.test(path)));
}

/** Every file's text by its path below `folder`, with slashes. */
export function contentsOf(folder: string): { readonly [path: string]: string } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [relative(folder, path).replaceAll("\\", "/"), readFileSync(path, "utf8")]),
  );
}
