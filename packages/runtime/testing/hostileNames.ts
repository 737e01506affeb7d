/** Names that a client could choose to reach outside a folder, to hide, or to be taken for another name (row L1 of the fault matrix). */

import fc from "fast-check";
import { folderNameOf, folderPattern } from "../src/rpc/studyName.ts";

/** What every server must put into a folder of its own below the root, or refuse. */
export const hostileNames: readonly string[] = [
  "..",
  ".",
  "../..",
  "../outside",
  "../../etc/passwd",
  "..\\..\\outside",
  "a/../../outside",
  "a/b",
  "a\\b",
  "/",
  "/etc/passwd",
  "//server/share",
  "\\\\server\\share\\x",
  "\\\\?\\C:\\x",
  "\\\\.\\pipe\\x",
  "C:",
  "C:\\x",
  "C:x",
  "file:///etc/passwd",
  "~",
  "~root",
  "$HOME",
  "%USERPROFILE%",
  "%2e%2e%2foutside",
  "..%2foutside",
  "%00",
  "..;/outside",
  "CON",
  "con",
  "NUL",
  "NUL.txt",
  "AUX",
  "PRN",
  "COM1",
  "LPT1",
  "CONIN$",
  "name.",
  "name ",
  "name...",
  " name",
  "name::$DATA",
  "name:stream",
  ".git",
  ".ssh",
  "-rf",
  "--help",
  "-",
  "*",
  "?",
  "a|b",
  "$(touch outside)",
  "`touch outside`",
  "a;b",
  "<script>",
  "Name",
  "name",
  "NAME",
  "caf\u00e9",
  "cafe\u0301",
  "\ufb01sh",
  "fish",
  "\u0430", // a Cyrillic letter that looks like "a"
  "\u202eeman",
  "\u2024\u2024/outside", // one dot leaders
  "\uff0e\uff0e\uff0foutside", // wide forms, which NFKC turns into "../outside"
  "\u{1f43c}",
  "lock-0123456789abcdef",
  "head.json",
  "constructor",
  "toString",
  "digits-371f678a",
  "x".repeat(256),
  `${"x".repeat(64)}y`,
  `${"x".repeat(64)}z`,
];

/** What no server takes as a name. */
export const refusedNames: readonly string[] = [
  "",
  "__proto__",
  "a\0b",
  "../outside\0.txt",
  "a\nb",
  "a\u0085b",
  "\u001b[2J",
  "\ud800",
  "\udfff",
  "x".repeat(257),
  "x".repeat(5000),
];

const anyName = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.constantFrom(".", "/", "\\", "-", " ", "a", "A", "\u00e9", "e\u0301", "\uff0e") }),
);

/** Draws names. Each has a folder that is one part of a path on every system, and no two have the same one. Throws for one that fails. */
export function checkFolders(numRuns: number, folderOf: (name: string) => string = folderNameOf): void {
  const owners = new Map<string, string>();
  const property = fc.property(anyName, (name) => {
    const folder = folderOf(name);
    const owner = owners.get(folder) ?? name;
    owners.set(folder, name);
    return folderPattern.test(folder) && folder.length <= 73 && owner === name;
  });
  fc.assert(property, { seed: 1, numRuns });
}
