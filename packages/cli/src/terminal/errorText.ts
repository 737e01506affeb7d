import type { CaviarError } from "@caviar-hpo/core";
import { printable } from "@caviar-hpo/runtime/terminal";
import { remedyOf } from "../remedies.ts";
import { jsonLine } from "./jsonText.ts";
import type { Paint } from "./paint.ts";

/** An error in four lines: what was wrong, what was expected, what it got, and what to do. */
export function errorText(error: CaviarError, { bold }: Paint): string {
  const { what, expected, got } = error;
  const lines = [`  expected  ${expected}`, `  got       ${got}`, `  ${remedyOf(error)}`].map(printable);
  return [bold(printable(what)), ...lines].map((line) => `${line}\n`).join("");
}

/** An error in one line of JSON. */
export function errorJson(error: CaviarError): string {
  const { code, what, expected, got } = error;
  return jsonLine({ error: { code, what, expected, got, remedy: remedyOf(error) } });
}

/** An error of the operating system: no space, no permission, a file in place of a folder. */
export function systemErrorText(error: NodeJS.ErrnoException): string {
  const { what, expected, got, remedy } = systemErrorParts(error);
  return [what, `  expected  ${expected}`, `  got       ${got}`, `  ${remedy}`].map((line) => `${printable(line)}\n`).join("");
}

/** The same in one line of JSON. */
export function systemErrorJson(error: NodeJS.ErrnoException): string {
  return jsonLine({ error: { code: error.code, ...systemErrorParts(error) } });
}

function systemErrorParts({ path, message }: NodeJS.ErrnoException) {
  return {
    what: path ?? "operating system",
    expected: "a system that allows it",
    got: message,
    remedy: "Check the path, its permissions and the free space. Then give the same command again.",
  };
}
