/**
 * Row L1 of the fault matrix: whatever a study is called, and whatever is in its place, a server opens nothing outside its root. On real
 * disks, by the rules of Linux (folders are addressed by open files) and by those of other systems (by their paths).
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Client, clientOf } from "../../testing/client.ts";
import { hostileNames, refusedNames } from "../../testing/hostileNames.ts";
import { registry } from "../../testing/registry.ts";
import type { Disk } from "../log/disk.ts";
import { thisMachine } from "../log/machine.ts";
import { nodeDisk } from "../log/nodeDisk.ts";
import { sessionOver } from "./session.ts";
import { createStudiesOn } from "./studies.ts";
import { studyFolders } from "./studyFolders.ts";
import { folderNameOf, folderPattern } from "./studyName.ts";

const opening = {
  protocol: 2,
  problem: { space: [{ name: "x", kind: "real", low: 0, high: 1 }] },
  strategy: { name: "mean" },
  seed: 7,
};
const rules = [...(process.platform === "linux" ? ["linux"] : []), "other"] as const;

let base: string;
let root: string;
let outside: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "caviar-"));
  root = join(base, "root");
  outside = join(base, "outside");
  mkdirSync(outside);
  writeFileSync(join(outside, "secret"), "secret");
});

afterEach(() => {
  rmSync(base, { recursive: true });
});

function client(rule: string, disk: Disk = nodeDisk): Client {
  const folders = studyFolders(root, { byOpenFile: rule === "linux", disk });
  const studies = createStudiesOn({ folders, machine: thisMachine() }, registry, () => {});
  return clientOf(sessionOver(studies, { announce: () => {}, onNotice: () => {}, mostNamed: 1000 }));
}

/** Everything below a folder, with the content of its files. */
function treeOf(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path), entry.isFile() ? readFileSync(path, "utf8") : "folder"] as const;
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

const untouched = [["secret", "secret"]];

it("these are at least 64 names", () => {
  expect(new Set([...hostileNames, ...refusedNames]).size).toBeGreaterThanOrEqual(64);
});

describe.each(rules)("by the rules of %s systems", (rule) => {
  it("each name has a folder of its own below the root, and is found again", () => {
    const names = [...new Set(hostileNames)];
    const writer = client(rule);
    for (const name of names) {
      expect(writer.call("open", { ...opening, name })).toMatchObject({ study: name, trials: 0 });
      writer.call("ask", { study: name });
    }
    expect(readdirSync(base).sort()).toEqual(["outside", "root"]);
    expect(treeOf(outside)).toEqual(untouched);
    const folders = readdirSync(root);
    expect(folders).toHaveLength(names.length);
    for (const folder of folders) expect(folder).toMatch(folderPattern);
    expect(new Set(folders.map((folder) => folder.toLowerCase())).size).toBe(names.length);
    expect(writer.call("studies").studies.map(({ name }: { readonly name: string }) => name)).toEqual([...names].sort());
    writer.leave();
    for (const name of names) expect(client(rule).call("trials", { study: name }).total, name).toBe(1);
  });

  it.each(refusedNames.map((name) => [JSON.stringify(name).slice(0, 40), name]))("%s is refused, and makes no folder", (_shown, name) => {
    expect(client(rule).refusal("open", { ...opening, name }).message).toMatch(/^params\.name: expected /);
    expect(client(rule).refusal("trials", { study: name }).message).toMatch(/^params\.study: expected /);
    expect(readdirSync(root)).toEqual([]);
  });

  it.each(["a folder", "nothing", "a file", "a study that another server has made"])(
    "the folder of a study that is a link to %s is refused, and the link is not followed",
    (target) => {
      const place = join(root, folderNameOf("digits"));
      mkdirSync(root);
      let goal = outside;
      if (target === "nothing") goal = join(outside, "nothing");
      if (target === "a file") goal = join(outside, "secret");
      if (target === "a study that another server has made") {
        const other = client(rule);
        other.call("open", { ...opening, name: "digits" });
        other.leave();
        goal = join(outside, "moved");
        renameSync(place, goal);
      }
      symlinkSync(goal, place);
      const before = treeOf(outside);
      for (const params of [
        { ...opening, name: "digits" },
        { protocol: 2, name: "digits" },
      ])
        expect(client(rule).refusal("open", params).data.code).toBe("linkedFolder");
      expect(client(rule).refusal("trials", { study: "digits" }).data.code).toBe("linkedFolder");
      expect(client(rule).call("studies")).toEqual({ studies: [] });
      expect(treeOf(outside)).toEqual(before);
    },
  );

  it.each(["head.json", "log", "name.json"])("a link in the folder, %s, is refused, and not followed", (file) => {
    const first = client(rule);
    first.call("open", { ...opening, name: "digits" });
    first.call("ask");
    first.leave();
    const place = join(root, folderNameOf("digits"), file);
    rmSync(place, { force: true });
    symlinkSync(join(outside, "secret"), place);
    expect(client(rule).refusal("open", { ...opening, name: "digits" }).data.code).toBe("linkedFolder");
    expect(treeOf(outside)).toEqual(untouched);
  });

  it("a root that is a link is followed once, at the start", () => {
    const real = join(base, "real");
    mkdirSync(real);
    symlinkSync(real, root);
    client(rule).call("open", { ...opening, name: "digits" });
    expect(readdirSync(real)).toEqual([folderNameOf("digits")]);
  });
});

/** Puts a link to the outside in the place of the study's folder before the `index`-th use of the disk. */
function swapping(index: number): { readonly disk: Disk; readonly uses: () => number } {
  const place = join(root, folderNameOf("digits"));
  let uses = 0;
  const before = (): void => {
    if (uses++ !== index) return;
    renameSync(place, join(root, "aside"));
    symlinkSync(outside, place);
  };
  const disk = Object.fromEntries(
    Object.entries(nodeDisk).map(([name, call]) => [
      name,
      (...args: readonly unknown[]) => {
        before();
        return (call as (...all: readonly unknown[]) => unknown)(...args);
      },
    ]),
  ) as unknown as Disk;
  return { disk, uses: () => uses };
}

/** A conversation that may end in an error. */
function converse(one: Client): void {
  try {
    one.call("open", { ...opening, name: "digits" });
    const { jobs } = one.call("ask", { want: 2 });
    one.call("tell", { job: jobs[0].id, values: [1] });
    one.leave();
  } catch (error) {
    expect(String(error)).toContain("linkedFolder");
  }
}

describe.skipIf(process.platform !== "linux")("a folder that is swapped for a link during open, or later", () => {
  /** The first use of the disk before which a swap leads outside; -1 if there is none. */
  const swapped = (rule: string): number => {
    const { disk, uses } = swapping(-1);
    converse(client(rule, disk));
    rmSync(root, { recursive: true });
    for (let index = 0; index < uses(); index++) {
      converse(client(rule, swapping(index).disk));
      if (JSON.stringify(treeOf(outside)) !== JSON.stringify(untouched)) return index;
      rmSync(root, { recursive: true });
    }
    expect(uses()).toBeGreaterThan(30);
    return -1;
  };

  it("leads nowhere: the server works on the folder that it has opened, at each of its uses of the disk", () => {
    expect(swapped("linux")).toBe(-1);
  });

  it("is found to lead outside where folders are addressed by their paths, so this row is a test", () => {
    expect(swapped("other")).toBeGreaterThanOrEqual(0);
  });
});

/** A checkpoint of a trial that was given up is deleted when the study is opened. */
it.each(rules)("a link to another folder of checkpoints is not followed, by the rules of %s systems", (rule) => {
  const folders = studyFolders(root, { byOpenFile: rule === "linux", disk: nodeDisk });
  const { path, disk } = folders.use("a-01234567", true)!;
  symlinkSync(outside, join(path, "checkpoints"));
  for (const act of [
    () => disk.remove(join(path, "checkpoints", "secret")),
    () => disk.list(join(path, "checkpoints")),
    () => disk.read(join(path, "checkpoints", "secret"), 0, 6),
    () => disk.rename(join(path, "x"), join(path, "checkpoints", "x")),
  ])
    expect(act).toThrow(expect.objectContaining({ code: "linkedFolder" }));
  expect(treeOf(outside)).toEqual(untouched);
});

it("where folders are addressed by their paths, a swap is noticed at the next use of the disk", () => {
  const one = client("other");
  one.call("open", { ...opening, name: "digits" });
  one.call("ask");
  const place = join(root, folderNameOf("digits"));
  renameSync(place, join(root, "aside"));
  symlinkSync(outside, place);
  expect(one.refusal("snapshot").data.code).toBe("linkedFolder");
  expect(treeOf(outside)).toEqual(untouched);
});
