import type { CaviarError } from "@caviar-hpo/core";
import { printable } from "./printable.ts";

/** An error laid out for reading: what was wrong, what was expected, what came, what to do. */
export function errorText({ what, expected, got, remedy }: CaviarError): string {
  return [what, `  expected  ${expected}`, `  got       ${got}`, `  ${remedy}`].map((line) => `${printable(line)}\n`).join("");
}

/** A refusal by the operating system: no space, no permission, a folder that is a file. */
export function systemErrorText(error: NodeJS.ErrnoException): string {
  return `${printable(error.message)}\n  Check the path, its permissions and the free space, then give the same command again.\n`;
}
