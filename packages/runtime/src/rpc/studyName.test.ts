import { describe, expect, it } from "vitest";
import { checkFolders } from "../../testing/hostileNames.ts";
import { folderNameOf } from "./studyName.ts";

describe("the folder of a study", () => {
  it.each([
    ["digits", "digits-371f678a"],
    ["Digits, run 2", "digits-run-2-"],
    ["caf\u00e9", "cafe-"],
    ["../../etc/passwd", "etc-passwd-"],
    ["\u{1f43c}", "study-"],
  ])("of %s shows what is left of the name", (name, folder) => {
    expect(folderNameOf(name).startsWith(folder)).toBe(true);
  });

  it("is one part of a path for every name, and different for different names", () => {
    checkFolders(2000);
  });

  it.each<readonly [name: string, folderOf: (name: string) => string]>([
    ["is the name itself", (name) => name],
    ["only leaves out what is no letter", (name) => `${name.toLowerCase().replaceAll(/[^a-z0-9]/g, "")}-00000000`],
    ["takes two forms of a letter for one", (name) => folderNameOf(name.normalize("NFC"))],
    ["takes upper and lower case for one", (name) => folderNameOf(name.toLowerCase())],
  ])("that %s is found to be wrong", (_name, folderOf) => {
    expect(() => checkFolders(2000, folderOf)).toThrow();
  });
});
