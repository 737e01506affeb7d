/** What is wrong with a record: the file, the line, and what to do. */
import { JournalError } from "@caviar-hpo/core";
import type { Root } from "@caviar-hpo/core/read";

/** What a user can do about a record that was changed. A run is determined by its plan, so a deleted one can be made again. */
export const restore = "Restore the file from a copy. Or delete it: the campaign then makes the run again.";

/** @throws JournalError "corrupt". */
export function damaged(what: string, expected: string, got: string, remedy: string = restore): never {
  throw new JournalError({ code: "corrupt", what, expected, got, remedy });
}

export function lineOf(path: string, number: number): string {
  return `${path}, line ${number}`;
}

/** The root of what a line holds: what cannot be decoded there is refused as corrupt. */
export function lineRoot(path: string, number: number): Root {
  const code = "corrupt";
  return {
    name: lineOf(path, number),
    style: "data",
    error: JournalError,
    codes: { wrongValue: code, missingKey: code, unknownKey: code, tooMany: code },
  };
}
