import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { packFolder, unpackFolder } from "./folderBytes.ts";

const root = mkdtempSync(join(tmpdir(), "caviar-folders-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let made = 0;
function newFolder(): string {
  made++;
  const folder = join(root, String(made));
  mkdirSync(folder);
  return folder;
}

describe("a packed folder", () => {
  it("has all files again, whatever is in them", () => {
    const [from, to] = [newFolder(), newFolder()];
    mkdirSync(join(from, "deep", "er"), { recursive: true });
    const contents = { "model.bin": Buffer.from([0, 10, 255, 0]), empty: Buffer.alloc(0), 'deep/er/x\n"y': Buffer.from("text") };
    for (const [path, content] of Object.entries(contents)) writeFileSync(join(from, path), content);
    symlinkSync("/etc/passwd", join(from, "link"));
    unpackFolder(packFolder(from)!, to);
    for (const [path, content] of Object.entries(contents)) expect(readFileSync(join(to, path))).toEqual(content);
    expect(readdirSync(to).sort()).toEqual(["deep", "empty", "model.bin"]);
    expect(packFolder(to)).toEqual(packFolder(from));
  });

  it("is null where there is no file", () => {
    const folder = newFolder();
    mkdirSync(join(folder, "empty"));
    expect(packFolder(folder)).toBeNull();
  });

  it.each<readonly [string, string]>([
    ["nothing", ""],
    ["other bytes", "\u0000\u0001"],
    ["a list of something else", "[1]\n"],
    ["a path that climbs", '[["../x",1]]\ny'],
    ["a path that climbs in the middle", '[["a/../../x",1]]\ny'],
    ["an absolute path", '[["/tmp/x",1]]\ny'],
    ["an empty name", '[["a//b",1]]\ny'],
    ["a NUL in a name", '[["a\\u0000b",1]]\ny'],
    ["more bytes than it says", '[["a",1]]\nyy'],
    ["fewer bytes than it says", '[["a",3]]\nyy'],
    ["a negative size", '[["a",-1]]\nyy'],
  ])("is refused if it has %s, and nothing is written outside of the folder", (_name, text) => {
    const folder = newFolder();
    const before = readdirSync(root);
    expect(() => unpackFolder(Buffer.from(text), folder)).toThrow(/checkpoint of a command: expected a packed folder/);
    expect(readdirSync(root)).toEqual(before);
  });
});
