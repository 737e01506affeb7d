/** Folders on the real disk of this machine: those that can be made, and those that never can. */
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { real } from "@caviar-hpo/tune";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clientOf } from "../../testing/client.ts";
import { registry } from "../../testing/registry.ts";
import { createSession } from "../rpc/session.ts";
import { nodeDisk } from "./nodeDisk.ts";
import { openStudy } from "./openStudy.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "caviar-"));
  writeFileSync(join(folder, "file"), "");
  symlinkSync(join(folder, "nowhere"), join(folder, "link"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it("a folder is made with those above it, and one that there is stays", () => {
  const deep = join(folder, "a", "b", "c");
  nodeDisk.makeFolder(deep);
  writeFileSync(join(deep, "kept"), "");
  nodeDisk.makeFolder(deep);
  nodeDisk.makeFolder("/");
  expect(existsSync(join(deep, "kept"))).toBe(true);
});

type Place = readonly [name: string, path: (folder: string) => string, remedy: RegExp];
const fileInTheWay = /^There is a file with the name of a folder\. Choose another folder\.$/;
const places: readonly Place[] = [
  ["that is a file", (folder) => join(folder, "file"), fileInTheWay],
  ["below a file", (folder) => join(folder, "file", "a", "b"), fileInTheWay],
  ["below a link that leads nowhere", (folder) => join(folder, "link", "a"), fileInTheWay],
  ["with a name that is too long", (folder) => join(folder, "a".repeat(300), "b"), /^The name is too long\. Choose a shorter one\.$/],
  ...(process.platform === "linux"
    ? ([["in /proc", () => "/proc/caviar/a", /^No folder can be made there\. Choose another place\.$/]] as const)
    : []),
];

describe.each(places)("a folder %s", (_name, path, remedy) => {
  it("is refused at once, by studies and by servers, with what to do", async () => {
    const refusal = { code: "diskFailed", remedy: expect.stringMatching(remedy) };
    await expect(openStudy(path(folder), { space: { x: real(0, 1) } })).rejects.toMatchObject(refusal);
    expect(() => createSession(registry, { root: path(folder) })).toThrow(expect.objectContaining(refusal));
    const client = clientOf(createSession(registry, { own: { path: path(folder), takeOver: false } }));
    const problem = { space: [{ name: "x", kind: "real", low: 0, high: 1 }] };
    const { data } = client.refusal("open", { protocol: 2, problem, strategy: { name: "mean" }, seed: 7 });
    expect(data).toMatchObject(refusal);
  });
});
