import type { CaviarError } from "@caviar-hpo/core";
import { printable } from "./printable.ts";

/** An error in four lines: what was wrong, what was expected, what it got, and what to do. */
export function errorText({ what, expected, got, remedy }: CaviarError): string {
  return [what, `  expected  ${expected}`, `  got       ${got}`, `  ${remedy}`].map((line) => `${printable(line)}\n`).join("");
}

/** An error of the operating system: no space, no permission, a file in place of a folder. */
export function systemErrorText(error: NodeJS.ErrnoException): string {
  return `${printable(error.message)}\n  Check the path, its permissions and the free space. Then give the same command again.\n`;
}
