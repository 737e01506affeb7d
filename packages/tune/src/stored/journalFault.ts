/** What is wrong with a file of a study. */
import { JournalError } from "@caviar-hpo/core";
import type { Root } from "@caviar-hpo/core/read";

/** @throws JournalError "corrupt". */
export function corrupt(what: string, expected: string, got: string, remedy: string): never {
  throw new JournalError({ code: "corrupt", what, expected, got, remedy });
}

/** The root of what a file holds: what cannot be decoded there is refused as corrupt. */
export function fileRoot(name: string): Root {
  const code = "corrupt";
  return { name, style: "data", error: JournalError, codes: { wrongValue: code, missingKey: code, unknownKey: code, tooMany: code } };
}
